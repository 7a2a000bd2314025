import { describe, expect, it } from 'vitest'
import { parseFilter } from '#shared/derive/find/parse-filter'
import { attributeTerm, nameTerm, serviceTerm, withTerm } from './find-terms'

describe('terms of the find text', () => {
  it('are written plainly where they can be', () => {
    expect(attributeTerm('http.status_code', 503)).toBe('http.status_code=503')
    expect(serviceTerm('payment-service')).toBe('service=payment-service')
  })

  it('are quoted where they must be', () => {
    expect(nameTerm('POST /api/checkout')).toBe('name="POST /api/checkout"')
    expect(attributeTerm('db.statement', 'SELECT "a\\b" FROM t')).toBe(
      'db.statement="SELECT \\"a\\\\b\\" FROM t"',
    )
    expect(attributeTerm('odd key', '')).toBe('"odd key"=""')
    expect(attributeTerm('http.route', '/a/*')).toBe('http.route="/a/*"')
  })

  it('name an attribute that is called like a column', () => {
    expect(attributeTerm('service', 'x')).toBe('"service"=x')
  })

  it('are not made of lists and maps', () => {
    expect(attributeTerm('tags', ['a', 'b'])).toBeUndefined()
  })

  it('mean what they were made from', () => {
    for (const value of ['a b', 'x)y', '"', '\\', 'or', '-1', 'a*b', '', 'tab\there'])
      expect(parseFilter(attributeTerm('key', value) ?? '').filter).toEqual({
        kind: 'attribute',
        key: 'key',
        test: { kind: 'exact', text: value, caseMatters: true },
      })
  })

  it('are added to what is sought already, once', () => {
    expect(withTerm('service=a', 'zone=b')).toBe('service=a zone=b')
    expect(withTerm('service=a zone=b', 'zone=b')).toBe('service=a zone=b')
  })

  it('take the place of their opposite', () => {
    expect(withTerm('service=a -zone="x y"', 'zone="x y"')).toBe('service=a zone="x y"')
    expect(withTerm('service=a zone=b', 'zone=b', true)).toBe('service=a -zone=b')
  })

  it('hold beside alternatives, not in one of them', () => {
    expect(withTerm('a=1 or b=2', 'c=3')).toBe('(a=1 or b=2) c=3')
  })

  it('replace a text that is no filter', () => {
    expect(withTerm('a=1 or', 'c=3')).toBe('c=3')
  })
})

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

  it('name only the beginning of a long value, which it still fits', () => {
    const value = `SELECT "a" FROM t\nWHERE (b = '😀') ${'😀x'.repeat(5_000)}`
    const term = attributeTerm('db.statement', value) ?? ''
    expect(term.length).toBeLessThan(200)
    expect(term).not.toMatch(/\n/)
    const { filter } = parseFilter(term)
    if (filter?.kind !== 'attribute' || filter.test.kind !== 'regex') throw new Error(`${term} is no pattern`)
    const { regex } = filter.test
    expect([value, `${value} more`, `more ${value}`, 'SELECT'].map((text) => regex.test(text))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(nameTerm('n'.repeat(9_000)).length).toBeLessThan(200)
    expect(attributeTerm('k'.repeat(9_000), 1)).toBeUndefined()
  })

  it('hold no line break, which the find box would lose', () => {
    const { filter } = parseFilter(attributeTerm('note', 'two\nlines') ?? '')
    if (filter?.kind !== 'attribute' || filter.test.kind !== 'regex') throw new Error('no pattern')
    const { regex } = filter.test
    expect(['two\nlines', 'twolines', 'two\nlines!'].map((text) => regex.test(text))).toEqual([
      true,
      false,
      false,
    ])
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

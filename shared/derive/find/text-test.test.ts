import { array, assert, constantFrom, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { encodeUtf8 } from '#shared/base/byte-text'
import type { TextTest } from '#shared/derive/find/filter'
import { readyTest } from '#shared/derive/find/text-test'

function passes(test: TextTest, text: string): boolean {
  const ready = readyTest(test)
  const bytes = encodeUtf8(`"${text}"`)
  const byBytes = ready.ofBytes({ bytes, start: 1, end: bytes.length - 1 })
  expect(byBytes).toBe(ready.ofString(text))
  if (byBytes) expect(text.toLowerCase()).toContain(ready.mustContain.toLowerCase())
  return byBytes
}

const exact = (text: string, caseMatters: boolean): TextTest => ({ kind: 'exact', text, caseMatters })
const contains = (text: string): TextTest => ({ kind: 'contains', text })
const wildcard = (...parts: string[]): TextTest => ({ kind: 'wildcard', parts })
const regex = (source: string): TextTest => ({ kind: 'regex', regex: new RegExp(source, 'iu') })

test.each<[TextTest, string, boolean]>([
  [contains('Pool'), 'payments-POOL', true],
  [contains('pool'), 'poo', false],
  [contains(''), '', true],
  [contains('größe'), 'Die GRÖSSE', false],
  [contains('größe'), 'Die GRÖßE', true],
  [exact('GET', true), 'GET', true],
  [exact('GET', true), 'get', false],
  [exact('GET', false), 'get', true],
  [exact('GET', false), 'GETS', false],
  [exact('Ä', false), 'ä', true],
  [wildcard('SELECT', 'orders', ''), 'select * from orders where', true],
  [wildcard('SELECT', ''), ' SELECT', false],
  [wildcard('', '.b', ''), 'axb', false],
  [wildcard('a', 'b'), 'a\nb', true],
  [regex('^a+b$'), 'AAB', true],
  [regex('value 12\\d'), 'the value 123', true],
  [regex('value 12\\d'), 'the value 12', false],
  [regex('x|value'), 'x', true],
  [regex('colou?r'), 'color', true],
  [regex('x\\u0041'), 'xa', true],
])('%o of %s: %s', (wanted, text, yes) => expect(passes(wanted, text)).toBe(yes))

test('bytes and strings agree, and what passes contains what it must', () => {
  const text = string({ unit: constantFrom('a', 'B', 'k', 'ſ', 'ß', 'é', 'É', '.', '*', ' ', '€', '😀') })
  assert(
    property(text, array(text), text, (one, parts, other) => {
      const whole = `${other}${one}${other}`
      passes(exact(one, true), other)
      passes(exact(one, true), one)
      passes(wildcard(...parts, one), `${parts.join('é')}${one}`)
      if (/[^\0-\x7f]/u.test(one)) {
        passes(contains(one), whole)
        passes(exact(one, false), one.toUpperCase())
      }
    }),
  )
})

import { expect, test } from 'vitest'

import { expandGroups, partOfTextRegex, RegexError, wholeTextRegex } from './re2.ts'

const matching: readonly (readonly [source: string, text: string, matches: boolean])[] = [
  ['a.c', 'a\nc', true],
  ['a|b', 'ab', false],
  ['a|b', 'b', true],
  ['', '', true],
  ['(?i)get|post', 'POST', true],
  ['(?i:get)x', 'GETx', true],
  ['(?i:get)x', 'GETX', false],
  ['a(?i)b|c', 'aB', true],
  ['a(?i)b|c', 'C', true],
  ['a(?i)b|c', 'Ab', false],
  ['((?i)a)b', 'Ab', true],
  ['((?i)a)b', 'aB', false],
  ['(?-s).', '\n', false],
  ['a/b', 'a/b', true],
  ['a{2}', 'aa', true],
  ['a{', 'a{', true],
  ['a]', 'a]', true],
  ['{x}', '{x}', true],
  ['[]a]+', ']a', true],
  ['[^]]', ']', false],
  ['[[:alpha:]_]+', 'ab_', true],
  ['[a/(b]+', 'a(/', true],
  ['[.-]', '-', true],
  ['[\\w-]+', 'a-b', true],
  ['\\Qa.b\\E+', 'a.bb', true],
  ['\\x{e4}', 'ä', true],
  ['\\pL+', 'äb', true],
  ['\\P{L}', 'a', false],
  ['\\p{Greek}', 'α', true],
  ['\\s', '\u00a0', false],
  ['\\-\\_', '-_', true],
  ['\\Aa\\z', 'a', true],
  ['(?P<x>a)(?:b)', 'ab', true],
  ['(foo|bar)+', 'foobar', true],
]

test.each(matching)('%j on %j: %j', (source, text, matches) => {
  expect(wholeTextRegex(source).test(text)).toBe(matches)
})

test.each(['(', 'a(?=b)', '\\1', '[[:nothing:]]', ')', '*', 'x{1001}'])('%j is refused', (source) => {
  expect(() => wholeTextRegex(source)).toThrow(RegexError)
})

test('an expression that is too large, or would be while it is made, is refused', () => {
  expect(() => partOfTextRegex('(ab){1000}'.repeat(12))).toThrow('too large')
  expect(() => partOfTextRegex('a{1000}'.repeat(100_000))).toThrow('too large')
})

// One that goes back and forth would not end, nor this test.
test.each([
  '.*\\w*.*\\w*x$',
  '(a+)+$x?q',
  '(\\w|\\d|w)*\\bx$',
  '(.*)(.*)(.*)(.*)q$',
  '(?:\\w?){30}\\w{30}x$',
])('%s ends on a million letters that almost fit', (source) => {
  const text = `xq${'w'.repeat(1_000_000)}`
  expect(partOfTextRegex(source).test(text)).toBe(false)
  expect(partOfTextRegex(source).find(text)).toBeUndefined()
  expect(wholeTextRegex(source).test(text)).toBe(false)
})

test('a text too long for an expression is refused as whoever made it says', () => {
  const regex = partOfTextRegex('(?:a?){500}a{500}q', (message) => new RangeError(message))
  expect(regex.test('a'.repeat(10_000))).toBe(false)
  expect(() => regex.test('a'.repeat(1_000_000))).toThrow(RangeError)
})

test('what groups found is put into a replacement as Go does it', () => {
  const match = partOfTextRegex('(?P<verb>\\w+) (\\w+)(!)?').find('GET cart')
  expect(match && expandGroups('$verb,${2},$3,$$1,${1}st,$1st', match)).toBe('GET,cart,,$1,GETst,')
})

import { expect, test } from 'vitest'

import { RegexError, wholeTextRegex } from './re2.ts'

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
  ['\\Qa.b', 'axb', false],
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

test.each(['(', 'a(?=b)', '\\1', '[[:nothing:]]', '(?U)a', ')', '*', '(a+)+'])('%j is refused', (source) => {
  expect(() => wholeTextRegex(source)).toThrow(RegexError)
})

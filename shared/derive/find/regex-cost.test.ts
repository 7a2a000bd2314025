import { expect, test } from 'vitest'
import { charactersTried, costlyPart } from '#shared/base/regex-cost'
import { parseFilter } from '#shared/derive/find/parse-filter'
import { readyTest } from '#shared/derive/find/text-test'

test.each([
  ['(a+)+$', '(a+)+'],
  ['x(?:a*)*', '(?:a*)*'],
  ['(a|a)*b', '(a|a)*'],
  ['(foo|foot)+', '(foo|foot)+'],
  ['(a|A)+', '(a|A)+'],
  ['(s|ſ)+', '(s|ſ)+'],
  [String.raw`(\.|\.x)*`, String.raw`(\.|\.x)*`],
  [String.raw`(\d|1)+`, String.raw`(\d|1)+`],
  ['(a|)+', '(a|)+'],
  ['(a|b+)+', '(a|b+)+'],
  ['((a|a)|b)+', '((a|a)|b)+'],
  [String.raw`(\w+\s*)*end`, String.raw`(\w+\s*)*`],
  [String.raw`(\w+\s)*end`, String.raw`(\w+\s)*`],
  ['(a|a?)+', '(a|a?)+'],
  ['((a+))+', '((a+))+'],
  ['(?<n>a+){2,}', '(?<n>a+){2,}'],
  ['(a?){40}a{40}', '(a?){40}'],
  [String.raw`(a)(\1+)+`, String.raw`(\1+)+`],
  ['(.*)*?x', '(.*)*?'],
  ['a*a*b', 'a*a*'],
  ['(.*)(?:(.*))b', '(.*)(?:(.*'],
  ['.*.*x', '.*.*'],
  [String.raw`.*\w*.*\w*x`, String.raw`.*\w*.*`],
  [String.raw`(.*)(\w*)[a-z]+x`, String.raw`(.*)(\w*)[a-z]+`],
  [String.raw`.*\b.*x`, String.raw`.*\b.*`],
  ['a+[ab]*.{3,}c', 'a+[ab]*.{3,}'],
])('%s could take for ever', (source, part) => expect(costlyPart(source)).toBe(part))

test.each([
  '^GET',
  'from +orders',
  '[a+]+[*+?]*',
  String.raw`\(a+\)+`,
  '(GET|POST) /cart',
  '(GET|POST)?',
  '(foo|bar)+baz',
  '(a|b)*',
  '(?:foo|bar){2,}',
  '((foo|bar) )+',
  String.raw`(\.|-)+`,
  String.raw`\d+\.\d+`,
  '^/api/[^/]+/items$',
  String.raw`(\d{3}|\w)`,
  '(abc)+',
  '(?=.*a)b',
  String.raw`^/api/\w+/\w+/\w+$`,
  '(a+)?b',
  '(a+)b+',
  'a*ba*',
  '.*x.*y',
  '(.*)x(.*)(-)(.*)y',
  String.raw`\d+.*ms`,
  String.raw`\d+\s*\w+\s*=`,
  '[a-c]*[d-f]*[a-c]*[d-f]*x',
])('%s ends soon', (source) => expect(costlyPart(source)).toBeUndefined())

// One that goes back and forth would not end, nor this test.
test('what is let through ends, also on a text that almost fits', () => {
  for (const [source, almost] of [
    ['(foo|bar)+baz', 'foobar'.repeat(500)],
    ['(?:a|b){2,}c', 'ab'.repeat(1_500)],
    ['((foo|bar) )+x', 'foo bar '.repeat(400)],
    ['^/api/[^/]+/items$', `/api/${'x'.repeat(20_000)}/item`],
  ]) {
    expect(costlyPart(source)).toBeUndefined()
    const ready = readyTest({ kind: 'regex', regex: new RegExp(source, 'iu') })
    expect(ready.ofString(almost)).toBe(false)
  }
})

test('the more repetitions, the less is looked at, so that none takes long', () => {
  const tried = [3, 4, 5, 8, 12].map((count) => charactersTried('.*x'.repeat(count)))
  expect(tried).toEqual(tried.toSorted((one, other) => other - one))
  expect(tried.at(-1)).toBeGreaterThan(20)
  const ready = readyTest({ kind: 'regex', regex: new RegExp(`${'.*x'.repeat(8)}.*y`, 'iu') })
  expect(ready.ofString('x'.repeat(5_000))).toBe(false)
})

test('a find that could take for ever is refused in words, with its place', () => {
  const { filter, error } = parseFilter('key~(a+)+$')
  expect(filter).toBeUndefined()
  expect(error).toMatchObject({
    message: expect.stringContaining('could take for ever') as unknown,
    from: 4,
    to: 10,
  })
})

test('an expression with repetitions looks at the beginning of a long value only', () => {
  const ready = readyTest({ kind: 'regex', regex: new RegExp('a.*b', 'iu') })
  expect(ready.ofString(`a${'x'.repeat(19_000)}b`)).toBe(true)
  expect(ready.ofString(`a${'x'.repeat(21_000)}b`)).toBe(false)
  expect(charactersTried('^GET')).toBeGreaterThan(100_000)
})

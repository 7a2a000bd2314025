import { expect, test } from 'vitest'
import { readPromqlError } from './error-place'

test.each([
  [
    'invalid parameter "query": 1:5: parse error: unexpected end of input',
    { line: 1, column: 5, message: 'unexpected end of input' },
  ],
  [
    '2:13: parse error: unexpected identifier "x"',
    { line: 2, column: 13, message: 'unexpected identifier "x"' },
  ],
  [
    'invalid parameter "query": unknown position: parse error: no expression found in input',
    { line: undefined, column: undefined, message: 'parse error: no expression found in input' },
  ],
  ['found duplicate series', { line: undefined, column: undefined, message: 'found duplicate series' }],
])('%s', (words, expected) => {
  expect(readPromqlError(words)).toEqual(expected)
})

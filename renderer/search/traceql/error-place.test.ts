import { expect, test } from 'vitest'
import { readQueryError } from './error-place'

test('the place is read out of what Tempo says', () => {
  expect(
    readQueryError(
      'invalid TraceQL query: parse error at line 1, col 12: syntax error: unexpected IDENTIFIER',
    ),
  ).toEqual({ line: 1, column: 12, message: 'syntax error: unexpected IDENTIFIER' })
  expect(readQueryError('parse error at line 2, column 3')).toEqual({
    line: 2,
    column: 3,
    message: 'parse error at line 2, column 3',
  })
})

test('words without a place stay as they are', () => {
  expect(readQueryError('range specified by start and end exceeds 168h0m0s\n')).toEqual({
    line: undefined,
    column: undefined,
    message: 'range specified by start and end exceeds 168h0m0s',
  })
})

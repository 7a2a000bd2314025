import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { matchesBefore, nextError, nextMatch, previousError, previousMatch } from '#shared/derive/next-row'

const mask = Uint8Array.from([0, 1, 0, 0, 1, 1, 0])

test('matches are walked in both directions, round the ends', () => {
  expect([-1, 0, 1, 2, 4, 5, 6].map((row) => nextMatch(mask, row))).toEqual([1, 1, 4, 4, 5, 1, 1])
  expect([6, 5, 4, 1, 0, -1].map((row) => previousMatch(mask, row))).toEqual([5, 4, 1, 5, 5, 5])
  expect([1, 4, 5].map((row) => matchesBefore(mask, row))).toEqual([0, 1, 2])
})

test('without matches there is no next', () => {
  expect([nextMatch(new Uint8Array(3), 0), previousMatch(new Uint8Array(3), 2)]).toEqual([-1, -1])
})

test('errors are walked likewise', () => {
  const { spans } = traceFromText(`
    a: fine      0..9
      a: broken  1..4 error
      a: good    4..5
      a: bad     5..9 error
  `)
  expect([-1, 0, 1, 2, 3].map((row) => nextError(spans, row))).toEqual([1, 1, 3, 3, 1])
  expect([-1, 0, 1, 2, 3].map((row) => previousError(spans, row))).toEqual([3, 3, 3, 1, 1])
  const { spans: calm } = traceFromText('a: fine 0..9')
  expect([nextError(calm, -1), previousError(calm, 0)]).toEqual([-1, -1])
})

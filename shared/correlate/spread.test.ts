import { expect, test } from 'vitest'
import { spreadOfBuckets, spreadOfDurations } from './spread'

const ms = 1e6
const told = (spread: ReturnType<typeof spreadOfDurations>, ns: number) =>
  spread && {
    total: spread.total,
    p50: spread.quantile(0.5),
    p95: spread.quantile(0.95),
    below: spread.shareBelow(ns),
  }

test('single durations are counted as they are, and lie in bars of equal ratio', () => {
  const durations = Array.from({ length: 100 }, (_, index) => (index + 1) * ms)
  const spread = spreadOfDurations(durations)
  expect(told(spread, 91 * ms)).toEqual({ total: 100, p50: 51 * ms, p95: 96 * ms, below: 0.9 })
  expect(spread?.counts.reduce((sum, count) => sum + count)).toBe(100)
  expect([spread?.edges[0], Math.round(spread?.edges.at(-1) ?? 0)]).toEqual([ms, 100 * ms])
})

test.each([
  ['none at all', [], undefined],
  ['one', [5 * ms], { total: 1, p50: 5 * ms, p95: 5 * ms, below: 0 }],
  ['some that took no time', [0, 0], { total: 2, p50: 1, p95: 1, below: 1 }],
])('of %s nothing is made up', (_, durations, expected) => {
  expect(told(spreadOfDurations(durations), 5 * ms)).toEqual(expected)
})

test('between the bounds of a bucket its spans lie evenly, and empty ones at the ends are left out', () => {
  const spread = spreadOfBuckets(
    [1, 10, 20, 40, 80].map((bound) => bound * ms),
    [0, 50, 50, 0],
    false,
  )
  expect(spread?.edges).toEqual([10 * ms, 20 * ms, 40 * ms])
  expect(told(spread, 30 * ms)).toEqual({ total: 100, p50: 20 * ms, p95: 38 * ms, below: 0.75 })
  expect([spread?.boundsOf(0.4), spread?.boundsOf(0.95)]).toEqual([
    [10 * ms, 20 * ms],
    [20 * ms, 40 * ms],
  ])
  expect(spreadOfBuckets([1, 10], [0], false)).toBeUndefined()
})

test('of what took longer than the last bound it is not known how much longer', () => {
  const spread = spreadOfBuckets(
    [1, 10, 100].map((bound) => bound * ms),
    [80, 20],
    true,
  )
  expect(spread?.shareBelow(1e12)).toBe(0.8)
  expect([spread?.boundsOf(0.5), spread?.boundsOf(0.9)]).toEqual([
    [0, 10 * ms],
    [10 * ms, Infinity],
  ])
})

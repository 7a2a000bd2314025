import { expect, it } from 'vitest'
import { barsOf, stepOf } from './volume'

it.each([
  [60_000, 90, 1_000],
  [3_600_000, 90, 60_000],
  [86_400_000, 90, 1_800_000],
  [200 * 86_400_000, 90, 3 * 86_400_000],
])('a window of %i ms has bars of whole seconds (%i of %i ms)', (lengthMs, most, step) => {
  expect(stepOf({ startMs: 0, endMs: lengthMs }, most)).toBe(step)
})

it('levels stand on each other, whatever the server calls them', () => {
  const levels = [
    { level: 'critical', counts: [1, 0] },
    { level: 'ERROR', counts: [2, 0] },
    { level: 'warning', counts: [0, 3] },
    { level: 'info', counts: [4, 4] },
    { level: '', counts: [0, 5] },
  ]
  expect(barsOf({ startMs: 0, stepMs: 1, levels })).toEqual({
    length: 2,
    counts: { other: [0, 5], info: [4, 4], warn: [0, 3], error: [3, 0] },
    totals: [7, 12],
    largest: 12,
  })
})

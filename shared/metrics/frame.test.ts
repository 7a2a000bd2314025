import { expect, test } from 'vitest'
import type { MetricSeries } from '#shared/api/metrics'
import { alone, frameOf, isBeyondScale, stacked } from './frame'

const series = (times: readonly number[], values: MetricSeries['values']): MetricSeries => ({
  labels: {},
  times,
  values,
  histograms: [],
})

test('what is missing, NaN or without bound is a gap, and counted where it was there', () => {
  const frame = frameOf([series([10, 20.004, 40, 50], [1, 'NaN', '+Inf', 5]), series([60], [9])], {
    startMs: 10_000,
    endMs: 55_000,
    stepMs: 10_000,
  })
  expect(frame).toEqual({
    times: [10, 20, 30, 40, 50],
    columns: [
      [1, null, null, null, 5],
      [null, null, null, null, null],
    ],
    undrawn: { nan: 1, infinite: 1 },
  })
})

test('a window shorter than its step has one moment', () => {
  expect(frameOf([], { startMs: 10_000, endMs: 10_500, stepMs: 1_000 }).times).toEqual([10])
})

test('stacked series stand on those before them, past gaps', () => {
  expect(
    stacked([
      [1, null, 3],
      [10, 20, null],
      [100, 100, 100],
    ]),
  ).toEqual([
    [1, null, 3],
    [11, 20, null],
    [111, 120, 103],
  ])
})

test('points between gaps are alone', () => {
  expect(alone([1, null, 2, 3, null, 4])).toEqual([0, 5])
  expect(alone([7])).toEqual([0])
})

test('values may lie too far apart to be drawn', () => {
  expect(isBeyondScale({ columns: [[1e308, null], [-1e308]] })).toBe(true)
  expect(isBeyondScale({ columns: [[1e308, null], [0]] })).toBe(false)
  expect(isBeyondScale({ columns: [[null], []] })).toBe(false)
})

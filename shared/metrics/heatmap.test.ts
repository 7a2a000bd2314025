import { expect, test } from 'vitest'
import type { HistogramBucket, MetricSeries } from '#shared/api/metrics'
import { drawnEdges, heatmapOf } from './heatmap'

const asked = { startMs: 10_000, endMs: 30_000, stepMs: 10_000 }

const bucket = (le: string, values: readonly number[], labels = {}): MetricSeries => ({
  labels: { le, ...labels },
  times: values.map((_, index) => 10 + index * 10),
  values,
  histograms: [],
})

const native = (...samples: readonly (readonly HistogramBucket[])[]): MetricSeries => ({
  labels: {},
  times: [],
  values: [],
  histograms: samples.map((buckets, index) => ({ time: 10 + index * 10, count: 1, sum: 1, buckets })),
})

test('classic buckets of all series are summed, then told apart', () => {
  const heatmap = heatmapOf(
    [
      bucket('+Inf', [10, 20], { pod: 'a' }),
      bucket('1', [9, 5], { pod: 'a' }),
      bucket('0.5', [4, 5], { pod: 'a' }),
      bucket('0.5', [1, 0], { pod: 'b' }),
      bucket('1', [1, 0], { pod: 'b' }),
      bucket('+Inf', [1, 0], { pod: 'b' }),
    ],
    asked,
  )
  expect(heatmap).toMatchObject({ times: [10, 20, 30], edges: [0, 0.5, 1, Infinity], least: 1, most: 15 })
  expect([...(heatmap?.counts ?? [])]).toEqual([5, 5, 1, 5, 0, 15, 0, 0, 0])
  // 11 in all: the median is the 5.5th, a tenth into the second bucket. At the last moment nothing is known.
  expect(heatmap?.quantile(0.5).map((value) => value && Number(value.toFixed(6)))).toEqual([0.55, 1, null])
})

test('buckets that fall, as after a scrape between two, hold nothing less than nothing', () => {
  const heatmap = heatmapOf([bucket('1', [5]), bucket('2', [4]), bucket('+Inf', [6])], asked)
  expect([...(heatmap?.counts.slice(0, 3) ?? [])]).toEqual([5, 0, 1])
})

test('native histograms are summed by their bounds; a coarser one is split where a finer one has bounds', () => {
  const heatmap = heatmapOf(
    [
      native([
        [0, 1, 2, 4],
        [0, 2, 4, 2],
      ]),
      native([[0, 1, 4, 2]], [[3, -0.001, 0.001, 3]]),
    ],
    asked,
  )
  expect(heatmap?.edges).toEqual([-0.001, 0.001, 1, 2, 4])
  expect([...(heatmap?.counts ?? [])]).toEqual([0, 0, 5, 3, 3, 0, 0, 0, 0, 0, 0, 0])
})

test('quantiles within native buckets grow as their bounds do', () => {
  const heatmap = heatmapOf(
    [
      native(
        [[0, 1, 4, 10]],
        [[0, 1, 3, 10]],
        [
          [3, -1, 1, 10],
          [0, 1, 2, 10],
        ],
      ),
    ],
    asked,
  )
  // (1, 4] is a bucket of schema -1, (1, 3] of none; around zero there is nothing negative.
  expect(heatmap?.quantile(0.5)).toEqual([2, 2, 1])
  expect(heatmap?.quantile(0.25)[2]).toBe(0.5)
})

test('what is no histogram is no heatmap', () => {
  expect(heatmapOf([{ ...bucket('1', [1]), labels: { job: 'a' } }], asked)).toBeUndefined()
  expect(heatmapOf([bucket('x', [1])], asked)).toBeUndefined()
  expect(heatmapOf([], asked)).toBeUndefined()
})

test.each([
  [[0, 0.5, 1, Infinity], [0.25, 0.5, 1, 2], true],
  [[0.25, 0.5, 1], [0.25, 0.5, 1], true],
  [[-Infinity, -1, 1, Infinity], [-3, -1, 1, 3], false],
  [[0, Infinity], [0, 1], false],
])('edges %j are drawn at %j', (given, edges, isLogarithmic) => {
  expect(drawnEdges(given)).toEqual({ edges, isLogarithmic })
})

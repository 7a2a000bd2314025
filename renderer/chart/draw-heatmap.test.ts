import { expect, test } from 'vitest'
import { heatmapPixels, rampStep } from './draw-heatmap'

test('counts far below one have steps of their own', () => {
  expect([0.001, 0.003, 0.01, 0.1].map((count) => rampStep(count, 0.001, 0.1))).toEqual([0, 2, 4, 8])
})

test('what is ten thousand times less than the most is few, however much less', () => {
  expect([1, 100, 1e4, 1e8].map((count) => rampStep(count, 1, 1e8))).toEqual([0, 0, 0, 8])
})

test('where all are alike they are the most', () => {
  expect(rampStep(5, 5, 5)).toBe(8)
})

test('a picture has a pixel for each cell, the highest row first, and none where nothing was', () => {
  const ramp = Uint8ClampedArray.from({ length: 36 }, (_, at) => (at >> 2) + 1)
  // Two moments, three rows each, the lowest first.
  const counts = Float64Array.of(1, 0, 100, 100, 1, 0)
  const pixels = heatmapPixels({ times: [10, 20], counts, least: 1, most: 100 }, ramp)
  expect(Array.from({ length: 6 }, (_, at) => pixels[at * 4])).toEqual([9, 0, 0, 1, 1, 9])
})

import { expect, test } from 'vitest'
import { heatmapPixels } from './draw-heatmap'

test('a picture has a pixel for each cell, the highest row first, and none where nothing was', () => {
  const ramp = Uint8ClampedArray.from({ length: 36 }, (_, at) => (at >> 2) + 1)
  // Two moments, three rows each, the lowest first.
  const counts = Float64Array.of(1, 0, 100, 100, 1, 0)
  const pixels = heatmapPixels({ times: [10, 20], counts, least: 1, most: 100 }, ramp)
  expect(Array.from({ length: 6 }, (_, at) => pixels[at * 4])).toEqual([9, 0, 0, 1, 1, 9])
})

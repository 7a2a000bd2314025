import { expect, test } from 'vitest'
import type { Heatmap } from './heatmap'
import { heatmapSvg } from './heatmap-svg'

const ramp = Array.from({ length: 9 }, (_, step) => `#00000${step}`)
const palette = { surface: '#fff', text: '#111', muted: '#777', ramp }
const heatmap: Heatmap = {
  times: [10, 20],
  edges: [0, 0.5, 1, Infinity],
  counts: Float64Array.of(1, 0, 100, 100, 1, 0),
  least: 1,
  most: 100,
  quantile: () => [],
}

const pictureOf = (of: Heatmap): string =>
  heatmapSvg({
    title: 'a <p99>',
    heatmap: of,
    format: (value) => `${value} s`,
    formatTime: (ms) => `at ${ms}`,
    palette,
  })

test('each cell has the colour of its count, and none where nothing was', () => {
  const svg = pictureOf(heatmap)
  const cells = [...svg.matchAll(/<path d="([^"]*)" fill="([^"]*)"/g)].map(([, path, color]) => [
    color,
    path.split('M').length - 1,
  ])
  expect(cells).toEqual([
    ['#000000', 2],
    ['#000008', 2],
  ])
  expect([...svg.matchAll(/>([^<]+)<\/text>/g)].map(([, text]) => text)).toEqual([
    'a &#60;p99&#62;',
    '0 s',
    '0.5 s',
    '1 s',
    'at 10000',
    'at 20000',
    'at 20000',
  ])
})

test('without a cell it is an empty picture', () => {
  expect(pictureOf({ ...heatmap, times: [], edges: [], counts: new Float64Array() })).toMatch(
    /^<svg[^]*<\/svg>$/,
  )
})

import { expect, test } from 'vitest'
import { chartSvg } from '#shared/metrics/chart-svg'

const palette = { surface: '#fff', text: '#111', muted: '#555', line: '#eee', lines: ['#00f', '#0a0'] }
const picture = {
  title: 'p99 of <payment>',
  frame: { times: [1, 2, 3, 4], columns: [[1, null, 3, 4]], undrawn: { nan: 0, infinite: 0 } },
  names: ['payment'],
  format: (value: number) => `${value} s`,
  formatTime: (ms: number) => `at ${ms}`,
  palette,
}

test('lines are drawn with gaps where there is no value, with scale, times and names', () => {
  const svg = chartSvg(picture)
  expect(svg).toContain('p99 of &#60;payment&#62;')
  // From 0 to the largest: 4 is at the top, 0 at the bottom.
  expect(svg).toContain('<path d="M70.0 187.0M655.3 89.0L948.0 40.0" fill="none" stroke="#00f"')
  for (const text of ['>0 s<', '>2 s<', '>4 s<', '>at 1000<', '>at 4000<', '>payment<'])
    expect(svg).toContain(text)
})

test('an answer without a value is an empty chart', () => {
  const frame = { times: [], columns: [[null]], undrawn: { nan: 0, infinite: 0 } }
  expect(chartSvg({ ...picture, frame, names: [] })).not.toMatch(/NaN|Infinity|undefined/)
})

test('a small one is its lines alone, over all of its room', () => {
  const svg = chartSvg({ ...picture, size: 'small' })
  expect(svg).toContain('d="M0.0 28.5M346.7 11.5L520.0 3.0"')
  expect(svg).not.toMatch(/<text|<title|<rect/)
})

import { expect, test } from 'vitest'
import { waterfallSvg } from '#shared/derive/waterfall-svg'
import { traceFromText } from '../../test/builders/trace-from-text'

const palette = {
  surface: '#fff',
  text: '#111',
  muted: '#555',
  line: '#eee',
  error: '#b00',
  services: { shop: '#00f' },
  others: ['#0a0', '#a0a'],
}
const trace = traceFromText(`
shop: POST /pay  0..100
  bank: <charge> & "x"  5..60
  shop: log  90..95
`)

test('every span has its name, bar and duration, in the colour of its service; signs are escaped', () => {
  const svg = waterfallSvg(trace, { palette, most: 10 })
  expect(svg.match(/<rect x=/g)).toHaveLength(6)
  expect(svg).toContain('bank &#60;charge&#62; &#38; &#34;x&#34;')
  expect(svg).toContain('fill="#00f"')
  expect(svg).not.toContain('longest')
})

test('of a large trace the longest are shown, and that is said', () => {
  const svg = waterfallSvg(trace, { palette, most: 2 })
  expect(svg).toContain('the 2 longest of 3 spans')
  expect(svg).not.toContain('shop log')
})

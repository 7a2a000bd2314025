import { expect, test } from 'vitest'
import { spanIdOfRow } from '#shared/derive/span-ids'
import { waterfallSvg } from '#shared/derive/waterfall-svg'
import { palette } from '../../test/builders/picture-palette'
import { traceFromText } from '../../test/builders/trace-from-text'

const trace = traceFromText(`
shop: POST /pay  0..100
  bank: <charge> & "x"  5..60
  shop: log  90..95
`)

test('every span has its name, bar and duration, in the colour of its service; signs are escaped', () => {
  const svg = waterfallSvg(trace, { kind: 'waterfall', palette, most: 10 })
  expect(svg.match(/<rect x=/g)).toHaveLength(6)
  expect(svg).toContain('bank &#60;charge&#62; &#38; &#34;x&#34;')
  expect(svg).toContain('fill="#00f"')
  expect(svg).not.toContain('longest')
})

test('of a large trace the longest are shown, and that is said', () => {
  const svg = waterfallSvg(trace, { kind: 'waterfall', palette, most: 2 })
  expect(svg).toContain('the 2 longest of 3 spans')
  expect(svg).not.toContain('shop log')
})

test('a wait is hatched, and beside the chosen span others stand back', () => {
  const waits = traceFromText(`
    shop: POST /pay  0..100
      bank: pool.acquire  5..60
  `)
  const id = spanIdOfRow(waits.spans, 1)
  const svg = waterfallSvg(waits, { kind: 'waterfall', palette, most: 1, size: 'small', span: id })
  // The chosen one is shown though it is not the longest.
  expect(svg).toContain('<pattern id="wait-')
  expect(svg.match(/<rect x=/g)).toHaveLength(1)
  const both = waterfallSvg(waits, { kind: 'waterfall', palette, most: 2, size: 'small', span: id })
  expect(both).toContain('height="3" rx="1.5" fill="#00f" fill-opacity="0.45"/>')
  expect(both).not.toMatch(/<text|<title/)
})

import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import type { PictureSize } from '#shared/base/svg-picture'
import { flameInTime } from '#shared/derive/flame-lanes'
import { flameSvg } from '#shared/derive/flame-svg'

const ms = 1e6
const trace = traceFromText(`
  a: root      0..100
    a: left   10..40
      b: <leaf> 20..30
    a: right  60..80
`)
const flame = flameInTime(trace, { included: undefined, keepsCallers: true })
const names = (box: number): string => trace.names[trace.spans.name[flame.row[box]]]

const pictureOf = (from: number, to: number, size: PictureSize = 'whole'): string =>
  flameSvg({
    title: 'a trace',
    size,
    flame,
    window: { from, to },
    name: names,
    color: (box) => (names(box) === 'root' ? '#111' : '#222'),
    isFailed: (box) => names(box) === 'right',
    palette: { surface: '#fff', text: '#000', error: '#f00' },
  })

const boxesOf = (svg: string) =>
  [
    ...svg.matchAll(
      /<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="18" fill="([^"]*)"[^/]*?(stroke="#f00")?\/>/g,
    ),
  ].map(([, x, y, width, color, failed]) => [
    Number(x),
    Number(y),
    Number(width),
    color,
    failed !== undefined,
  ])

test('each box lies at its time and depth in its colour, and what failed is marked', () => {
  const svg = pictureOf(0, 100 * ms)
  expect(boxesOf(svg)).toEqual([
    [0, 36, 1280, '#111', false],
    [128, 56, 384, '#222', false],
    [768, 56, 256, '#222', true],
    [256, 76, 128, '#222', false],
  ])
  expect(svg).toContain('>&#60;leaf&#62;</text>')
})

test('what is out of view is left out, and what reaches into it is cut', () => {
  expect(boxesOf(pictureOf(25 * ms, 35 * ms)).map(([x, , width]) => [x, width])).toEqual([
    [0, 1280],
    [0, 1280],
    [0, 640],
  ])
})

test('a small one is its boxes alone', () => {
  const svg = pictureOf(0, 100 * ms, 'small')
  expect(svg.match(/<rect x="[^"]*" y="[^"]*" width="[^"]*" height="4"/g)).toHaveLength(4)
  expect(svg).not.toMatch(/<text|<title|stroke/)
})

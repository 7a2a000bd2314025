import { expect, test } from 'vitest'
import { drawHairline, emptyDrawing, bytesOf } from './draw-hairlines'

const red = 0x00_00_00_ff
const blue = 0x00_ff_00_00

/** Rows of digits: how much of each pixel is covered, in eighths. */
const pictureOf = ({ width, height, pixels }: ReturnType<typeof emptyDrawing>): readonly string[] =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => Math.round(((pixels[y * width + x] >>> 24) / 255) * 8)).join(''),
  )

const lineOf = (points: readonly (readonly [number, number])[]) =>
  [Float64Array.from(points, ([x]) => x), Float64Array.from(points, ([, y]) => y)] as const

test('a line covers the pixels it goes through, two of them by halves where it lies between', () => {
  const drawing = emptyDrawing(5, 3)
  drawHairline(
    drawing,
    ...lineOf([
      [0, 1],
      [5, 1],
    ]),
    red,
    [],
  )
  expect(pictureOf(drawing)).toEqual(['00000', '88888', '00000'])
  const between = emptyDrawing(5, 3)
  drawHairline(
    between,
    ...lineOf([
      [0, 0.5],
      [5, 0.5],
    ]),
    red,
    [],
  )
  expect(pictureOf(between)).toEqual(['44444', '44444', '00000'])
})

test('a line from ever so far away is drawn where it is seen, without a walk through what is not', () => {
  const far = Number.MAX_VALUE / 4
  const coming = emptyDrawing(4, 4)
  drawHairline(
    coming,
    ...lineOf([
      [2, far],
      [2, 1],
      [2, -far],
    ]),
    red,
    [],
  )
  expect(pictureOf(coming)).toEqual(['0080', '0080', '0080', '0080'])
  const across = emptyDrawing(4, 2)
  drawHairline(
    across,
    ...lineOf([
      [-far, 1],
      [far, 1],
    ]),
    red,
    [],
  )
  expect(pictureOf(across)).toEqual(['0000', '8888'])
})

test('steep lines have no holes, up or down', () => {
  for (const points of [
    [
      [1, 0],
      [2, 4],
    ],
    [
      [2, 4],
      [1, 0],
    ],
  ] as const) {
    const drawing = emptyDrawing(4, 4)
    drawHairline(drawing, ...lineOf(points), red, [])
    for (let y = 1; y < 4; y++) {
      const row = drawing.pixels.subarray(y * 4, y * 4 + 4)
      expect(row.reduce((sum, one) => sum + (one >>> 24), 0)).toBeGreaterThan(252)
    }
  }
})

test('a gap stays a gap, and dashes leave pixels out', () => {
  const drawing = emptyDrawing(8, 1)
  drawHairline(
    drawing,
    ...lineOf([
      [0, 0],
      [2, 0],
      [4, Number.NaN],
      [6, 0],
      [8, 0],
    ]),
    red,
    [],
  )
  expect(pictureOf(drawing)).toEqual(['88000088'])
  const dashed = emptyDrawing(8, 1)
  drawHairline(
    dashed,
    ...lineOf([
      [0, 0],
      [8, 0],
    ]),
    red,
    [2, 2],
  )
  expect(pictureOf(dashed)).toEqual(['88008800'])
})

test('the first line that is drawn lies above the others', () => {
  const drawing = emptyDrawing(3, 1)
  drawHairline(
    drawing,
    ...lineOf([
      [0, 0],
      [2, 0],
    ]),
    red,
    [],
  )
  drawHairline(
    drawing,
    ...lineOf([
      [0, 0],
      [3, 0],
    ]),
    blue,
    [],
  )
  expect([...bytesOf(drawing)]).toEqual([255, 0, 0, 255, 255, 0, 0, 255, 0, 0, 255, 255])
})

test('what lies outside is left out, however far it is', () => {
  const drawing = emptyDrawing(3, 3)
  drawHairline(
    drawing,
    ...lineOf([
      [-1e12, 1],
      [-1e11, 1e300],
      [1, 9e300],
      [1, Infinity],
      [2, 1],
    ]),
    red,
    [],
  )
  expect(pictureOf(drawing)).toEqual(['000', '000', '000'])
})

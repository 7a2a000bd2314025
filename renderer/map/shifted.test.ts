import { expect, test } from 'vitest'
import { exposed } from './shifted'

const size = { width: 100, height: 60 }
const view = (x: number, y: number, scale = 1) => ({ x, y, scale })

test('what comes in at the edges is drawn, and nothing else', () => {
  expect(exposed(view(5, 5), view(15, 2), size, 1)).toEqual({
    dx: 10,
    dy: -3,
    areas: [
      { x: 0, y: 0, width: 10, height: 60 },
      { x: 0, y: 57, width: 100, height: 3 },
    ],
  })
  expect(exposed(view(0, 0), view(-4, 0), size, 2)?.areas).toEqual([{ x: 92, y: 0, width: 8, height: 60 }])
  expect(exposed(view(0, 0), view(0, 0), size, 1)?.areas).toEqual([])
})

test('another scale, a place between pixels, or a leap is drawn anew', () => {
  expect(exposed(view(0, 0), view(0, 0, 2), size, 1)).toBeUndefined()
  expect(exposed(view(0, 0), view(0.5, 0), size, 1)).toBeUndefined()
  expect(exposed(view(0, 0), view(100, 0), size, 1)).toBeUndefined()
})

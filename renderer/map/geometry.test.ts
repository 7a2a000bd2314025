import { expect, test } from 'vitest'
import { centred, fitting, fittingBeside, isWellSeen, neighbour, zoomedAt } from './geometry'

const box = (x: number, y: number) => ({ x, y, width: 100, height: 40 })
const places = new Map([
  ['a', box(0, 100)],
  ['b', box(300, 0)],
  ['c', box(300, 200)],
])

test('all boxes fit, in the middle; few are not blown up', () => {
  const view = fitting(places.values(), 848, 528)
  expect(view.scale).toBeLessThanOrEqual(1.1)
  for (const { x, y, width, height } of places.values()) {
    expect(x * view.scale + view.x).toBeGreaterThanOrEqual(24)
    expect((x + width) * view.scale + view.x).toBeLessThanOrEqual(824)
    expect((y + height) * view.scale + view.y).toBeLessThanOrEqual(504)
  }
})

test('no box lies under the buttons in the corner; where none would, nothing is given away', () => {
  const corner = { widthPx: 98, heightPx: 46 }
  const boxes = [...places.values()]
  const { scale, x, y } = fittingBeside(boxes, 448, 288, corner)
  for (const one of boxes) {
    const isRight = (one.x + one.width) * scale + x > 448 - 98
    expect(isRight && (one.y + one.height) * scale + y > 288 - 46).toBe(false)
  }
  const above = boxes.slice(0, 2)
  expect(fittingBeside(above, 448, 288, corner)).toEqual(fitting(above, 448, 288))
})

test('what was found is in the middle', () => {
  const { scale, x, y } = centred(box(300, 100), 2, 800, 600)
  expect([(300 + 50) * scale + x, (100 + 20) * scale + y]).toEqual([400, 300])
})

test('boxes are well seen where all are in view and none of the room is wasted', () => {
  const isSeen = (scale: number, x: number, y: number): boolean =>
    isWellSeen(places.values(), { scale, x, y }, 848, 528)
  const whole = fitting(places.values(), 848, 528)
  expect(isSeen(whole.scale, whole.x, whole.y)).toBe(true)
  expect(isSeen(0.9, 10, 10)).toBe(true)
  // Out of view at an edge; in a corner.
  expect(isSeen(0.9, -10, 10)).toBe(false)
  expect(isSeen(0.9, 10, 400)).toBe(false)
  expect(isSeen(0.2, 10, 10)).toBe(false)
})

test('what is under the pointer stays there when the map is zoomed', () => {
  const view = { scale: 0.8, x: 13, y: -40 }
  const at = { x: 200, y: 300 }
  const next = zoomedAt(view, 1.7, at)
  expect((at.x - next.x) / next.scale).toBeCloseTo((at.x - view.x) / view.scale)
  expect((at.y - next.y) / next.scale).toBeCloseTo((at.y - view.y) / view.scale)
})

test('arrow keys go to the box that lies there', () => {
  expect(neighbour(places, 'a', 'right')).toBe('b')
  expect(neighbour(places, 'b', 'down')).toBe('c')
  expect(neighbour(places, 'b', 'left')).toBe('a')
  expect(neighbour(places, 'a', 'left')).toBeUndefined()
})

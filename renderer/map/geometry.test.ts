import { expect, test } from 'vitest'
import type { MapEdge } from '#shared/map/graph'
import { unknownFigures } from '#shared/map/graph'
import {
  boxesOfBack,
  directionAtEnd,
  centred,
  type Cubic,
  curveAt,
  curvesOf,
  edgeNear,
  fitting,
  isWellSeen,
  neighbour,
  seenOf,
  zoomedAt,
} from './geometry'

const box = (x: number, y: number) => ({ x, y, width: 100, height: 40 })
const edge = (parent: string, child: string): MapEdge => ({
  id: `${parent}\n${child}`,
  parent,
  child,
  figures: unknownFigures,
  told: [],
})
const places = new Map([
  ['a', box(0, 100)],
  ['b', box(300, 0)],
  ['c', box(300, 200)],
])

test('calls leave a box in the order of where they lead, and reach the left edge of the callee', () => {
  const curves = curvesOf([edge('a', 'c'), edge('a', 'b')], places)
  const [down, up] = [curves.get('a\nc'), curves.get('a\nb')]
  expect(up?.from.x).toBe(100)
  expect(up?.from.y).toBeLessThan(down?.from.y ?? 0)
  expect(up?.to).toEqual({ x: 300, y: 20 })
})

test('a call that leads back passes below both boxes, in view where all is, and arrives from there', () => {
  const row = new Map([
    ['a', box(0, 0)],
    ['b', box(300, 0)],
  ])
  const curves = curvesOf([edge('a', 'b'), edge('b', 'a')], row)
  const back = curves.get('b\na')
  if (!back) throw new Error('there is no curve')
  expect(curveAt(back, 0.5).y).toBeGreaterThan(60)
  expect(directionAtEnd(back).y).toBeLessThan(0)
  const [taken, ...others] = boxesOfBack(curves.values())
  expect(others).toEqual([])
  expect([taken.x < 0, taken.x + taken.width > 400, taken.y + taken.height > 60]).toEqual([true, true, true])
})

test('the pointer is on the nearest curve within reach, and on none further away', () => {
  const curves = curvesOf([edge('a', 'c'), edge('a', 'b'), edge('c', 'a')], places)
  for (const [id, curve] of curves) {
    const { x, y } = curveAt(curve, 0.4)
    expect(edgeNear(curves, { x: x + 1, y: y + 1 }, 6)).toBe(id)
  }
  expect(edgeNear(curves, { x: 200, y: 115 }, 3)).toBeUndefined()
})

test('all boxes fit, in the middle; few are not blown up', () => {
  const view = fitting(places.values(), 848, 528)
  expect(view.scale).toBeLessThanOrEqual(1.1)
  for (const { x, y, width, height } of places.values()) {
    expect(x * view.scale + view.x).toBeGreaterThanOrEqual(24)
    expect((x + width) * view.scale + view.x).toBeLessThanOrEqual(824)
    expect((y + height) * view.scale + view.y).toBeLessThanOrEqual(504)
  }
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

const everywhere = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity }
const cubicAt = ([x0, y0, x1, y1, x2, y2, x3, y3]: Cubic, share: number) => {
  const rest = 1 - share
  const at = (a: number, b: number, c: number, d: number) =>
    rest ** 3 * a + 3 * rest ** 2 * share * b + 3 * rest * share ** 2 * c + share ** 3 * d
  return { x: at(x0, x1, x2, x3), y: at(y0, y1, y2, y3) }
}

test('what is drawn of a line in an area is all that lies in it, and little more', () => {
  const curves = [
    { from: { x: 0, y: 0 }, to: { x: 800, y: 300 }, handle: 400, bend: 0 },
    // One that leads back.
    { from: { x: 500, y: 40 }, to: { x: 100, y: 90 }, handle: 160, bend: 70 },
  ]
  const areas = [
    { left: 300, right: 308, top: -1000, bottom: 1000 },
    { left: -1000, right: 1000, top: 60, bottom: 64 },
    { left: 560, right: 570, top: 0, bottom: 100 },
  ]
  let drawn = 0
  for (const curve of curves) {
    const whole = seenOf(curve, everywhere)
    if (!whole) throw new Error('nothing of it is seen')
    for (const area of areas) {
      const isIn = ({ x, y }: { x: number; y: number }) =>
        x >= area.left && x <= area.right && y >= area.top && y <= area.bottom
      const shares = Array.from({ length: 2001 }, (_, index) => index / 2000)
      const inside = shares.map((share) => cubicAt(whole, share)).filter(isIn)
      const part = seenOf(curve, area)
      if (!part) {
        expect(inside).toEqual([])
        continue
      }
      drawn++
      const points = shares.map((share) => cubicAt(part, share))
      for (const { x, y } of inside)
        expect(Math.min(...points.map((point) => Math.hypot(point.x - x, point.y - y)))).toBeLessThan(1)
      expect(points.filter(isIn).length).toBeGreaterThan(points.length / 20)
    }
  }
  expect(drawn).toBeGreaterThan(3)
  expect(seenOf(curves[0], { left: 900, right: 950, top: 0, bottom: 300 })).toBeUndefined()
})

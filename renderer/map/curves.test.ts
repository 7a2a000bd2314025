import ELK from 'elkjs/lib/elk.bundled.js'
import { expect, test } from 'vitest'
import type { MapEdge } from '#shared/map/graph'
import { unknownFigures } from '#shared/map/graph'
import { type Box, boxesOf, graphOf } from '#shared/map/layout-graph'
import {
  boxesOfCurves,
  type Cubic,
  type Curve,
  curvesOf,
  edgeNear,
  pointsAlong,
  seenOf,
  withMovedEnds,
} from './curves'

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
/** Of a curve that must be there. */
const known = (curves: ReadonlyMap<string, Curve>, id: string): Curve => {
  const curve = curves.get(id)
  if (!curve) throw new Error(`there is no curve ${id}`)
  return curve
}

test('calls leave a box in the order of where they lead, and reach the left edge of the callee', () => {
  const curves = curvesOf([edge('a', 'c'), edge('a', 'b')], places)
  const [down, up] = [known(curves, 'a\nc'), known(curves, 'a\nb')]
  expect(up.from.x).toBe(100)
  expect(up.from.y).toBeLessThan(down.from.y)
  expect(up.to).toEqual({ x: 300, y: 20 })
})

test('a call that leads back, and one to itself, pass below their boxes, in view where all is', () => {
  const row = new Map([
    ['a', box(0, 0)],
    ['b', box(300, 0)],
  ])
  const curves = curvesOf([edge('a', 'b'), edge('b', 'a'), edge('b', 'b')], row)
  for (const [id, left] of [
    ['b\na', 0],
    ['b\nb', 300],
  ] as const) {
    const curve = known(curves, id)
    expect(curve.middle.y).toBeGreaterThan(40)
    const [taken] = boxesOfCurves([curve])
    expect([taken.x < left, taken.x + taken.width > 400, taken.y + taken.height > 40]).toEqual([
      true,
      true,
      true,
    ])
  }
})

test('the pointer is on the nearest curve within reach, and on none further away', () => {
  const curves = curvesOf([edge('a', 'c'), edge('a', 'b'), edge('c', 'a')], places)
  for (const [id, curve] of curves) {
    const { x, y } = curve.middle
    expect(edgeNear(curves, { x: x + 1, y: y + 1 }, 6)).toBe(id)
  }
  expect(edgeNear(curves, { x: 200, y: 115 }, 3)).toBeUndefined()
})

/** Where a line runs over a box of neither its caller nor its callee, or within those. */
function crossings(edges: readonly MapEdge[], boxes: ReadonlyMap<string, Box>): readonly string[] {
  const curves = curvesOf(edges, boxes)
  expect(curves.size).toBe(edges.length)
  return edges.flatMap(({ id }) => {
    const points = pointsAlong(known(curves, id))
    return [...boxes]
      .filter(([, { x, y, width, height }]) =>
        points.some(
          (point) => point.x > x + 0.5 && point.x < x + width - 0.5 && point.y > y && point.y < y + height,
        ),
      )
      .map(([name]) => `${id} over ${name}`)
  })
}

/** Services in layers with calls to later ones, and a share of calls back; the same for the same seed. */
function graphWithCircles(seed: number, services: number, calls: number, groups: number) {
  let state = seed
  const chance = (): number => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const nodes = Array.from({ length: services }, (_, at) => ({
    id: String(at),
    group: groups > 0 && chance() < 0.7 ? `group ${Math.floor(groups * chance())}` : '',
  }))
  const edges = new Map<string, MapEdge>()
  while (edges.size < calls) {
    const from = Math.floor(services * chance())
    const to = chance() < 0.2 ? Math.floor(from * chance()) : Math.floor(services * chance())
    edges.set(`${from} ${to}`, edge(String(from), String(to)))
  }
  return { nodes, edges: [...edges.values()] }
}

const layouts: readonly (readonly [string, number, number, number])[] = [
  ['few services', 7, 14, 0],
  ['tens of services', 30, 60, 0],
  ['services in groups', 30, 60, 4],
  ['more services than are placed by all of their calls', 150, 400, 0],
  ['as many in groups', 150, 300, 6],
]
for (const [what, services, calls, groups] of layouts)
  test(`no call runs over a box on its way: ${what}`, async () => {
    const elk = new ELK()
    for (let seed = 1; seed <= (services > 100 ? 1 : 3); seed++) {
      const { nodes, edges } = graphWithCircles(seed * 7_919, services, calls, groups)
      const root = await elk.layout(
        graphOf(
          nodes,
          edges.map((call) => ({ ...call, weight: 1 })),
        ),
      )
      const boxes = boxesOf(root).nodes
      expect(boxes.size).toBe(services)
      expect(crossings(edges, boxes)).toEqual([])
      // Also with some that a person has put elsewhere, on nothing else.
      const right = Math.max(...[...boxes.values()].map(({ x, width }) => x + width))
      const moved = new Map(
        [...boxes].map(([name, one], at) => [
          name,
          at % 5 === 0 ? { ...one, x: right - one.x, y: one.y - 20_000 } : one,
        ]),
      )
      if (groups === 0) expect(crossings(edges, moved)).toEqual([])
    }
  }, 60_000)

test('what is dragged left of its caller is led to by a line that goes round, and by no spike', () => {
  const curve = known(curvesOf([edge('a', 'b')], places), 'a\nb')
  const moved = withMovedEnds(curve, ['to'], { x: -900, y: 120 })
  const points = pointsAlong(moved)
  expect(moved.to).toEqual({ x: -600, y: 140 })
  expect(Math.max(...points.map(({ x }) => x))).toBeGreaterThan(120)
  expect(Math.min(...points.map(({ x }) => x))).toBeLessThan(-610)
  expect(moved.middle.y).toBeGreaterThan(165)
})

const everywhere = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity }
const cubicAt = ([x0, y0, x1, y1, x2, y2, x3, y3]: Cubic, share: number) => {
  const rest = 1 - share
  const at = (a: number, b: number, c: number, d: number) =>
    rest ** 3 * a + 3 * rest ** 2 * share * b + 3 * rest * share ** 2 * c + share ** 3 * d
  return { x: at(x0, x1, x2, x3), y: at(y0, y1, y2, y3) }
}

test('what is drawn of a line in an area is all that lies in it, and little more', () => {
  const curves = curvesOf(
    [edge('left', 'right'), edge('right', 'left')],
    new Map([
      ['left', box(-100, 0)],
      ['right', box(800, 300)],
    ]),
  )
  const areas = [
    { left: 300, right: 308, top: -1000, bottom: 1000 },
    { left: -1000, right: 1000, top: 60, bottom: 64 },
    { left: 900, right: 930, top: 300, bottom: 400 },
  ]
  let drawn = 0
  for (const curve of curves.values()) {
    const shares = Array.from({ length: 2001 }, (_, index) => index / 2000)
    const whole = seenOf(curve, everywhere).flatMap((piece) => shares.map((share) => cubicAt(piece, share)))
    for (const area of areas) {
      const isIn = ({ x, y }: { x: number; y: number }) =>
        x >= area.left && x <= area.right && y >= area.top && y <= area.bottom
      const inside = whole.filter(isIn)
      const points = seenOf(curve, area).flatMap((piece) => shares.map((share) => cubicAt(piece, share)))
      if (points.length === 0) {
        expect(inside).toEqual([])
        continue
      }
      drawn++
      for (const { x, y } of inside.filter((_, index) => index % 10 === 0))
        expect(Math.min(...points.map((point) => Math.hypot(point.x - x, point.y - y)))).toBeLessThan(1)
      expect(points.filter(isIn).length).toBeGreaterThan(points.length / 40)
    }
  }
  expect(drawn).toBeGreaterThan(3)
  expect(seenOf(known(curves, 'left\nright'), { left: 900, right: 950, top: 0, bottom: 300 })).toEqual([])
})

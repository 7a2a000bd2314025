/** Where on a map everything lies: curves between boxes, what the pointer is on, and how it is seen. */
import type { MapEdge } from '#shared/map/graph'
import type { Box } from '../client/map-layout'

/** Screen = map × scale + offset, in CSS pixels. */
export interface View {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** From the right edge of the caller to the left edge of the callee, with the two handles of a cubic curve, which reach right and left. */
export interface Curve {
  readonly from: Point
  readonly to: Point
  readonly handle: number
  /** How far down both handles reach: a call that leads back passes below what it would lie behind. */
  readonly bend: number
}

/** Curves that leave a node are so far apart, where there is room; those that reach it wear their figures. */
const portPx = { parent: 7, child: 13 }
/** Takes the middle of a call that leads back below nodes of the same height. */
const backBendPx = 90
const leastScale = 0.05
const largestScale = 2.5
/** A map of few services is not blown up. */
const fitScale = 1.1

const xsOf = ({ from, to, handle }: Curve): Four => [from.x, from.x + handle, to.x - handle, to.x]
const ysOf = ({ from, to, bend }: Curve): Four => [from.y, from.y + bend, to.y + bend, to.y]

export const curveAt = (curve: Curve, share: number): Point => ({
  x: axisAt(xsOf(curve), share),
  y: axisAt(ysOf(curve), share),
})

/** Which way it arrives at the callee: a step of 1 px. */
export function directionAtEnd({ handle, bend }: Curve): Point {
  const length = Math.hypot(handle, bend)
  return { x: handle / length, y: -bend / length }
}

/** A place so far before the callee, on the way on which it is reached. */
export function beforeEnd(curve: Curve, px: number): Point {
  const { x, y } = directionAtEnd(curve)
  return { x: curve.to.x - px * x, y: curve.to.y - px * y }
}

/** A curve for each edge; those of one node are spread over its height, in order of where they lead. */
export function curvesOf(
  edges: readonly MapEdge[],
  places: ReadonlyMap<string, Box>,
): ReadonlyMap<string, Curve> {
  const middle = (name: string): number => {
    const box = places.get(name)
    return box ? box.y + box.height / 2 : 0
  }
  const portsOf = (end: 'parent' | 'child', other: 'parent' | 'child'): ReadonlyMap<string, number> => {
    const at = new Map<string, number>()
    for (const [name, all] of Map.groupBy(edges, (edge) => edge[end])) {
      const gap = Math.min(portPx[end], ((places.get(name)?.height ?? 0) - 12) / all.length)
      const sorted = all.toSorted((one, another) => middle(one[other]) - middle(another[other]))
      for (const [index, { id }] of sorted.entries())
        at.set(id, middle(name) + (index - (all.length - 1) / 2) * gap)
    }
    return at
  }
  const leaving = portsOf('parent', 'child')
  const reaching = portsOf('child', 'parent')
  const curves = new Map<string, Curve>()
  for (const { id, parent, child } of edges) {
    const [caller, callee] = [places.get(parent), places.get(child)]
    if (!caller || !callee) continue
    const from = { x: caller.x + caller.width, y: leaving.get(id) ?? 0 }
    const to = { x: callee.x, y: reaching.get(id) ?? 0 }
    curves.set(id, curveBetween(from, to))
  }
  return curves
}

function curveBetween(from: Point, to: Point): Curve {
  const across = to.x - from.x
  if (across > 0) return { from, to, handle: Math.max(24, across / 2), bend: 0 }
  // One that leads back goes round both of its nodes.
  return { from, to, handle: Math.min(240, 60 - across / 4), bend: backBendPx }
}

/** A curve of which an end, or both, went elsewhere with its node. */
export function withMovedEnds({ from, to }: Curve, ends: readonly ('from' | 'to')[], { x, y }: Point): Curve {
  const moved = (end: 'from' | 'to', at: Point): Point =>
    ends.includes(end) ? { x: at.x + x, y: at.y + y } : at
  return curveBetween(moved('from', from), moved('to', to))
}

/** What a call's line leaves free before the callee, for the point of its arrow. */
const pointPx = 6
const pieces = 16

/** A rectangle of the map, in its own coordinates. */
export interface MapArea {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Whether a call's line can reach into an area, by its outermost ends. */
export function isNearby({ from, to, handle, bend }: Curve, area: MapArea): boolean {
  const reach = to.x > from.x ? 0 : handle
  return (
    Math.max(from.x, to.x) + reach >= area.left &&
    Math.min(from.x, to.x) - reach <= area.right &&
    Math.max(from.y, to.y) + bend >= area.top &&
    Math.min(from.y, to.y) <= area.bottom
  )
}

/** A cubic curve as its four points: x and y of each, in turn. */
export type Cubic = readonly [
  fromX: number,
  fromY: number,
  oneX: number,
  oneY: number,
  otherX: number,
  otherY: number,
  toX: number,
  toY: number,
]

/**
 * The stretch of a call's line that can be seen in an area, so that a drawing pays for what is seen of it and not for its length; undefined
 * where none of it can. Its ends lie outside, or are those of the line.
 */
export function seenOf(curve: Curve, area: MapArea): Cubic | undefined {
  const end = beforeEnd(curve, pointPx)
  const [x0, x1, x2] = xsOf(curve)
  const [y0, y1, y2] = ysOf(curve)
  const xs: Four = [x0, x1, x2, end.x]
  const ys: Four = [y0, y1, y2, end.y]
  const [left, right] = [area.left - bulgeOf(xs), area.right + bulgeOf(xs)]
  const [top, bottom] = [area.top - bulgeOf(ys), area.bottom + bulgeOf(ys)]
  let first = -1
  let last = -1
  let [x, y] = [xs[0], ys[0]]
  for (let piece = 0; piece < pieces; piece++) {
    const share = (piece + 1) / pieces
    const [nextX, nextY] = [axisAt(xs, share), axisAt(ys, share)]
    if (
      Math.max(x, nextX) >= left &&
      Math.min(x, nextX) <= right &&
      Math.max(y, nextY) >= top &&
      Math.min(y, nextY) <= bottom
    ) {
      if (first === -1) first = piece
      last = piece
    }
    x = nextX
    y = nextY
  }
  if (first === -1) return undefined
  const [partX, partY] = [xs, ys].map((axis) => stretch(axis, first / pieces, (last + 1) / pieces))
  return [partX[0], partY[0], partX[1], partY[1], partX[2], partY[2], partX[3], partY[3]]
}

/** How far a piece of a curve lies from the line between its ends at most, of one axis: the greatest second derivative × length² / 8. */
const bulgeOf = ([a, b, c, d]: Four): number =>
  (6 * Math.max(Math.abs(a - 2 * b + c), Math.abs(b - 2 * c + d))) / (8 * pieces ** 2)

const axisAt = ([a, b, c, d]: Four, share: number): number => {
  const rest = 1 - share
  return rest * rest * (rest * a + 3 * share * b) + share * share * (3 * rest * c + share * d)
}

type Four = readonly [number, number, number, number]

const mix = (one: number, other: number, share: number): number => one + (other - one) * share

/** The points of the stretch of a curve between two shares of it, of one axis: its blossom. */
function stretch(points: Four, start: number, end: number): Four {
  const [a, b, c, d] = points
  const blossom = (r: number, s: number, t: number): number => {
    const [ab, bc, cd] = [mix(a, b, r), mix(b, c, r), mix(c, d, r)]
    return mix(mix(ab, bc, s), mix(bc, cd, s), t)
  }
  return [
    blossom(start, start, start),
    blossom(start, start, end),
    blossom(start, end, end),
    blossom(end, end, end),
  ]
}

const curveSteps = 24

/** The edge nearest to a place of the map, at most so far from it; by pieces of its curve. */
export function edgeNear(
  curves: ReadonlyMap<string, Curve>,
  { x, y }: Point,
  reach: number,
): string | undefined {
  let best: string | undefined
  let least = reach
  const within = { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }
  for (const [id, curve] of curves) {
    if (!isNearby(curve, within)) continue
    let before = curve.from
    for (let step = 1; step <= curveSteps; step++) {
      const point = curveAt(curve, step / curveSteps)
      const distance = distanceToLine({ x, y }, before, point)
      if (distance < least) [least, best] = [distance, id]
      before = point
    }
  }
  return best
}

function distanceToLine({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length))
  return Math.hypot(x - from.x - share * dx, y - from.y - share * dy)
}

/** What calls that lead back take up beside the nodes. */
export const boxesOfBack = (curves: Iterable<Curve>): readonly Box[] =>
  [...curves]
    .filter(({ bend }) => bend !== 0)
    .map((curve) => {
      const points = Array.from({ length: curveSteps + 1 }, (_, step) => curveAt(curve, step / curveSteps))
      const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
      const [x, y] = [Math.min(...xs), Math.min(...ys)]
      return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
    })

/** The view that shows all boxes. */
export function fitting(boxes: Iterable<Box>, widthPx: number, heightPx: number, marginPx = 24): View {
  const all = [...boxes]
  if (all.length === 0) return { scale: 1, x: 0, y: 0 }
  const left = Math.min(...all.map((box) => box.x))
  const top = Math.min(...all.map((box) => box.y))
  const right = Math.max(...all.map((box) => box.x + box.width))
  const bottom = Math.max(...all.map((box) => box.y + box.height))
  const scale = Math.min(
    fitScale,
    Math.max(
      leastScale,
      Math.min((widthPx - 2 * marginPx) / (right - left), (heightPx - 2 * marginPx) / (bottom - top)),
    ),
  )
  return {
    scale,
    x: (widthPx - (left + right) * scale) / 2,
    y: (heightPx - (top + bottom) * scale) / 2,
  }
}

/** The view with a box in its middle. */
export const centred = (
  { x, y, width, height }: Box,
  scale: number,
  widthPx: number,
  heightPx: number,
): View => ({
  scale,
  x: widthPx / 2 - (x + width / 2) * scale,
  y: heightPx / 2 - (y + height / 2) * scale,
})

/** Seen smaller than this beside the view that shows all, boxes lie in a corner. */
const leastOfFitting = 0.6

/** Whether all boxes are in view, and about as large as they can be. */
export function isWellSeen(boxes: Iterable<Box>, view: View, widthPx: number, heightPx: number): boolean {
  const all = [...boxes]
  const isIn = ({ x, y, width, height }: Box): boolean =>
    x * view.scale + view.x >= 0 &&
    y * view.scale + view.y >= 0 &&
    (x + width) * view.scale + view.x <= widthPx &&
    (y + height) * view.scale + view.y <= heightPx
  return view.scale >= leastOfFitting * fitting(all, widthPx, heightPx).scale && all.every(isIn)
}

/** Larger or smaller, with the place of the screen staying where it is. */
export function zoomedAt(view: View, factor: number, at: Point): View {
  const scale = Math.min(largestScale, Math.max(leastScale, view.scale * factor))
  const ratio = scale / view.scale
  return { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio }
}

/** The box that lies nearest in a direction from another: the arrow keys go there. */
export function neighbour(
  places: ReadonlyMap<string, Box>,
  name: string,
  direction: 'left' | 'right' | 'up' | 'down',
): string | undefined {
  const from = places.get(name)
  if (!from) return undefined
  const sideways = direction === 'left' || direction === 'right'
  const sign = direction === 'left' || direction === 'up' ? -1 : 1
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const [other, box] of places) {
    const [dx, dy] = [box.x - from.x, box.y - from.y]
    const along = (sideways ? dx : dy) * sign
    if (other === name || along <= 1) continue
    // What lies aside of the way is further than it looks.
    const distance = along + 2.5 * Math.abs(sideways ? dy : dx)
    if (distance < least) [least, best] = [distance, other]
  }
  return best
}

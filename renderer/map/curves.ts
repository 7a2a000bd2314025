/** How calls run on a map: from the right edge of the caller to the left edge of the callee, round the boxes of others. */
import type { MapEdge } from '#shared/map/graph'
import type { Box } from '#shared/map/layout-graph'
import {
  clearPx,
  type Crossing,
  type FreeSpace,
  freeSpaceOf,
  isFree,
  wallLeftOf,
  wallRightOf,
  type WayFinder,
  wayFinder,
} from './free-space'
import type { Point } from './geometry'

/** A rectangle of the map, in its own coordinates. */
export interface MapArea {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
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

export interface Curve {
  readonly from: Point
  /** The point of its arrow, which it reaches to the right. */
  readonly to: Point
  /** Each begins where the one before ends; the last ends a little before the point of the arrow. */
  readonly pieces: readonly Cubic[]
  /** Halfway. */
  readonly middle: Point
  /** No piece reaches out of it. */
  readonly bounds: MapArea
}

/** Curves that leave a node are so far apart, where there is room; those that reach it wear their figures. */
const portPx = { parent: 7, child: 13 }
/** What a line leaves free before the callee, for the point of its arrow. */
const pointPx = 6
/** Handles of a curve that turns round: it reaches three quarters as far. */
const turnPx = { least: 10, most: 40 }
const turnReach = 0.75
/** Where nothing tells how far down a call has to go round its boxes. */
const roundPx = 60

/** Up or down on the way from left to right, or from right to left; level at both ends, and nowhere outside of them. */
const steady = (from: Point, to: Point): Cubic => {
  const middle = (from.x + to.x) / 2
  return [from.x, from.y, middle, from.y, middle, to.y, to.x, to.y]
}

/** Where a steady curve is at a place across, both as shares of the whole. */
function steadyAt(across: number): number {
  let share = across
  // Newton's method: the slope is ¾ or more everywhere.
  for (let step = 0; step < 4; step++)
    share -= (share * (1.5 - share * (1.5 - share)) - across) / (1.5 - 3 * share * (1 - share))
  return share * share * (3 - 2 * share)
}

const heightOn =
  (from: Point, to: Point) =>
  (x: number): number =>
    from.y + (to.y - from.y) * steadyAt((x - from.x) / (to.x - from.x))

/** Turns round above or below, with so much room in its direction: 1 to the right, -1 to the left. */
function turned(from: Point, toY: number, direction: number, roomPx: number): Cubic {
  const wished = Math.min(turnPx.most, Math.max(turnPx.least, 0.7 * Math.abs(toY - from.y)))
  const x = from.x + direction * Math.min(wished, Math.max(0, roomPx - 1) / turnReach)
  return [from.x, from.y, x, from.y, x, toY, from.x, toY]
}

/** A curve for each edge; those of one node are spread over its height, in order of where they lead. Cost: see `freeSpaceOf` and `wayFinder`. */
export function curvesOf(
  edges: readonly MapEdge[],
  places: ReadonlyMap<string, Box>,
): ReadonlyMap<string, Curve> {
  const middle = (name: string): number => {
    const box = places.get(name)
    return box ? box.y + box.height / 2 : 0
  }
  /** One that leads back goes round below, and lies so among the others. */
  const rank = (edge: MapEdge, other: 'parent' | 'child'): number => {
    const [caller, callee] = [places.get(edge.parent), places.get(edge.child)]
    return caller && callee && callee.x < caller.x + caller.width ? Infinity : middle(edge[other])
  }
  const portsOf = (end: 'parent' | 'child', other: 'parent' | 'child'): ReadonlyMap<string, number> => {
    const at = new Map<string, number>()
    for (const [name, all] of Map.groupBy(edges, (edge) => edge[end])) {
      const gap = Math.min(portPx[end], ((places.get(name)?.height ?? 0) - 12) / all.length)
      const ranks = new Map(all.map((edge) => [edge, rank(edge, other)]))
      const sorted = all.toSorted((one, another) => {
        const [mine, its] = [ranks.get(one) ?? 0, ranks.get(another) ?? 0]
        return mine === its ? 0 : mine - its
      })
      for (const [index, { id }] of sorted.entries())
        at.set(id, middle(name) + (index - (all.length - 1) / 2) * gap)
    }
    return at
  }
  const leaving = portsOf('parent', 'child')
  const reaching = portsOf('child', 'parent')
  const space = freeSpaceOf(places.values())
  const find = wayFinder(space)
  const curves = new Map<string, Curve>()
  for (const { id, parent, child } of edges) {
    const [caller, callee] = [places.get(parent), places.get(child)]
    if (!caller || !callee) continue
    const from = { x: caller.x + caller.width, y: leaving.get(id) ?? 0 }
    const to = { x: callee.x, y: reaching.get(id) ?? 0 }
    curves.set(id, curveThrough(space, from, to, [wallRightOf(caller), wallLeftOf(callee)], find))
  }
  return curves
}

const lineEnd = ({ x, y }: Point): Point => ({ x: x - pointPx, y })

function curveThrough(
  space: FreeSpace,
  from: Point,
  to: Point,
  [startX, endX]: readonly [number, number],
  find: WayFinder,
): Curve {
  const end = lineEnd(to)
  if (startX <= endX && isFree(space, startX, endX, heightOn(from, end)))
    return curveOf(from, to, [steady(from, end)])
  const way = find({ x: startX, y: from.y }, { x: endX, y: to.y })
  return way ? curveOf(from, to, piecesAlong(space, from, end, way)) : curveBetween(from, to)
}

/** As few pieces as go through all crossings of a way. */
function piecesAlong(space: FreeSpace, from: Point, end: Point, way: readonly Crossing[]): readonly Cubic[] {
  const anywhere = { top: -Infinity, bottom: Infinity }
  const points: readonly Crossing[] = [{ ...from, ...anywhere }, ...way, { ...end, ...anywhere }]
  const isTurn = (at: number): boolean => points[at].x === points[at + 1]?.x
  const pieces: Cubic[] = []
  let direction = 1
  for (let at = 0; at < points.length - 1;) {
    const point = points[at]
    if (isTurn(at)) {
      const beside = space.walls.indexOf(point.x) + direction
      const roomPx = Math.abs((space.walls[beside] ?? Infinity) - point.x)
      pieces.push(turned(point, points[at + 1].y, direction, roomPx))
      direction = -direction
      at++
      continue
    }
    let last = at + 1
    while (last < points.length - 1 && !isTurn(last) && isThrough(points, at, last + 1)) last++
    pieces.push(steady(point, points[last]))
    at = last
  }
  return pieces
}

/** Whether a steady curve from one of the crossings to another goes through those in between. */
function isThrough(points: readonly Crossing[], first: number, last: number): boolean {
  const heightAt = heightOn(points[first], points[last])
  for (let at = first + 1; at < last; at++) {
    const { x, top, bottom } = points[at]
    const y = heightAt(x)
    if (y < top || y > bottom) return false
  }
  return true
}

/** With nothing in between that it would have to go round. */
function curveBetween(from: Point, to: Point): Curve {
  const end = lineEnd(to)
  if (end.x - from.x > clearPx) return curveOf(from, to, [steady(from, end)])
  const below = Math.max(from.y, end.y) + roundPx
  const [right, left] = [
    { x: from.x, y: below },
    { x: end.x, y: below },
  ]
  return curveOf(from, to, [
    turned(from, below, 1, Infinity),
    steady(right, left),
    turned(left, end.y, -1, Infinity),
  ])
}

/** A curve of which an end, or both, went elsewhere with its node. */
export function withMovedEnds({ from, to }: Curve, ends: readonly ('from' | 'to')[], { x, y }: Point): Curve {
  const moved = (end: 'from' | 'to', at: Point): Point =>
    ends.includes(end) ? { x: at.x + x, y: at.y + y } : at
  return curveBetween(moved('from', from), moved('to', to))
}

function curveOf(from: Point, to: Point, pieces: readonly Cubic[]): Curve {
  const bounds = { left: from.x, right: to.x, top: from.y, bottom: from.y }
  for (const piece of pieces) {
    bounds.left = Math.min(bounds.left, piece[2], piece[4], piece[6])
    bounds.right = Math.max(bounds.right, piece[2], piece[4], piece[6])
    bounds.top = Math.min(bounds.top, piece[7])
    bounds.bottom = Math.max(bounds.bottom, piece[7])
  }
  return { from, to, pieces, middle: middleOf(pieces), bounds }
}

function middleOf(pieces: readonly Cubic[]): Point {
  const lengths = pieces.map(([fromX, fromY, oneX, , , , toX, toY]) =>
    fromX === toX
      ? Math.abs(toY - fromY) + turnReach * Math.abs(oneX - fromX)
      : Math.hypot(toX - fromX, toY - fromY),
  )
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2
  const at = lengths.findIndex((length) => {
    left -= length
    return left <= 0
  })
  const piece = Math.max(0, at)
  return pointOn(pieces[piece], lengths[piece] === 0 ? 0 : 1 + left / lengths[piece])
}

/** Whether a call's line or its arrow can reach into an area. */
export const isNearby = ({ bounds: { left, right, top, bottom } }: Curve, area: MapArea): boolean =>
  right >= area.left && left <= area.right && bottom >= area.top && top <= area.bottom

type Four = readonly [number, number, number, number]

const xsOf = (piece: Cubic): Four => [piece[0], piece[2], piece[4], piece[6]]
const ysOf = (piece: Cubic): Four => [piece[1], piece[3], piece[5], piece[7]]

const pointOn = (piece: Cubic, share: number): Point => ({
  x: axisAt(xsOf(piece), share),
  y: axisAt(ysOf(piece), share),
})

const parts = 16

/**
 * The stretches of a call's line that can be seen in an area, one of each piece at most, so that a drawing pays for what is seen of it and
 * not for its length. Their ends lie outside, or are those of pieces.
 */
export function seenOf({ pieces }: Curve, area: MapArea): readonly Cubic[] {
  const seen: Cubic[] = []
  for (const piece of pieces) {
    const part = seenOfPiece(piece, area)
    if (part) seen.push(part)
  }
  return seen
}

function seenOfPiece(piece: Cubic, area: MapArea): Cubic | undefined {
  // Most pieces of a long line are out of view: told without making anything for them.
  if (Math.max(piece[0], piece[2], piece[4], piece[6]) < area.left) return undefined
  if (Math.min(piece[0], piece[2], piece[4], piece[6]) > area.right) return undefined
  if (Math.max(piece[1], piece[7]) < area.top || Math.min(piece[1], piece[7]) > area.bottom) return undefined
  const [xs, ys] = [xsOf(piece), ysOf(piece)]
  const [left, right] = [area.left - bulgeOf(xs), area.right + bulgeOf(xs)]
  const [top, bottom] = [area.top - bulgeOf(ys), area.bottom + bulgeOf(ys)]
  let first = -1
  let last = -1
  let [x, y] = [xs[0], ys[0]]
  for (let part = 0; part < parts; part++) {
    const share = (part + 1) / parts
    const [nextX, nextY] = [axisAt(xs, share), axisAt(ys, share)]
    if (
      Math.max(x, nextX) >= left &&
      Math.min(x, nextX) <= right &&
      Math.max(y, nextY) >= top &&
      Math.min(y, nextY) <= bottom
    ) {
      if (first === -1) first = part
      last = part
    }
    x = nextX
    y = nextY
  }
  if (first === -1) return undefined
  const [partX, partY] = [xs, ys].map((axis) => stretch(axis, first / parts, (last + 1) / parts))
  return [partX[0], partY[0], partX[1], partY[1], partX[2], partY[2], partX[3], partY[3]]
}

/** How far a part of a piece lies from the line between its ends at most, of one axis: the greatest second derivative × length² / 8. */
const bulgeOf = ([a, b, c, d]: Four): number =>
  (6 * Math.max(Math.abs(a - 2 * b + c), Math.abs(b - 2 * c + d))) / (8 * parts ** 2)

const axisAt = ([a, b, c, d]: Four, share: number): number => {
  const rest = 1 - share
  return rest * rest * (rest * a + 3 * share * b) + share * share * (3 * rest * c + share * d)
}

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

const pieceSteps = 24

/** Places along a call's line, so near each other that it is straight between them, but for a px. */
export const pointsAlong = ({ from, pieces, to }: Curve): readonly Point[] => [
  from,
  ...pieces.flatMap((piece) => {
    const steps = piece[1] === piece[7] ? 1 : pieceSteps
    return Array.from({ length: steps }, (_, step) => pointOn(piece, (step + 1) / steps))
  }),
  to,
]

/** The edge nearest to a place of the map, at most so far from it. */
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
    for (const point of pointsAlong(curve)) {
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

/** What calls take up, for a view that is to show them whole. */
export const boxesOfCurves = (curves: Iterable<Curve>): readonly Box[] =>
  [...curves].map(({ bounds: { left, top, right, bottom } }) => ({
    x: left,
    y: top,
    width: right - left,
    height: bottom - top,
  }))

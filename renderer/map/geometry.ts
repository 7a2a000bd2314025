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

/** From the right edge of the caller to the left edge of the callee, with the two handles of a cubic curve. */
export interface Curve {
  readonly from: Point
  readonly to: Point
  readonly handle: number
}

/** Curves that leave a node are so far apart, where there is room; those that reach it wear their figures. */
const portPx = { parent: 7, child: 13 }
const leastScale = 0.05
const largestScale = 2.5
/** A map of few services is not blown up. */
const fitScale = 1.1

export const curveAt = ({ from, to, handle }: Curve, share: number): Point => {
  const rest = 1 - share
  const [a, b, c, d] = [rest ** 3, 3 * rest ** 2 * share, 3 * rest * share ** 2, share ** 3]
  return {
    x: a * from.x + b * (from.x + handle) + c * (to.x - handle) + d * to.x,
    y: (a + b) * from.y + (c + d) * to.y,
  }
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
    const across = to.x - from.x
    // One that leads back goes round both of its nodes.
    const handle = across > 0 ? Math.max(24, across / 2) : Math.min(240, 60 - across / 4)
    curves.set(id, { from, to, handle })
  }
  return curves
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
  for (const [id, curve] of curves) {
    const [left, right] = [curve.from.x, curve.to.x].toSorted((a, b) => a - b)
    const slack = reach + (curve.to.x > curve.from.x ? 0 : curve.handle)
    const [top, bottom] = [curve.from.y, curve.to.y].toSorted((a, b) => a - b)
    if (x < left - slack || x > right + slack || y < top - reach || y > bottom + reach) continue
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

/** How a map is seen: all of it, what was found in the middle, larger or smaller; and what lies beside what. */
import type { Box } from '#shared/map/layout-graph'

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

const leastScale = 0.05
const largestScale = 2.5
/** A map of few services is not blown up. */
const fitScale = 1.1

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

/** The view that shows all boxes, above a corner at the lower right that is taken, where one of them would lie under it. */
export function fittingBeside(
  boxes: readonly Box[],
  widthPx: number,
  heightPx: number,
  corner: { readonly widthPx: number; readonly heightPx: number },
): View {
  const view = fitting(boxes, widthPx, heightPx)
  const isCovered = boxes.some(
    ({ x, y, width, height }) =>
      (x + width) * view.scale + view.x > widthPx - corner.widthPx &&
      (y + height) * view.scale + view.y > heightPx - corner.heightPx,
  )
  return isCovered ? fitting(boxes, widthPx, heightPx - corner.heightPx) : view
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

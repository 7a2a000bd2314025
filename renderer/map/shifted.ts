/** A picture that moves: what it shows is copied, and only what comes in at its edges is drawn. */
import type { Area } from './draw-map'
import type { View } from './geometry'

/** Where a drag has led, in whole pixels of the screen: a copy between pixels would blur. */
export const wholePx = (px: number): number => {
  const ratio = globalThis.devicePixelRatio
  return Math.round(px * ratio) / ratio
}

/**
 * What of a canvas must be drawn once it is moved from one view to another, pixels of the canvas; undefined where all of it must be: the
 * scale differs, nothing of it stays, or the move ends between pixels.
 */
export function exposed(
  from: View,
  to: View,
  { width, height }: { readonly width: number; readonly height: number },
  ratio: number,
): { readonly dx: number; readonly dy: number; readonly areas: readonly Area[] } | undefined {
  const [dx, dy] = [(to.x - from.x) * ratio, (to.y - from.y) * ratio].map((value) => Math.round(value))
  const isBetween =
    Math.abs((to.x - from.x) * ratio - dx) > 0.01 || Math.abs((to.y - from.y) * ratio - dy) > 0.01
  if (from.scale !== to.scale || isBetween || Math.abs(dx) >= width || Math.abs(dy) >= height)
    return undefined
  const areas = [
    { x: dx > 0 ? 0 : width + dx, y: 0, width: Math.abs(dx), height },
    { x: 0, y: dy > 0 ? 0 : height + dy, width, height: Math.abs(dy) },
  ]
  return { dx, dy, areas: areas.filter((area) => area.width > 0 && area.height > 0) }
}

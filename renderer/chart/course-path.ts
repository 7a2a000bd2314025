/** The line of a value over time, as the path of a picture; a gap is a gap. */
import type { Point } from '#shared/metrics/frame'

export function coursePath(
  points: readonly Point[],
  most: number,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): string {
  let path = ''
  for (const [index, value] of points.entries()) {
    if (value === null) continue
    const x = (index / (points.length - 1)) * widthPx
    const y = heightPx - 1 - (Math.max(0, value) / most) * (heightPx - 2)
    const goesOn = index > 0 && points[index - 1] !== null
    path += `${goesOn ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
  }
  return path
}

export const mostOf = (points: readonly Point[]): number =>
  points.reduce<number>((high, value) => Math.max(high, value ?? 0), 0)

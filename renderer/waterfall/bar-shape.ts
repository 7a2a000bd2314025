/**
 * Times as positions in the bar column. Everything is cut to what is in view and joined where no eye can tell two apart, so that the
 * work for one bar is in proportion to its width in pixels, however many children it has.
 */
import { positionOf, type Timeline } from '#shared/derive/time-window'

/** A stretch of the bar column. */
export interface Stretch {
  readonly xPx: number
  readonly widthPx: number
}

/** The thick part of a bar, in a row of 24 px, as the look has it. */
export const barTopPx = 7
export const barHeightPx = 10
/** Shorter would not be seen. */
export const shortestBarPx = 2
/** Bars that run out of the window are drawn this far beyond its edge, so that no end shows where there is none. */
const overhangPx = 4

/** Where a bar lies, cut to the column; undefined when it is out of view. */
export function stretchOf(startNs: number, endNs: number, timeline: Timeline): Stretch | undefined {
  const { window, widthPx } = timeline
  if (endNs < window.from || startNs > window.to) return undefined
  const left = Math.max(positionOf(startNs, timeline), -overhangPx)
  const right = Math.min(positionOf(endNs, timeline), widthPx + overhangPx)
  const width = Math.max(right - left, shortestBarPx)
  // A short bar at the very end must not fall off the column.
  const x = right >= widthPx && right - left < shortestBarPx ? Math.min(left, widthPx - shortestBarPx) : left
  return { xPx: x, widthPx: width }
}

/** First pair of `times` that ends after `timeNs`. */
function firstPairAfter(times: Float64Array, timeNs: number): number {
  let low = 0
  let high = times.length / 2
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle * 2 + 1] > timeNs) high = middle
    else low = middle + 1
  }
  return low
}

/** Pieces closer together than this are drawn as one. */
const joinPx = 1

/** The pieces of a bar (pairs of start and end, in order) that are in view. */
export function stretchesOf(times: Float64Array, timeline: Timeline): Stretch[] {
  const { window } = timeline
  const stretches: Stretch[] = []
  const pairs = times.length / 2
  const joinNs = ((window.to - window.from) / Math.max(timeline.widthPx, 1)) * joinPx
  let pair = firstPairAfter(times, window.from)
  while (pair < pairs && times[pair * 2] <= window.to) {
    const startNs = times[pair * 2]
    let endNs = times[pair * 2 + 1]
    pair += 1
    // While the gap to the next piece is less than a pixel they are one; half a million of them take 1 ms.
    while (pair < pairs && times[pair * 2] - endNs < joinNs && times[pair * 2] <= window.to) {
      endNs = times[pair * 2 + 1]
      pair += 1
    }
    const stretch = stretchOf(startNs, endNs, timeline)
    if (stretch) stretches.push(stretch)
  }
  return stretches
}

const round = (value: number): string => String(Math.round(value * 100) / 100)

/** Rounded boxes as one SVG path: one node per bar, however many pieces it has. */
export function boxesPath(
  stretches: readonly Stretch[],
  topPx: number,
  heightPx: number,
  radiusPx: number,
): string {
  let path = ''
  for (const { xPx, widthPx } of stretches) {
    const r = widthPx >= radiusPx * 2 + 1 ? radiusPx : 0
    const across = round(widthPx - 2 * r)
    const down = round(heightPx - 2 * r)
    path +=
      r === 0
        ? `M${round(xPx)} ${topPx}h${across}v${down}h-${across}z`
        : `M${round(xPx + r)} ${topPx}h${across}a${r} ${r} 0 0 1 ${r} ${r}v${down}a${r} ${r} 0 0 1-${r} ${r}h-${across}a${r} ${r} 0 0 1-${r}-${r}v-${down}a${r} ${r} 0 0 1 ${r}-${r}z`
  }
  return path
}

/** Upright strokes as one SVG path. Positions that fall on the same pixel are drawn once. */
export function ticksPath(positionsPx: Iterable<number>, topPx: number, heightPx: number): string {
  let path = ''
  let last = Number.NEGATIVE_INFINITY
  for (const xPx of positionsPx) {
    const at = Math.round(xPx)
    if (at === last) continue
    last = at
    path += `M${at} ${topPx}v${heightPx}`
  }
  return path
}

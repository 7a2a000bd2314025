/** Dots of the scatter: where they stand, how they are drawn, which one the pointer is on. */
import { formatMoment, type TimeZone } from '#shared/derive/clock-times'
import { formatDuration } from '#shared/derive/durations'
import { hasFailed, startMsOf } from '#shared/trace/summary'
import type { TraceRow } from './trace-table'

export interface Point<Row> {
  readonly row: Row
  readonly id: string
  readonly startMs: number
  readonly x: number
  readonly y: number
  readonly isError: boolean
}

export const heightPx = 150
export const dotPx = 3.5
/** The canvas is larger than the plot by this on every side, so that dots on the edge are whole. */
const edgePx = 6
/** The pointer need not be exactly on a dot of 7 px. */
const reachPx = 9
export const colorNames = ['--trace', '--error-fill', '--grid', '--surface'] as const

/** A dot in words. */
export const describe = (row: TraceRow, zone: TimeZone, nowMs: number): string =>
  [
    `${row.summary.rootService} ${row.summary.rootName}`,
    formatDuration(row.summary.durationNs),
    formatMoment(startMsOf(row.summary), zone, nowMs),
    hasFailed(row.summary) && 'failed',
  ]
    .filter(Boolean)
    .join(', ')

/** Draws the grid lines and every dot, for the resolution of the screen. */
export function draw(
  canvas: HTMLCanvasElement,
  widthPx: number,
  points: readonly Point<unknown>[],
  gridPx: readonly number[],
  colors: Readonly<Record<(typeof colorNames)[number], string>>,
): void {
  const ratio = window.devicePixelRatio
  canvas.width = Math.round((widthPx + 2 * edgePx) * ratio)
  canvas.height = Math.round((heightPx + 2 * edgePx) * ratio)
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.scale(ratio, ratio)
  pen.translate(edgePx, edgePx)
  pen.strokeStyle = colors['--grid']
  pen.lineWidth = 1
  pen.beginPath()
  for (const px of gridPx) {
    pen.moveTo(0, Math.round(px) + 0.5)
    pen.lineTo(widthPx, Math.round(px) + 0.5)
  }
  pen.stroke()
  // Failed ones last, so that they are never hidden.
  for (const isError of [false, true]) {
    const color = colors[isError ? '--error-fill' : '--trace']
    pen.strokeStyle = color
    pen.lineWidth = 1.25
    for (const point of points) {
      if (point.isError !== isError) continue
      pen.beginPath()
      if (isError) {
        const size = dotPx + 0.75
        pen.moveTo(point.x, point.y - size)
        pen.lineTo(point.x + size, point.y)
        pen.lineTo(point.x, point.y + size)
        pen.lineTo(point.x - size, point.y)
        pen.closePath()
      } else pen.arc(point.x, point.y, dotPx - 0.6, 0, Math.PI * 2)
      pen.globalAlpha = isError ? 0.3 : 0.18
      pen.fillStyle = color
      pen.fill()
      pen.globalAlpha = 1
      pen.stroke()
    }
  }
}

/** The dot under a place, if one is near enough. Cost: proportional to the dots. */
export function nearest<Row>(points: readonly Point<Row>[], x: number, y: number): Point<Row> | undefined {
  let best: Point<Row> | undefined
  let bestSquare = reachPx * reachPx
  for (const point of points) {
    const square = (point.x - x) ** 2 + (point.y - y) ** 2
    // The later of two at the same place is the one drawn on top.
    if (square <= bestSquare) {
      best = point
      bestSquare = square
    }
  }
  return best
}

/** Draws the minimap's bars and ticks; sizes in device pixels, colours from the page's variables. */
import type { Minimap } from '#shared/derive/minimap'
import type { SpanTable } from '#shared/trace/table'
import { slotTokens } from '../state/service-colors'

export interface MinimapColors {
  /** By slot. */
  readonly slots: readonly string[]
  readonly error: string
  readonly match: string
}

export function minimapColors(element: Element): MinimapColors {
  const style = getComputedStyle(element)
  const color = (name: string) => style.getPropertyValue(name).trim()
  return {
    slots: slotTokens.map(color),
    error: color('--error-fill'),
    match: color('--accent'),
  }
}

/** Which columns hold the start of a match. Cost: one walk over the spans. */
export function matchColumns(
  spans: SpanTable,
  matches: Uint8Array,
  durationNs: number,
  widthPx: number,
): Uint8Array {
  const columns = new Uint8Array(widthPx)
  const perNs = widthPx / Math.max(durationNs, 1)
  for (let row = 0; row < matches.length; row++)
    if (matches[row] === 1) columns[Math.min(widthPx - 1, Math.floor(spans.start[row] * perNs))] = 1
  return columns
}

/** Ticks of errors and matches are at least this wide, CSS pixels. */
const tickPx = 2
const tickHeightPx = 5
const tallestBarPx = 4

/** Bars by lane, errors along the bottom, matches along the top. */
export function drawMinimap(
  canvas: HTMLCanvasElement,
  map: Minimap,
  /** By class of the bars. */
  slotOf: readonly number[],
  matches: Uint8Array | undefined,
  colors: MinimapColors,
  ratio: number,
): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const { width, height } = canvas
  context.clearRect(0, 0, width, height)
  const tickHeight = tickHeightPx * ratio
  const top = 2 * ratio
  const lanesHeight = height - tickHeight - top - ratio
  const laneHeight = lanesHeight / Math.max(map.laneCount, 1)
  const barHeight = Math.min(Math.max(laneHeight * 0.7, ratio), tallestBarPx * ratio)
  // Columns are those of the canvas, unless its size has just changed: then they are stretched until the new ones come.
  const stretch = width / map.widthPx
  for (let bar = 0; bar < map.barCount; bar++) {
    context.fillStyle = colors.slots[slotOf[map.barClass[bar]] ?? 1] ?? ''
    const from = map.barFrom[bar] * stretch
    context.fillRect(
      from,
      top + map.barLane[bar] * laneHeight,
      Math.max(map.barTo[bar] * stretch - from, ratio),
      barHeight,
    )
  }
  const tick = tickPx * ratio
  context.fillStyle = colors.error
  for (let column = 0; column < map.widthPx; column++)
    if (map.errors[column] > 0)
      context.fillRect(column * stretch - tick / 2, height - tickHeight, tick, tickHeight)
  if (!matches) return
  context.fillStyle = colors.match
  const matchStretch = width / matches.length
  for (let column = 0; column < matches.length; column++)
    if (matches[column] === 1) context.fillRect(column * matchStretch - tick / 2, 0, tick, tickHeight)
}

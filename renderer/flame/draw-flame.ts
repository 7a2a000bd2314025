/** Draws what is in view of a flame graph, and nothing else. Sizes in CSS pixels: the context is scaled to the screen's. */
import { type CriticalPath } from '#shared/derive/critical-path'
import type { BoxIndex } from '#shared/derive/flame'
import { visibleText } from '#shared/base/hidden-characters'
import { boxesInView } from '#shared/derive/flame-view'
import { momentAt, positionOf, type Timeline } from '#shared/derive/time-window'
import { freshContext } from '../ui/fresh-context'
import { fitText } from '../ui/fit-text'
import { boxName, type FlameScene, isMissing } from '#shared/derive/flame-names'
import { inkOn } from './ink'

export const laneHeightPx = 20
export const boxHeightPx = 19

export interface FlameColors {
  /** By slot, from 1; entry 0 is unused. */
  readonly slots: readonly string[]
  readonly error: string
  readonly critical: string
  readonly surface: string
  readonly text: string
  readonly line: string
  readonly grid: string
  readonly font: string
  readonly boldFont: string
}

export interface FlamePicture {
  readonly scene: FlameScene
  readonly slotOf: (box: BoxIndex) => number
  readonly timeline: Timeline
  /** Of the view, and how far it is scrolled down. */
  readonly heightPx: number
  readonly scrollPx: number
  /** From `marksBefore`. */
  readonly errorsBefore: Int32Array
  /** Of boxes that match what is sought; undefined when nothing is. */
  readonly matchesBefore: Int32Array | undefined
  readonly path: CriticalPath | undefined
  /** Moments of the lines behind the boxes. */
  readonly gridAt: readonly number[]
  readonly colors: FlameColors
}

/** Of boxes that do not match: there, but behind. */
const dimmed = 0.22
/** Narrower boxes have no text. */
const narrowestTextPx = 28
const paddingPx = 5
const roundedFromPx = 6
const errorMarkPx = 7

export function drawFlame(canvas: HTMLCanvasElement, picture: FlamePicture): void {
  const { scene, timeline, heightPx, scrollPx, colors } = picture
  const context = freshContext(canvas, timeline.widthPx)
  if (!context) return
  context.fillStyle = colors.grid
  for (const at of picture.gridAt) context.fillRect(Math.round(positionOf(at, timeline)), 0, 1, heightPx)
  context.textBaseline = 'middle'
  const first = Math.max(0, Math.floor(scrollPx / laneHeightPx))
  const last = Math.min(scene.flame.laneCount, Math.ceil((scrollPx + heightPx) / laneHeightPx))
  const pen = new Pen(context, picture)
  for (let lane = first; lane < last; lane++) {
    pen.topPx = lane * laneHeightPx - scrollPx
    boxesInView(scene.flame, lane, timeline, pen.draw)
  }
  if (picture.path) drawPath(context, picture, picture.path, first, last)
}

class Pen {
  topPx = 0
  readonly #context: CanvasRenderingContext2D
  readonly #picture: FlamePicture

  constructor(context: CanvasRenderingContext2D, picture: FlamePicture) {
    this.#context = context
    this.#picture = picture
  }

  readonly draw = (first: BoxIndex, last: BoxIndex, fromPx: number, toPx: number): void => {
    const context = this.#context
    const { scene, errorsBefore, matchesBefore, colors } = this.#picture
    const isMatch = matchesBefore === undefined || matchesBefore[last] > matchesBefore[first]
    const hasErrors = errorsBefore[last] > errorsBefore[first]
    const isOne = last - first === 1
    const widthPx = toPx - fromPx
    if (isOne && isMissing(scene, first)) this.#missing(first, fromPx, widthPx)
    else {
      const color = colors.slots[this.#picture.slotOf(first)] ?? ''
      context.globalAlpha = isMatch ? 1 : dimmed
      context.fillStyle = hasErrors && widthPx < 3 ? colors.error : color
      if (widthPx < roundedFromPx) context.fillRect(fromPx, this.topPx, Math.max(widthPx, 1), boxHeightPx)
      else {
        // A hair of room at the right, so that neighbours stay apart.
        context.beginPath()
        context.roundRect(fromPx, this.topPx, widthPx - 0.5, boxHeightPx, 1.5)
        context.fill()
      }
      context.globalAlpha = 1
      if (hasErrors && widthPx >= 3) this.#error(toPx - 0.5, widthPx)
      if (isOne) this.#label(first, fromPx, toPx - (hasErrors ? errorMarkPx : 0), isMatch, color)
    }
  }

  /** A corner turned red: a shape of its own, for those who do not see red. */
  #error(rightPx: number, widthPx: number): void {
    const context = this.#context
    const side = Math.min(errorMarkPx + 2, widthPx)
    for (const [color, size] of [
      [this.#picture.colors.surface, side + 1.5],
      [this.#picture.colors.error, side],
    ] as const) {
      const wide = Math.min(size, widthPx)
      context.fillStyle = color
      context.beginPath()
      context.moveTo(rightPx - wide, this.topPx)
      context.lineTo(rightPx, this.topPx)
      context.lineTo(rightPx, this.topPx + size)
      context.fill()
    }
  }

  #missing(box: BoxIndex, fromPx: number, widthPx: number): void {
    const context = this.#context
    const { colors } = this.#picture
    context.strokeStyle = colors.line
    context.setLineDash([3, 2])
    context.strokeRect(fromPx + 0.5, this.topPx + 0.5, Math.max(widthPx - 1, 1), boxHeightPx - 1)
    context.setLineDash([])
    this.#label(box, fromPx, fromPx + widthPx, false, '')
  }

  #label(box: BoxIndex, fromPx: number, toPx: number, isMatch: boolean, color: string): void {
    const context = this.#context
    const { scene, timeline, matchesBefore, colors } = this.#picture
    // Of a box that begins to the left of the view, the name still begins in view.
    let x = Math.max(fromPx, 0) + paddingPx
    const end = Math.min(toPx, timeline.widthPx) - paddingPx
    if (end - x < narrowestTextPx - 2 * paddingPx) return
    const called = boxName(scene, box)
    const service = visibleText(called.service)
    const name = visibleText(called.name)
    const middle = this.topPx + boxHeightPx / 2 + 0.5
    context.fillStyle = isMatch ? inkOn(color) : colors.text
    const start = x
    if (service !== '' && this.#changesService(box)) {
      context.font = colors.boldFont
      // The service is said where it changes, and where something of the name is left.
      const bold = measured(context, service)
      if (bold <= (end - x) * 0.55) {
        context.fillText(service, x, middle)
        x += bold + 5
      }
    }
    context.font = colors.font
    const text = fitText(name, end - x, (part) => measured(context, part))
    if (text !== '') context.fillText(text, x, middle)
    if (matchesBefore === undefined || !isMatch) return
    const width = text === '' ? x - start - 5 : x - start + measured(context, text)
    if (width > 0) context.fillRect(start, this.topPx + boxHeightPx - 3, width, 1)
  }

  #changesService(box: BoxIndex): boolean {
    const { flame, trace } = this.#picture.scene
    const above = flame.parent[box]
    return above < 0 || trace.spans.service[flame.row[above]] !== trace.spans.service[flame.row[box]]
  }
}

/** Widths of texts by font: the same names come again in every frame. */
const widths = new Map<string, number>()
const mostWidths = 20_000

function measured(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font}\n${text}`
  let width = widths.get(key)
  if (width === undefined) {
    if (widths.size >= mostWidths) widths.clear()
    widths.set(key, (width = context.measureText(text).width))
  }
  return width
}

/** The critical path as a thread along the lower edge of its boxes. Pieces narrower than a pixel are drawn once for each. */
function drawPath(
  context: CanvasRenderingContext2D,
  { scene: { flame }, timeline, scrollPx, colors }: FlamePicture,
  path: CriticalPath,
  firstLane: number,
  lastLane: number,
): void {
  const { window, widthPx } = timeline
  let piece = firstPieceAfter(path, window.from)
  while (piece < path.length && path.start[piece] <= window.to) {
    const box = flame.boxOfRow[path.row[piece]]
    const lane = box < 0 ? -1 : flame.lane[box]
    const left = Math.max(positionOf(path.start[piece], timeline), -2)
    const right = Math.min(positionOf(path.end[piece], timeline), widthPx + 2)
    if (lane >= firstLane && lane < lastLane) {
      const y = lane * laneHeightPx - scrollPx + boxHeightPx - 2
      context.fillStyle = colors.surface
      context.fillRect(left, y - 1, Math.max(right - left, 1), 1)
      context.fillStyle = colors.critical
      context.fillRect(left, y, Math.max(right - left, 1), 2)
    }
    piece =
      right - left >= 1
        ? piece + 1
        : Math.max(piece + 1, firstPieceAfter(path, momentAt(Math.floor(left) + 1, widthPx, window)))
  }
}

function firstPieceAfter({ end, length }: CriticalPath, moment: number): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (end[middle] > moment) high = middle
    else low = middle + 1
  }
  return low
}

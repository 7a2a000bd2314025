/** Draws log lines that fly by, each text where the row itself would have it. Sizes in CSS pixels. */
import { visibleText } from '#shared/base/hidden-characters'
import { type Level, levelOf, type LogLine, textOf } from '#shared/logs/batch'
import { lineAt, type LogList } from '#shared/logs/log-list'
import { plainText } from '#shared/logs/visible-text'
import { freshContext } from '../ui/fresh-context'
import { columnPx, gapPx, levelPx, sidePx, timeWidth, tracePx } from './column-widths'
import { type RowLookInList, shortLevels, timeText, valueOf } from './log-row'
import type { RowHeights } from './row-heights'

/** Colours and fonts. */
export interface FlyingLook {
  readonly text: string
  readonly calm: string
  readonly faint: string
  readonly error: string
  readonly errorBar: string
  readonly warn: string
  readonly warnBar: string
  readonly monoFont: string
  readonly levelFont: string
}

export interface FlyingLinesPicture {
  readonly list: LogList
  readonly heights: RowHeights
  readonly look: RowLookInList
  /** How many letters a row of a wrapped line has; 0 where lines are not wrapped. */
  readonly letters: number
  readonly drawn: FlyingLook
  /** How far the rows are scrolled. */
  readonly scrollPx: number
  readonly widthPx: number
  readonly heightPx: number
}

const linePx = 18
/** Rows stand a pixel lower than the middle of their letters says. */
const lowerPx = 1
/** No line is wide enough for more. */
const mostUnits = 800
/** More rows of one line say nothing while it flies by. */
const mostRows = 60

export function drawFlyingLines(canvas: HTMLCanvasElement, picture: FlyingLinesPicture): void {
  const { list, heights, scrollPx, widthPx, heightPx } = picture
  const context = freshContext(canvas, widthPx)
  if (!context || list.length === 0) return
  context.textBaseline = 'middle'
  const last = heights.rowAt(scrollPx + heightPx)
  for (let row = heights.rowAt(scrollPx); row <= last; row++) {
    const topPx = heights.topOf(row)
    drawLine(context, picture, lineAt(list, row), topPx - scrollPx, heights.topOf(row + 1) - topPx)
  }
}

function drawLine(
  context: CanvasRenderingContext2D,
  { look, letters, drawn, widthPx }: FlyingLinesPicture,
  line: LogLine,
  topPx: number,
  rowPx: number,
): void {
  const level = levelOf(line)
  const colors = colorsOf(level, drawn)
  const isWrapped = letters > 0
  const middlePx = topPx + (linePx + 2) / 2 + lowerPx
  if (colors.bar !== undefined) {
    context.fillStyle = colors.bar
    context.fillRect(0, topPx + 2, 3, rowPx - 4)
  }
  let x = sidePx
  context.font = drawn.monoFont
  context.fillStyle = drawn.faint
  context.fillText(timeText(line, look), x, middlePx)
  x += timeWidth(look.hasDays) + gapPx
  context.font = drawn.levelFont
  context.fillStyle = colors.level
  context.fillText(shortLevels[level], x, middlePx)
  x += levelPx + gapPx
  context.font = drawn.monoFont
  context.fillStyle = drawn.faint
  for (const name of look.columns) {
    drawWithin(context, visibleText(valueOf(line, name)), x, middlePx, columnPx)
    x += columnPx + gapPx
  }
  context.fillStyle = colors.message
  const roomPx = widthPx - x - gapPx - tracePx - sidePx
  const text = visibleText(plainText(textOf(line).slice(0, isWrapped ? letters * mostRows : mostUnits)))
  if (!isWrapped) drawWithin(context, text.replaceAll('\n', '↵'), x, middlePx, roomPx)
  else
    for (let at = 0, rowY = middlePx; at < text.length && rowY < topPx + rowPx; at += letters, rowY += linePx)
      drawWithin(context, text.slice(at, at + letters).replaceAll('\n', ' '), x, rowY, roomPx)
}

/** The beginning of a text, as much of it as there is room for. */
function drawWithin(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  roomPx: number,
): void {
  if (text === '' || roomPx <= 0) return
  context.save()
  context.beginPath()
  context.rect(x, y - linePx / 2, roomPx, linePx)
  context.clip()
  context.fillText(text, x, y)
  context.restore()
}

function colorsOf(
  level: Level,
  { text, calm, faint, error, errorBar, warn, warnBar }: FlyingLook,
): { readonly bar: string | undefined; readonly level: string; readonly message: string } {
  if (level === 'error' || level === 'fatal') return { bar: errorBar, level: error, message: text }
  if (level === 'warn') return { bar: warnBar, level: warn, message: text }
  return { bar: undefined, level: faint, message: level === 'unknown' ? text : calm }
}

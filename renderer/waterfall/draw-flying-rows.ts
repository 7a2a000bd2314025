/** Draws rows that fly by, each text and bar where the row itself would have it. Sizes in CSS pixels. */
import { visibleText } from '#shared/base/hidden-characters'
import { formatDuration } from '#shared/derive/durations'
import { formatCount } from '#shared/derive/quantities'
import { groupOfNode } from '#shared/derive/repeated-rows'
import { lineOfRow } from '#shared/derive/line-rows'
import { textOf } from '#shared/logs/batch'
import { type RowNode, spanOfNode } from '#shared/derive/row-tree'
import { SpanFlag } from '#shared/trace/table'
import { slotOfRow } from '../state/row-colors'
import { freshContext } from '../ui/fresh-context'
import { barHeightPx, barTopPx, stretchOf } from './bar-shape'
import { rowHeightPx } from './list-position'
import { indentPx, showsService } from './name-cell'
import type { Scene } from './scene'

export interface FlyingColors {
  /** By slot. */
  readonly slots: readonly string[]
  readonly name: string
  readonly service: string
  readonly duration: string
  readonly self: string
  readonly nameFont: string
  readonly serviceFont: string
  readonly figureFont: string
}

export interface FlyingPicture {
  readonly scene: Scene
  /** How far the rows are scrolled. */
  readonly scrollPx: number
  readonly widthPx: number
  readonly heightPx: number
  /** Right ends of the columns of names, durations and self times. */
  readonly nameEndPx: number
  readonly durationEndPx: number
  readonly selfEndPx: number
  readonly colors: FlyingColors
}

/** From the indentation on, as in the cells of a row: the swatch after the fold mark, then the name. */
const swatchAtPx = 24
const swatchPx = 8
const nameAtPx = 37
const namePaddingPx = 8
const durationPaddingPx = 8
const selfPaddingPx = 14
/** Room for the level and moment of a line. */
const linePaddingPx = 110
const serviceGapPx = 4

export function drawFlyingRows(canvas: HTMLCanvasElement, picture: FlyingPicture): void {
  const { scene, scrollPx, heightPx, widthPx } = picture
  const context = freshContext(canvas, widthPx)
  if (!context) return
  context.textBaseline = 'middle'
  const first = Math.max(0, Math.floor(scrollPx / rowHeightPx))
  const last = Math.min(scene.nodes.length, Math.ceil((scrollPx + heightPx) / rowHeightPx))
  const lines: Line[] = []
  for (let index = first; index < last; index++)
    lines.push({ node: scene.nodes[index], topPx: index * rowHeightPx - scrollPx })
  const ofLogs = lines.filter(({ node }) => lineOf(scene, node) >= 0)
  const ofSpans = ofLogs.length === 0 ? lines : lines.filter(({ node }) => lineOf(scene, node) < 0)
  drawNames(context, picture, ofSpans)
  drawLogLines(context, picture, ofLogs)
  drawFigures(context, picture, ofSpans)
  drawBars(context, picture, ofSpans)
}

interface Line {
  readonly node: RowNode
  readonly topPx: number
}

const lineOf = ({ tree }: Scene, node: RowNode): number => lineOfRow(tree, tree.row[node])

/** What a row says: of its span, or of repeated siblings. */
function factsOf({ trace: { spans }, tree }: Scene, node: RowNode) {
  const group = groupOfNode(tree, node)
  const row = spanOfNode(tree, node)
  const { groups } = tree
  return groups && group >= 0
    ? {
        start: groups.from[group],
        duration: groups.to[group] - groups.from[group],
        self: groups.selfNs[group],
        isMissing: false,
      }
    : {
        start: spans.start[row],
        duration: spans.duration[row],
        self: spans.self[row],
        isMissing: (spans.flags[row] & SpanFlag.missing) !== 0,
      }
}

function drawNames(
  context: CanvasRenderingContext2D,
  { scene, heightPx, nameEndPx, colors }: FlyingPicture,
  lines: readonly Line[],
): void {
  const { trace, tree } = scene
  const { spans } = trace
  context.save()
  context.beginPath()
  context.rect(0, 0, nameEndPx - namePaddingPx, heightPx)
  context.clip()
  context.textAlign = 'left'
  for (const { node, topPx } of lines) {
    const row = spanOfNode(tree, node)
    const indent = Math.min(tree.level[node] * indentPx, scene.indentLimitPx)
    const middle = topPx + rowHeightPx / 2
    context.fillStyle = colors.slots[slotOfRow(scene.colors, row)] ?? ''
    context.fillRect(indent + swatchAtPx, middle - swatchPx / 2, swatchPx, swatchPx)
    let x = indent + nameAtPx
    if (showsService(scene, node)) {
      const service = visibleText(trace.services[spans.service[row]])
      context.font = colors.serviceFont
      context.fillStyle = colors.service
      context.fillText(service, x, middle)
      x += context.measureText(service).width + serviceGapPx
    }
    const group = groupOfNode(tree, node)
    const name = visibleText(trace.names[spans.name[row]].slice(0, longestName))
    context.font = colors.nameFont
    context.fillStyle = colors.name
    context.fillText(
      tree.groups && group >= 0 ? `${name}  × ${formatCount(tree.groups.memberCount[group])}` : name,
      x,
      middle,
    )
  }
  context.restore()
}

function drawLogLines(
  context: CanvasRenderingContext2D,
  { scene, widthPx, heightPx, colors }: FlyingPicture,
  lines: readonly Line[],
): void {
  const { tree, lineBatch } = scene
  if (!tree.lines || !lineBatch) return
  context.save()
  context.beginPath()
  context.rect(0, 0, widthPx - linePaddingPx, heightPx)
  context.clip()
  context.textAlign = 'left'
  context.font = colors.figureFont
  context.fillStyle = colors.service
  for (const { node, topPx } of lines) {
    const indent = Math.min(tree.level[node] * indentPx, scene.indentLimitPx)
    const text = textOf({ batch: lineBatch, at: tree.lines.line[lineOf(scene, node)] })
    context.fillText(visibleText(text.slice(0, longestName)), indent + nameAtPx, topPx + rowHeightPx / 2)
  }
  context.restore()
}

/** No row is wide enough for more. */
const longestName = 300

function drawFigures(
  context: CanvasRenderingContext2D,
  { scene, durationEndPx, selfEndPx, colors }: FlyingPicture,
  lines: readonly Line[],
): void {
  context.font = colors.figureFont
  context.textAlign = 'right'
  for (const { node, topPx } of lines) {
    const { duration, self, isMissing } = factsOf(scene, node)
    if (isMissing) continue
    const middle = topPx + rowHeightPx / 2
    context.fillStyle = colors.duration
    context.fillText(formatDuration(duration), durationEndPx - durationPaddingPx, middle)
    context.fillStyle = colors.self
    context.fillText(formatDuration(self), selfEndPx - selfPaddingPx, middle)
  }
}

function drawBars(
  context: CanvasRenderingContext2D,
  { scene, selfEndPx, colors }: FlyingPicture,
  lines: readonly Line[],
): void {
  for (const { node, topPx } of lines) {
    const { start, duration, isMissing } = factsOf(scene, node)
    const bar = isMissing ? undefined : stretchOf(start, start + duration, scene.timeline)
    if (!bar) continue
    context.fillStyle = colors.slots[slotOfRow(scene.colors, spanOfNode(scene.tree, node))] ?? ''
    context.fillRect(selfEndPx + bar.xPx, topPx + barTopPx, bar.widthPx, barHeightPx)
  }
}

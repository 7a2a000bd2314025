/** Draws a map: curves of calls, boxes of services, their figures. Cost: what is in view. */
import { visibleText } from '#shared/base/hidden-characters'
import type { CallFigures, MapEdge, MapNode, NodeKind } from '#shared/map/graph'
import type { RateUnit } from '#shared/map/rate-unit'
import type { Change } from '#shared/map/shape'
import type { Box } from '#shared/map/layout-graph'
import { fitText } from '../ui/fit-text'
import { figureGapPx, figuresInRoom, isFailing, labelsOf } from './figure-text'
import { type Curve, isNearby, type MapArea, seenOf } from './curves'
import type { Point, View } from './geometry'
import { wearing } from './labels'
import type { MapFigure } from '../state/map-location'

/** All that is on a map, worked out once for every answer. */
export interface Picture {
  readonly nodes: readonly MapNode[]
  readonly edges: readonly MapEdge[]
  readonly places: ReadonlyMap<string, Box>
  readonly groups: ReadonlyMap<string, Box>
  readonly curves: ReadonlyMap<string, Curve>
  readonly onCycles: ReadonlySet<string>
  readonly changeOf: ReadonlyMap<string, Change> | undefined
  readonly before: ReadonlyMap<string, CallFigures> | undefined
  /** Names and edges of the trace that is laid over it; the rest steps back. */
  readonly overlaid: ReadonlySet<string> | undefined
  readonly figure: MapFigure
  /** Of its rates; undefined where calls are counted. */
  readonly unit: RateUnit | undefined
}

/** What the pointer and the reader have chosen. */
export interface Marked {
  readonly selected: string
  readonly hovered: string | undefined
}

export const mapTokens = [
  '--surface',
  '--surface-2',
  '--text',
  '--text-2',
  '--text-3',
  '--line',
  '--line-strong',
  '--line-control',
  '--accent',
  '--accent-wash',
  '--selected-line',
  '--error',
  '--error-fill',
  '--font-ui',
] as const
export type MapColors = Readonly<Record<(typeof mapTokens)[number], string>>

/** Below these scales there is no room for words: on calls, in boxes, at all. */
const scaleOfLabels = 0.62
const scaleOfFigures = 0.5
const scaleOfNames = 0.26
/** With more calls than these, only those of what is pointed at wear their figures. */
const mostLabels = 120

const padPx = 12
const barPx = 4
/** Half the height of a drum's lid. */
const lidPx = 3.5
const arrowPx = 7
const ringPx = 4
/** No figures of a call are wider. */
const labelPx = 300

/** A rectangle of the canvas, in its own pixels. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Lines are thick, and arrows wider than their curves. */
const slackPx = 8

/**
 * Draws what lies in an area and leaves the rest of the canvas as it is. `wearsLabels`: whether calls wear their figures, as it was answered
 * for the whole canvas; undefined where this is the whole.
 */
export function drawMap(
  context: CanvasRenderingContext2D,
  picture: Picture,
  view: View,
  marked: Marked,
  colors: MapColors,
  colorOf: (node: MapNode) => string,
  area: Area,
  wearsLabels?: boolean,
): boolean {
  const ratio = globalThis.devicePixelRatio
  context.save()
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(area.x, area.y, area.width, area.height)
  context.beginPath()
  context.rect(area.x, area.y, area.width, area.height)
  context.clip()
  context.setTransform(view.scale * ratio, 0, 0, view.scale * ratio, view.x * ratio, view.y * ratio)
  const inView = {
    left: (area.x / ratio - view.x) / view.scale - slackPx,
    top: (area.y / ratio - view.y) / view.scale - slackPx,
    right: ((area.x + area.width) / ratio - view.x) / view.scale + slackPx,
    bottom: ((area.y + area.height) / ratio - view.y) / view.scale + slackPx,
  }
  const drawing = { context, picture, marked, colors, scale: view.scale, inView }
  drawGroups(drawing)
  const near = nearOf(picture, marked)
  const seen = picture.edges.filter(({ id }) => {
    const curve = picture.curves.get(id)
    return curve !== undefined && isNearby(curve, inView)
  })
  // What is chosen lies above the others.
  const ordered = seen.toSorted((one, other) => Number(near.has(one.id)) - Number(near.has(other.id)))
  for (const edge of ordered) drawEdge(drawing, edge, near)
  const areFew = wearsLabels ?? seen.length <= mostLabels
  if (view.scale >= scaleOfLabels) {
    // Also of those that come near the area: which of them wear figures must not depend on what of the map is drawn.
    const reaching = picture.edges.filter(({ id }) => {
      const to = picture.curves.get(id)?.to
      return to !== undefined && isAt(to, labelPx, inView) && (areFew || near.has(id))
    })
    for (const edge of wearing(reaching, picture.curves, ({ id }) => near.has(id)))
      drawLabel(drawing, edge, near)
  }
  for (const node of picture.nodes) {
    const box = picture.places.get(node.name)
    if (!box || box.x > inView.right || box.x + box.width < inView.left) continue
    if (box.y > inView.bottom || box.y + box.height < inView.top) continue
    drawNode(drawing, node, box, near, colorOf(node))
  }
  context.restore()
  return areFew
}

interface Drawing {
  readonly context: CanvasRenderingContext2D
  readonly picture: Picture
  readonly marked: Marked
  readonly colors: MapColors
  readonly scale: number
  /** What of the map is drawn. */
  readonly inView: MapArea
}

/** Whether something of the map lies in an area that reaches no further than `reachPx` around a place. */
const isAt = ({ x, y }: Point, reachPx: number, { left, top, right, bottom }: MapArea): boolean =>
  x + reachPx >= left && x - reachPx <= right && y + reachPx >= top && y - reachPx <= bottom

/** The chosen node or edge, what the pointer is on, and the calls of both. */
function nearOf({ edges }: Picture, { selected, hovered }: Marked): ReadonlySet<string> {
  const near = new Set<string>()
  for (const chosen of [selected, hovered]) {
    if (chosen === undefined || chosen === '') continue
    near.add(chosen)
    for (const { id, parent, child } of edges) if (parent === chosen || child === chosen) near.add(id)
  }
  return near
}

function drawGroups({ context, picture, colors }: Drawing): void {
  context.font = `500 11.5px ${colors['--font-ui']}`
  for (const [name, { x, y, width, height }] of picture.groups) {
    context.fillStyle = colors['--surface-2']
    context.strokeStyle = colors['--line-strong']
    context.lineWidth = 1
    context.beginPath()
    context.roundRect(x, y, width, height, 6)
    context.fill()
    context.stroke()
    context.fillStyle = colors['--text-3']
    context.fillText(visibleText(name), x + padPx, y + 18)
  }
}

const widthOf = ({ rate, calls }: CallFigures): number =>
  Math.min(5, 1.4 + 0.45 * Math.log10(1 + (rate ?? calls ?? 0)))

const isFaint = ({ picture }: Drawing, id: string): boolean =>
  picture.overlaid !== undefined && !picture.overlaid.has(id)

const everywhere: MapArea = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity }

function drawEdge(drawing: Drawing, { id, figures }: MapEdge, near: ReadonlySet<string>): void {
  const { context, picture, marked, colors, inView } = drawing
  const curve = picture.curves.get(id)
  if (!curve) return
  const { to, middle } = curve
  const change = picture.changeOf?.get(id)
  const color = isFailing(figures)
    ? colors['--error-fill']
    : near.has(id)
      ? colors['--accent']
      : colors['--line-control']
  context.globalAlpha = isFaint(drawing, id) ? 0.2 : near.size > 0 && !near.has(id) ? 0.45 : 0.9
  context.strokeStyle = color
  context.fillStyle = color
  context.lineWidth = widthOf(figures) + (id === marked.selected || change === 'new' ? 1 : 0)
  // Dashes are counted from a line's beginning.
  const lines = seenOf(curve, change === 'gone' ? everywhere : inView)
  if (lines.length > 0) {
    if (change === 'gone') context.setLineDash([5, 4])
    context.beginPath()
    let end: readonly number[] = []
    for (const [x, y, ...rest] of lines) {
      if (x !== end[0] || y !== end[1]) context.moveTo(x, y)
      context.bezierCurveTo(...rest)
      end = rest.slice(-2)
    }
    context.stroke()
    if (change === 'gone') context.setLineDash([])
  }
  if (isAt(to, arrowPx, inView)) {
    context.beginPath()
    context.moveTo(to.x, to.y)
    context.lineTo(to.x - arrowPx, to.y - arrowPx / 2)
    context.lineTo(to.x - arrowPx, to.y + arrowPx / 2)
    context.fill()
  }
  // A circle of calls wears a ring in the middle of each.
  if (picture.onCycles.has(id) && isAt(middle, ringPx, inView)) {
    context.fillStyle = colors['--surface']
    context.lineWidth = 1.5
    context.beginPath()
    context.arc(middle.x, middle.y, ringPx, 0, 2 * Math.PI)
    context.fill()
    context.stroke()
  }
  context.globalAlpha = 1
}

function drawLabel(drawing: Drawing, edge: MapEdge, near: ReadonlySet<string>): void {
  const { context, picture, colors, inView } = drawing
  const { id, figures } = edge
  const curve = picture.curves.get(id)
  if (!curve || (isFaint(drawing, id) && !near.has(id))) return
  if (!isAt({ x: curve.to.x - 12 - labelPx / 2, y: curve.to.y }, labelPx / 2, inView)) return
  const change = picture.changeOf?.get(id)
  const before = picture.before?.get(id)
  const labels = labelsOf(figures, picture.figure, change, before, picture.unit)
  if (labels.length === 0) return
  const isNear = near.has(id)
  context.font = `${isNear ? 600 : 400} 10.5px ${colors['--font-ui']}`
  context.textAlign = 'right'
  context.textBaseline = 'alphabetic'
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.strokeStyle = colors['--surface']
  context.fillStyle = isFailing(figures) ? colors['--error'] : colors['--text-2']
  const [x, y] = [curve.to.x - 12, curve.to.y - 5]
  // Whatever stands before the caller's edge would lie under its box.
  const roomPx = curve.to.x > curve.from.x ? x - curve.from.x - 2 : Infinity
  const text = labels.find((one) => context.measureText(one).width <= roomPx) ?? labels[labels.length - 1]
  context.strokeText(text, x, y)
  context.fillText(text, x, y)
  context.textAlign = 'left'
}

function drawNode(drawing: Drawing, node: MapNode, box: Box, near: ReadonlySet<string>, color: string): void {
  const { name, kind, figures } = node
  const { context, colors, marked, scale } = drawing
  const { x, y, width, height } = box
  const isBad = isFailing(figures)
  context.globalAlpha = isFaint(drawing, name) ? 0.3 : 1
  context.fillStyle = name === marked.selected ? colors['--accent-wash'] : colors['--surface']
  context.strokeStyle =
    name === marked.selected
      ? colors['--selected-line']
      : isBad
        ? colors['--error-fill']
        : near.has(name)
          ? colors['--text-2']
          : colors['--line-strong']
  context.lineWidth = name === marked.selected ? 2 : 1
  outline(context, kind, box)
  context.fill()
  context.stroke()
  context.save()
  outline(context, kind, box)
  context.clip()
  context.fillStyle = color
  context.fillRect(x, y, barPx, height)
  if (isBad) {
    context.fillStyle = colors['--error-fill']
    context.fillRect(x + barPx, y + height - 3, (width - barPx) * Math.min(1, figures.errors ?? 0), 3)
  }
  context.restore()
  if (kind === 'database') drawLid(context, box)
  if (scale >= scaleOfNames) drawWords(drawing, node, box)
  context.globalAlpha = 1
}

/** A service is a box, a database a drum, a queue a tag that points on, what lies outside a pill. */
function outline(context: CanvasRenderingContext2D, kind: NodeKind, { x, y, width, height }: Box): void {
  context.beginPath()
  if (kind === 'queue') {
    const tip = 10
    context.moveTo(x, y)
    context.lineTo(x + width - tip, y)
    context.lineTo(x + width, y + height / 2)
    context.lineTo(x + width - tip, y + height)
    context.lineTo(x, y + height)
    context.closePath()
  } else if (kind === 'database') {
    context.moveTo(x, y + lidPx)
    context.ellipse(x + width / 2, y + lidPx, width / 2, lidPx, 0, Math.PI, 2 * Math.PI)
    context.lineTo(x + width, y + height - lidPx)
    context.ellipse(x + width / 2, y + height - lidPx, width / 2, lidPx, 0, 0, Math.PI)
    context.closePath()
  } else context.roundRect(x, y, width, height, kind === 'outside' ? height / 2 : 3)
}

function drawLid(context: CanvasRenderingContext2D, { x, y, width }: Box): void {
  context.beginPath()
  context.ellipse(x + width / 2, y + lidPx, width / 2, lidPx, 0, 0, Math.PI)
  context.stroke()
}

function drawWords(
  { context, colors, scale, picture }: Drawing,
  { name, namespace, figures }: MapNode,
  box: Box,
): void {
  const { x, y, width, height } = box
  const left = x + padPx + 2
  const room = width - 2 * padPx - 6
  context.textBaseline = 'alphabetic'
  context.fillStyle = colors['--text']
  context.font = `600 12px ${colors['--font-ui']}`
  // Its group says it.
  const isPrefix = namespace !== '' && name.startsWith(`${namespace}/`)
  const own = visibleText(isPrefix ? name.slice(namespace.length + 1) : name)
  const hasFigures = scale >= scaleOfFigures
  context.fillText(
    fitText(own, room, (part) => context.measureText(part).width),
    left,
    hasFigures ? y + 22 : y + height / 2 + 4,
  )
  if (!hasFigures) return
  context.font = `400 10.5px ${colors['--font-ui']}`
  context.fillStyle = colors['--text-2']
  const { rate, errors, p95 } = figuresInRoom(
    figures,
    picture.figure,
    x + width - padPx - left,
    (text) => context.measureText(text).width,
    picture.unit,
  )
  context.fillText(rate, left, y + 37)
  context.fillStyle = isFailing(figures) ? colors['--error'] : colors['--text-3']
  const errorsLeft = rate === '' ? left : left + context.measureText(rate).width + figureGapPx
  context.fillText(errors, errorsLeft, y + 37)
  context.fillStyle = colors['--text']
  context.textAlign = 'right'
  context.fillText(p95, x + width - padPx, y + 37)
  context.textAlign = 'left'
}

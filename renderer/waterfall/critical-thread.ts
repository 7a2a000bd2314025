/**
 * The black thread through the rows: where it runs under a bar, and where it goes over from one row to another.
 *
 *   row a  ▬▬▬▬▬┐                 piece, connector
 *   row b       └▬▬▬▬┐
 *   row a            └▬▬▬
 */
import { type CriticalPath, piecesOfRow } from '#shared/derive/critical-path'
import { countUp, nodeNear, type RowNode, type RowTree } from '#shared/derive/row-tree'
import { positionOfNode, shownAncestor } from '#shared/derive/visible-rows'
import type { SpanIndex, SpanTable } from '#shared/trace/table'
import { positionOf, type Timeline } from '#shared/derive/time-window'

/** The thread going over between two rows shown, as positions in the list. */
export interface Connector {
  readonly xPx: number
  readonly topIndex: number
  readonly bottomIndex: number
}

/** Pieces narrower than this have no connector of their own: they would only fill the column. */
const narrowestPx = 2

const kept = new WeakMap<CriticalPath, Map<SpanIndex, Float64Array>>()

/** When the path runs through a row, as pairs of start and end; of a folded row, through anything inside it. */
export function threadTimes(
  path: CriticalPath,
  spans: SpanTable,
  row: SpanIndex,
  isFolded: boolean,
): Float64Array {
  const key = isFolded ? row : -1 - row
  let rows = kept.get(path)
  if (!rows) {
    rows = new Map()
    kept.set(path, rows)
  }
  let times = rows.get(key)
  if (!times) {
    times = computeThreadTimes(path, spans, row, isFolded)
    rows.set(key, times)
  }
  return times
}

function computeThreadTimes(
  path: CriticalPath,
  spans: SpanTable,
  row: SpanIndex,
  isFolded: boolean,
): Float64Array {
  const { from, to } = piecesOfRow(path, row)
  // Pieces are in order of row: those of everything inside a row stand side by side.
  const end = isFolded ? firstPieceOf(path, spans.subtreeEnd[row]) : to
  const pieces = path.byRow.slice(isFolded ? firstPieceOf(path, row) : from, end).sort()
  return joined(path, pieces)
}

/** When the path runs through anything inside a node. Cost: the path, once for a tree and node. */
export function threadTimesInside(path: CriticalPath, tree: RowTree, node: RowNode): Float64Array {
  let nodes = keptInside.get(tree)
  if (!nodes || nodes.path !== path) {
    nodes = { path, times: new Map() }
    keptInside.set(tree, nodes)
  }
  let times = nodes.times.get(node)
  if (!times) {
    const isInside = (piece: number) => {
      const at = tree.at[path.row[piece]]
      return at > node && at < tree.end[node]
    }
    times = joined(path, countUp(path.length).filter(isInside))
    nodes.times.set(node, times)
  }
  return times
}

const keptInside = new WeakMap<
  RowTree,
  { readonly path: CriticalPath; readonly times: Map<RowNode, Float64Array> }
>()

/** Pieces in order of time, those that touch as one. */
function joined(path: CriticalPath, pieces: Int32Array): Float64Array {
  const times: number[] = []
  for (const piece of pieces) {
    const last = times.length - 1
    if (last >= 0 && path.start[piece] <= times[last]) times[last] = Math.max(times[last], path.end[piece])
    else times.push(path.start[piece], path.end[piece])
  }
  return Float64Array.from(times)
}

/** Position in `byRow` of the first piece of this row or a later one. */
function firstPieceOf(path: CriticalPath, row: SpanIndex): number {
  let low = 0
  let high = path.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (path.row[path.byRow[middle]] < row) low = middle + 1
    else high = middle
  }
  return low
}

/** The last piece that begins at or before a moment; -1 before the first. */
function pieceAt(path: CriticalPath, timeNs: number): number {
  let low = 0
  let high = path.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (path.start[middle] <= timeNs) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Where the thread goes over between rows, in what is in view. Cost: width in pixels, not length of the path. */
export function threadConnectors(
  path: CriticalPath,
  tree: RowTree,
  nodes: Int32Array,
  timeline: Timeline,
): Connector[] {
  const { window, widthPx } = timeline
  const connectors: Connector[] = []
  if (path.length === 0 || widthPx <= 0) return connectors
  const nsPerPx = (window.to - window.from) / widthPx
  let before = -1
  let beforePiece = -1
  for (let xPx = 0; xPx <= widthPx; xPx += narrowestPx) {
    const piece = pieceAt(path, window.from + xPx * nsPerPx)
    if (piece < 0 || piece === beforePiece) continue
    beforePiece = piece
    const shown = shownAncestor(tree, nodes, nodeNear(tree, path.row[piece]))
    if (shown < 0) continue
    const index = positionOfNode(nodes, shown)
    if (before >= 0 && index !== before) {
      const at = positionOf(Math.max(path.start[piece], window.from), timeline)
      connectors.push({
        xPx: at,
        topIndex: Math.min(before, index),
        bottomIndex: Math.max(before, index),
      })
    }
    before = index
  }
  return connectors
}

/**
 * Log lines as rows of a tree of spans: each under the span it was written in, among what that called, in order of time.
 *
 *   0 a                 0 a
 *   1   b               1   b
 *   2   c               2     "line of b"
 *                       3   "line of a, before c began"
 *                       4   c
 */
import { countUp, nodeNear, type RowNode, type RowTree } from '#shared/derive/row-tree'
import type { SpanIndex, SpanTable } from '#shared/trace/table'

/** A line and where it belongs. */
export interface PlacedLine {
  /** Its number in what it was read from. */
  readonly line: number
  /** The span it was written in, or is thought to be. */
  readonly span: SpanIndex
  /** It names no span: its service and its time alone tell where it belongs. */
  readonly isByTime: boolean
  /** Nanoseconds from the epoch of the trace; may be outside of it. */
  readonly timeNs: number
}

/** The lines of a tree, in order of their nodes. */
export interface LineRows {
  readonly count: number
  /** Row of the first; those after it follow. */
  readonly firstRow: number
  /** RowNode of each, rising. */
  readonly node: Int32Array
  readonly line: Int32Array
  readonly span: Int32Array
  readonly timeNs: Float64Array
  /** 1 where the time alone tells the span. */
  readonly byTime: Uint8Array
}

/** Which line a row is; -1 for a span or group. */
export const lineOfRow = ({ lines }: RowTree, row: number): number =>
  lines === undefined || row < lines.firstRow ? -1 : row - lines.firstRow

/** The row of a line, by its number in what it was read from; -1 where it is not in the tree. Cost: the lines. */
export function rowOfLine({ lines }: RowTree, line: number): number {
  const at = lines?.line.indexOf(line) ?? -1
  return lines === undefined || at < 0 ? -1 : lines.firstRow + at
}

/** How many lines stand below a node. Cost: log lines. */
export function linesBelow({ lines, end }: RowTree, node: RowNode): number {
  return lines === undefined ? 0 : countUnder(lines.node, end[node]) - countUnder(lines.node, node + 1)
}

/** How many of the rising numbers are below a bound. */
function countUnder(rising: Int32Array | Float64Array, bound: number): number {
  let low = 0
  let high = rising.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rising[middle] < bound) low = middle + 1
    else high = middle
  }
  return low
}

/** The tree with lines in it; those of spans that are not in the tree lie under what is left above them. Cost: two walks over the tree. */
export function withLines(tree: RowTree, placed: readonly PlacedLine[]): RowTree {
  const inserted = insertions(tree, placed)
  const count = inserted.length
  if (count === 0) return tree
  const { spans, length, at: atBefore } = tree
  const firstRow = atBefore.length
  const total = length + count
  const row = new Int32Array(total)
  const parent = new Int32Array(total)
  const end = new Int32Array(total)
  const level = new Int32Array(total)
  const at = new Int32Array(firstRow + count).fill(-1)
  const lines = {
    count,
    firstRow,
    node: new Int32Array(count),
    line: new Int32Array(count),
    span: new Int32Array(count),
    timeNs: new Float64Array(count),
    byTime: new Uint8Array(count),
  }
  const movedTo = new Int32Array(length)
  let next = 0
  for (let node = 0; node <= length; node++) {
    for (; next < count && inserted[next].before === node; next++) {
      const to = node + next
      const { above, line } = inserted[next]
      row[to] = firstRow + next
      parent[to] = movedTo[above]
      level[to] = tree.level[above] + 1
      at[firstRow + next] = to
      lines.node[next] = to
      lines.line[next] = line.line
      lines.span[next] = line.span
      lines.timeNs[next] = line.timeNs
      lines.byTime[next] = line.isByTime ? 1 : 0
    }
    if (node === length) break
    const to = node + next
    movedTo[node] = to
    row[to] = tree.row[node]
    parent[to] = tree.parent[node] < 0 ? -1 : movedTo[tree.parent[node]]
    level[to] = tree.level[node]
    at[tree.row[node]] = to
  }
  // From the last to the first, every node is met after all that is below it.
  for (let node = total - 1; node >= 0; node--) {
    end[node] = Math.max(end[node], node + 1)
    if (parent[node] >= 0) end[parent[node]] = Math.max(end[parent[node]], end[node])
  }
  return { spans, length: total, row, at, parent, end, level, groups: tree.groups, lines }
}

interface Insertion {
  readonly line: PlacedLine
  /** RowNode it lies under. */
  readonly above: RowNode
  /** RowNode it stands before; the tree's length for after all. */
  readonly before: RowNode
}

/** Where lines go, in the order of the rows to come. */
function insertions(tree: RowTree, placed: readonly PlacedLine[]): readonly Insertion[] {
  const byNode = Map.groupBy(placed, ({ span }) => nodeNear(tree, span))
  const inserted: Insertion[] = []
  for (const [above, lines] of byNode) {
    if (above < 0) continue
    const sorted = lines.toSorted((one, other) => one.timeNs - other.timeNs)
    let next = 0
    for (let child = above + 1; child < tree.end[above] && next < sorted.length; child = tree.end[child])
      for (; next < sorted.length && sorted[next].timeNs < startOf(tree, child); next++)
        inserted.push({ line: sorted[next], above, before: child })
    for (; next < sorted.length; next++) inserted.push({ line: sorted[next], above, before: tree.end[above] })
  }
  // Where several end at one place, the deeper ends first.
  return inserted.sort(
    (one, other) =>
      one.before - other.before ||
      tree.level[other.above] - tree.level[one.above] ||
      one.line.timeNs - other.line.timeNs,
  )
}

function startOf({ spans, row, groups }: RowTree, node: RowNode): number {
  return groups && row[node] >= spans.length ? groups.from[row[node] - spans.length] : spans.start[row[node]]
}

/** A moment that is looked for among spans. */
export interface Moment {
  readonly timeNs: number
  /** ServiceIndex; undefined where nothing tells the service. */
  readonly service: number | undefined
}

/**
 * For each moment the innermost span running then, of its service where there is one; the first root where nothing ran. Cost: one walk over
 * the spans, in which each is looked up among the moments and then passes those it covers.
 */
export function spansAt(spans: SpanTable, moments: readonly Moment[]): Int32Array {
  const order = countUp(moments.length).sort((one, other) => moments[one].timeNs - moments[other].timeNs)
  const times = Float64Array.from(order, (moment) => moments[moment].timeNs)
  const ofService = new Int32Array(moments.length).fill(-1)
  const ofAny = new Int32Array(moments.length).fill(-1)
  // Parents come before children, so one as deep as the last found is as good.
  const isInner = (row: number, found: number) => found < 0 || spans.depth[row] >= spans.depth[found]
  for (let row = 0; row < spans.length; row++) {
    const end = spans.start[row] + spans.duration[row]
    for (let at = countUnder(times, spans.start[row]); at < times.length && times[at] <= end; at++) {
      const moment = order[at]
      if (isInner(row, ofAny[moment])) ofAny[moment] = row
      if (spans.service[row] === moments[moment].service && isInner(row, ofService[moment]))
        ofService[moment] = row
    }
  }
  return ofService.map((row, moment) => (row >= 0 ? row : Math.max(0, ofAny[moment])))
}

/**
 * The critical path: at each moment, the span the trace was waiting for.
 *
 * Walked backwards from the end of the longest root. What ran last before the present moment was waited for: the path goes through
 * that child, and goes on from where the child started. Where no child ends, the time is the span's own.
 *
 * ```
 * root  |──────────────────────────|      pieces, in order of time
 *   a     |──────|                          root, a, root, c, root
 *   b       |──|            overlaps a: nobody waited for b alone
 *   c                 |──────|
 * ```
 *
 * As in Jaeger (ADR "critical path") and CRISP (Uber, USENIX ATC 2022), with one difference: see `isWaitedFor`.
 */
import { SpanFlag, SpanKind, type SpanIndex, type SpanTable, type Trace } from '#shared/trace/table'

/**
 * Pieces of spans, one after the other without overlap, in order of time: had one of them been shorter, the whole would have ended sooner.
 */
export interface CriticalPath {
  readonly length: number
  /** SpanIndex. One span can own several pieces: before, between and after its children. */
  readonly row: Int32Array
  /** Nanoseconds from `Trace.epochNs`. */
  readonly start: Float64Array
  readonly end: Float64Array
  /** The pieces again, ordered by row, then by time: see `piecesOfRow`. */
  readonly byRow: Int32Array
  /** The root whose path this is; -1 for an empty trace. */
  readonly root: SpanIndex
}

/** The path of the longest root. Cost: one walk over the children of the spans on the path, and a sort by end where they are not sorted. */
export function criticalPath(trace: Trace): CriticalPath {
  const { spans } = trace
  const root = longestRoot(spans)
  const pieces = root < 0 ? [] : walkBack(spans, root)
  const length = pieces.length / 3
  const row = new Int32Array(length)
  const start = new Float64Array(length)
  const end = new Float64Array(length)
  for (let piece = 0; piece < length; piece++) {
    const from = pieces.length - 3 * (piece + 1)
    row[piece] = pieces[from]
    start[piece] = pieces[from + 1]
    end[piece] = pieces[from + 2]
  }
  return { length, row, start, end, byRow: orderByRow(row, spans.length), root }
}

/** The pieces of one row: positions `from` to `to` (half open) of `byRow`. Cost: log pieces. */
export function piecesOfRow(
  path: CriticalPath,
  row: SpanIndex,
): { readonly from: number; readonly to: number } {
  return { from: firstPieceAt(path, row), to: firstPieceAt(path, row + 1) }
}

/** Nanoseconds of the critical path that are this row's own. */
export function timeOnPath(path: CriticalPath, row: SpanIndex): number {
  const { from, to } = piecesOfRow(path, row)
  let total = 0
  for (let at = from; at < to; at++) total += path.end[path.byRow[at]] - path.start[path.byRow[at]]
  return total
}

/** The root that took longest, the first of equals; -1 where there is none. */
export function longestRoot(spans: SpanTable): SpanIndex {
  let longest = -1
  for (let row = 0; row < spans.length; row = spans.subtreeEnd[row])
    if (longest < 0 || spans.duration[row] > spans.duration[longest]) longest = row
  return longest
}

/**
 * Clocks of two machines agree to about a millisecond at best: by so much (and a tenth of its own time at most) a span may stick out
 * of its parent, or into what followed it, and still count as inside, or before.
 */
function toleranceOf(duration: number): number {
  return Math.min(1e6, duration / 10)
}

/**
 * Whether the parent waited for the child. Not when it merely follows from it, nor a consumer's work for the producer of its message,
 * nor a child that outlives its parent. (Jaeger cuts such children off at the parent's end instead, which makes fire-and-forget work
 * look as if it had been waited for.) The one that does count, up to the parent's end, is the server's half of a call whose client gave up.
 */
function isWaitedFor(spans: SpanTable, parent: SpanIndex, child: SpanIndex): boolean {
  const { flags, kind, start, duration } = spans
  if (duration[child] === 0 || (flags[child] & SpanFlag.followsFrom) !== 0) return false
  if (kind[parent] === SpanKind.producer && kind[child] === SpanKind.consumer) return false
  const over = start[child] + duration[child] - (start[parent] + duration[parent])
  if (over <= toleranceOf(duration[parent])) return true
  return kind[parent] === SpanKind.client && kind[child] === SpanKind.server
}

/** A span being walked through, from its end to its start. */
interface Visit {
  readonly row: SpanIndex
  /** The part of the span that counts: it is cut to its parent's. */
  readonly low: number
  readonly high: number
  /** The present moment: all after it is settled. */
  time: number
  /** Children that were waited for, by end; `next` is the one to look at, from the last to the first. */
  readonly children: readonly SpanIndex[]
  next: number
}

/** Pieces as (row, start, end) triples, from last to first. The stack is our own: traces can be deeper than JavaScript's. */
function walkBack(spans: SpanTable, root: SpanIndex): number[] {
  const { start, duration } = spans
  const pieces: number[] = []
  const stack = [visit(spans, root, start[root], start[root] + duration[root])]
  while (stack.length > 0) {
    const at = stack[stack.length - 1]
    if (at.next < 0) {
      if (at.time > at.low) pieces.push(at.row, at.low, at.time)
      stack.pop()
      continue
    }
    const child = at.children[at.next--]
    const low = Math.max(start[child], at.low)
    const end = Math.min(start[child] + duration[child], at.high)
    // It was still running when what followed it on the path had begun: beside it, not before it.
    if (end > at.time + toleranceOf(duration[child])) continue
    const high = Math.min(end, at.time)
    if (high <= low) continue
    if (at.time > high) pieces.push(at.row, high, at.time)
    at.time = low
    stack.push(visit(spans, child, low, high))
  }
  return pieces
}

function visit(spans: SpanTable, row: SpanIndex, low: number, high: number): Visit {
  const children: SpanIndex[] = []
  for (let child = row + 1; child < spans.subtreeEnd[row]; child = spans.subtreeEnd[child])
    if (isWaitedFor(spans, row, child)) children.push(child)
  sortByEnd(spans, children)
  return { row, low, high, time: high, children, next: children.length - 1 }
}

/** By end; of those that end together, the one that started first comes last, to be met first. Siblings one after the other are in order already. */
function sortByEnd(spans: SpanTable, rows: SpanIndex[]): void {
  const { start, duration } = spans
  const order = (a: SpanIndex, b: SpanIndex): number =>
    start[a] + duration[a] - (start[b] + duration[b]) || start[b] - start[a]
  for (let index = 1; index < rows.length; index++) {
    if (order(rows[index - 1], rows[index]) > 0) {
      rows.sort(order)
      return
    }
  }
}

function orderByRow(row: Int32Array, rows: number): Int32Array {
  const place = new Int32Array(rows + 1)
  for (const one of row) place[one + 1]++
  for (let at = 0; at < rows; at++) place[at + 1] += place[at]
  const byRow = new Int32Array(row.length)
  for (let piece = 0; piece < row.length; piece++) byRow[place[row[piece]]++] = piece
  return byRow
}

/** The first position of `byRow` whose piece belongs to that row or a later one. */
function firstPieceAt(path: CriticalPath, row: SpanIndex): number {
  let low = 0
  let high = path.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (path.row[path.byRow[middle]] < row) low = middle + 1
    else high = middle
  }
  return low
}

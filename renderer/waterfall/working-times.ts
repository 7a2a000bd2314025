/** When a span was working rather than waiting for a child: the thick parts of its bar. */
import type { SpanIndex, SpanTable } from '#shared/trace/table'

const nothing = new Float64Array(0)

/** Rows kept per table: some screens of them, so that scrolling back and zooming compute nothing again. */
const keptRows = 512

const kept = new WeakMap<SpanTable, Map<SpanIndex, Float64Array>>()

/**
 * The stretches of a span in which none of its direct children ran, as pairs of start and end, in order.
 * One pass over the children, which come in order of start; children that outlive their parent are cut at its end.
 */
export function computeWorkingTimes(spans: SpanTable, row: SpanIndex): Float64Array {
  const start = spans.start[row]
  const end = start + spans.duration[row]
  if (end <= start) return nothing
  if (spans.childCount[row] === 0) return Float64Array.of(start, end)
  const times: number[] = []
  let done = start
  const last = spans.subtreeEnd[row]
  for (let child = row + 1; child < last && done < end; child = spans.subtreeEnd[child]) {
    const childStart = spans.start[child]
    if (childStart > done) times.push(done, Math.min(childStart, end))
    const childEnd = childStart + spans.duration[child]
    if (childEnd > done) done = childEnd
  }
  if (done < end) times.push(done, end)
  return Float64Array.from(times)
}

/** `computeWorkingTimes`, remembered: a row with half a million children is walked once, not once per frame. */
export function workingTimes(spans: SpanTable, row: SpanIndex): Float64Array {
  let rows = kept.get(spans)
  if (!rows) {
    rows = new Map()
    kept.set(spans, rows)
  }
  let times = rows.get(row)
  if (!times) {
    times = computeWorkingTimes(spans, row)
    if (rows.size >= keptRows) {
      const oldest = rows.keys().next()
      if (!oldest.done) rows.delete(oldest.value)
    }
    rows.set(row, times)
  }
  return times
}

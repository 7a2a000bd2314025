/** Parents of spans that are only told by where they lie. */
import type { ArrivedSpans } from '#shared/trace/arrival'

/**
 * Gives each row of these scopes the row as its parent that begins before it, or with it, and has not ended when it begins; `apart`
 * have theirs already. Scopes are threads, so that what overlaps lies one in the other. O(n log n).
 *
 * ```
 *   |--- a ----------------|
 *     |-- b --|   |- c -|          b and c in a, d in b
 *       |d|
 * ```
 */
export function nestSpans(
  spans: ArrivedSpans,
  scopes: ReadonlySet<number>,
  apart: ReadonlySet<number>,
): void {
  if (scopes.size === 0) return
  const rows: number[] = []
  for (let row = 0; row < spans.length; row++)
    if (scopes.has(spans.scope[row]) && !apart.has(row)) rows.push(row)
  // Within a thread by start, and of those that begin together the longest first; one that never ended is longest.
  rows.sort(
    (a, b) =>
      spans.scope[a] - spans.scope[b] ||
      spans.startSeconds[a] - spans.startSeconds[b] ||
      spans.startNanos[a] - spans.startNanos[b] ||
      length(spans, b) - length(spans, a) ||
      a - b,
  )
  let open: number[] = []
  let scope = -1
  for (const row of rows) {
    if (spans.scope[row] !== scope) open = []
    scope = spans.scope[row]
    while (open.length > 0 && endsBefore(spans, open[open.length - 1], row)) open.pop()
    const parent = open.at(-1)
    if (parent !== undefined) {
      spans.parentHigh[row] = spans.idHigh[parent]
      spans.parentLow[row] = spans.idLow[parent]
    }
    open.push(row)
  }
}

/** A duration that takes part in comparisons. */
function length(spans: ArrivedSpans, row: number): number {
  const duration = spans.duration[row]
  return Number.isNaN(duration) ? Number.MAX_VALUE : duration
}

/** Whether `row` begins when `open` is over; at the same moment it counts as over, unless both took no time. */
function endsBefore(spans: ArrivedSpans, open: number, row: number): boolean {
  const offset =
    (spans.startSeconds[row] - spans.startSeconds[open]) * 1e9 +
    (spans.startNanos[row] - spans.startNanos[open])
  return offset > 0 ? offset >= length(spans, open) : length(spans, open) === 0 && length(spans, row) > 0
}

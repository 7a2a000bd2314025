/** The rows a reader sees: not inside a folded one, and, when only matches are wanted, a match or above one. */
import { foldedRows, type Folding } from '#shared/derive/folding'
import type { SpanIndex, SpanTable, Trace } from '#shared/trace/table'

/**
 * Rows shown, in order. With a `mask` (one byte per row, 1 = match) only matches and their ancestors, in so far as nothing above them is
 * folded: while a filter is on, pass a folding of its own (start from `allOpen`), and the reader's own comes back with the filter's end.
 * Cost: two walks over the spans, 10 ms for a million.
 */
export function visibleRows(trace: Trace, folding: Folding, mask?: Uint8Array): Int32Array {
  const { spans } = trace
  const folded =
    folding.base === 'open' && folding.toggled.length === 0 ? undefined : foldedRows(spans, folding)
  return shownRows(spans, folded, mask === undefined ? undefined : withAncestors(spans, mask))
}

/** The walk behind `visibleRows`: skips the inside of folded rows, and whole subtrees without a kept row. */
export function shownRows(
  spans: SpanTable,
  folded: Uint8Array | undefined,
  kept: Uint8Array | undefined,
): Int32Array {
  const { length, subtreeEnd } = spans
  const rows = new Int32Array(length)
  let count = 0
  if (folded === undefined && kept === undefined) {
    for (let row = 0; row < length; row++) rows[row] = row
    return rows
  }
  for (let row = 0; row < length;) {
    const keep = kept === undefined || kept[row] === 1
    if (keep) rows[count++] = row
    row = keep && (folded === undefined || folded[row] === 0) ? row + 1 : subtreeEnd[row]
  }
  return rows.slice(0, count)
}

/** The mask with every ancestor of a match added. Cost: one walk. */
export function withAncestors(spans: SpanTable, mask: Uint8Array): Uint8Array {
  const kept = mask.slice()
  const { parent } = spans
  // Parents stand before children: going up the rows, every parent is met after all it stands above.
  for (let row = spans.length - 1; row >= 0; row--) {
    if (kept[row] === 1 && parent[row] >= 0) kept[parent[row]] = 1
  }
  return kept
}

/** Where a row stands among the rows shown; -1 if it is not shown. Cost: log rows. */
export function positionOfRow(rows: Int32Array, row: SpanIndex): number {
  let low = 0
  let high = rows.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (rows[middle] === row) return middle
    if (rows[middle] < row) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** The nearest ancestor that is shown, or the row itself; -1 if none is. For a selection inside a folded row. */
export function shownAncestor(spans: SpanTable, rows: Int32Array, row: SpanIndex): SpanIndex {
  let at = row
  while (at >= 0 && positionOfRow(rows, at) < 0) at = spans.parent[at]
  return at
}

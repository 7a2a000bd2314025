/** Walks from match to match and from error to error through all rows, folded or not; open the way with `openAncestors`. */
import { SpanFlag, type SpanIndex, type SpanTable } from '#shared/trace/table'

/** The next match after `from` (-1 to begin), going round at the end; -1 if nothing matches. Cost: one native scan. */
export function nextMatch(mask: Uint8Array, from: SpanIndex): SpanIndex {
  const after = mask.indexOf(1, from + 1)
  return after >= 0 ? after : mask.indexOf(1)
}

/** The match before `from`, going round at the start; -1 if nothing matches. */
export function previousMatch(mask: Uint8Array, from: SpanIndex): SpanIndex {
  const before = from > 0 ? mask.lastIndexOf(1, from - 1) : -1
  return before >= 0 ? before : mask.lastIndexOf(1)
}

/** How many matches stand before `row`: 0 for the first. For `3 of 14`. */
export function matchesBefore(mask: Uint8Array, row: SpanIndex): number {
  let count = 0
  for (let at = 0; at < row; at++) count += mask[at]
  return count
}

/**
 * The next failed span after `from` (-1 to begin), going round; -1 if none failed. `left`: one byte per row, 1 = counts; undefined for
 * all. Cost: rows passed.
 */
export function nextError(spans: SpanTable, from: SpanIndex, left?: Uint8Array): SpanIndex {
  return stepToError(spans, from, 1, left)
}

/** The failed span before `from`, going round; -1 if none failed. */
export function previousError(spans: SpanTable, from: SpanIndex, left?: Uint8Array): SpanIndex {
  return stepToError(spans, from < 0 ? 0 : from, -1, left)
}

function stepToError(
  spans: SpanTable,
  from: SpanIndex,
  step: 1 | -1,
  left: Uint8Array | undefined,
): SpanIndex {
  const { flags, length } = spans
  let row = from
  for (let tried = 0; tried < length; tried++) {
    row += step
    if (row >= length) row = 0
    else if (row < 0) row = length - 1
    if ((flags[row] & SpanFlag.error) !== 0 && left?.[row] !== 0) return row
  }
  return -1
}

/** Where a trace first went wrong: the failed span below which nothing failed, and how far up its failure reached. */
import { SpanFlag, type SpanIndex, type SpanTable } from '#shared/trace/table'

export interface Failure {
  /** The failed span that has no failed descendant. */
  readonly row: SpanIndex
  /** The uppermost failed span in an unbroken line above it; `row` itself where its parent did not fail. */
  readonly top: SpanIndex
  /** Failures that ended before this one, but did not reach as far up. */
  readonly othersBefore: number
}

/** Of the failures that reached furthest up, the one that ended first; undefined where nothing failed. Cost: two walks. */
export function firstFailure(spans: SpanTable): Failure | undefined {
  const { length, parent, depth, flags } = spans
  const top = new Int32Array(length).fill(-1)
  for (let row = 0; row < length; row++) {
    if ((flags[row] & SpanFlag.error) === 0) continue
    const above = parent[row]
    top[row] = above >= 0 && top[above] >= 0 ? top[above] : row
  }
  const failedBelow = new Uint8Array(length)
  let first = -1
  for (let row = length - 1; row >= 0; row--) {
    const failed = top[row] >= 0
    if ((failed || failedBelow[row] === 1) && parent[row] >= 0) failedBelow[parent[row]] = 1
    if (!failed || failedBelow[row] === 1) continue
    const higher = first < 0 ? -1 : depth[top[row]] - depth[top[first]]
    if (higher < 0 || (higher === 0 && endOf(spans, row) <= endOf(spans, first))) first = row
  }
  if (first < 0) return undefined
  let othersBefore = 0
  for (let row = 0; row < length; row++)
    if (top[row] >= 0 && failedBelow[row] === 0 && endOf(spans, row) < endOf(spans, first)) othersBefore++
  return { row: first, top: top[first], othersBefore }
}

function endOf(spans: SpanTable, row: SpanIndex): number {
  return spans.start[row] + spans.duration[row]
}

/**
 * A flame graph as columns: boxes in lanes, by lane, and within a lane from left to right without overlap, so that what is in view is found by halving.
 * Made in the worker (flame-lanes.ts in order of time, flame-merge.ts merged), drawn by the page (flame-view.ts).
 */
import type { TextList } from '#shared/base/text-list'
import type { SpanTable } from '#shared/trace/table'

/** How spans are laid out: each at its time, or those with the same callers put together. */
export type FlameArrangement =
  | { readonly kind: 'time' }
  /** `by` is an attribute key; empty for service and operation. */
  | { readonly kind: 'merged'; readonly by: string }

/** Which spans are drawn. */
export interface InView {
  /** One byte per row, 1 = in view; undefined for all. */
  readonly included: Uint8Array | undefined
  /** Also draws what called those in view; otherwise what they called moves up to the nearest caller in view. */
  readonly keepsCallers: boolean
}

/** A box of the graph. */
export type BoxIndex = number & { readonly _index?: 'box' }

export interface Flame {
  readonly length: number
  readonly laneCount: number
  /** laneCount + 1 entries: the boxes of lane l are `laneStart[l] .. laneStart[l + 1]`. */
  readonly laneStart: Int32Array
  /** Per box. A box stands in a lower lane (a higher number) than the one that holds it. */
  readonly lane: Int32Array
  /** Nanoseconds: from the epoch of the trace in order of time; otherwise from the left edge. */
  readonly from: Float64Array
  readonly to: Float64Array
  /** The box of the caller; -1 for none. */
  readonly parent: Int32Array
  /** SpanIndex: the span of the box; where several are merged, the one that took longest. */
  readonly row: Int32Array
  /** Per row of the trace: its box; -1 for rows that are not in view. */
  readonly boxOfRow: Int32Array
  /** Where the graph ends at the right, nanoseconds. */
  readonly extentNs: number
  /** Undefined in order of time. */
  readonly merged: MergedColumns | undefined
}

/** What the spans of each box come to. A box with count 0 is there for what it holds: its own spans are out of view. */
export interface MergedColumns {
  /** Time in which no child was running, nanoseconds. The width of a box is this and that of all boxes in it. */
  readonly self: Float64Array
  /** Durations added up, nanoseconds. */
  readonly duration: Float64Array
  readonly count: Int32Array
  readonly errors: Int32Array
  /** Index into `values`; -1 where the attribute is not set. Undefined when merged by service and operation. */
  readonly value: Int32Array | undefined
  readonly values: TextList | undefined
}

/** Boxes put by lane, keeping their order within each: `laneStart`, and which item each box is. Cost: two walks. */
export function byLane(
  lanes: Int32Array,
  laneCount: number,
): { readonly laneStart: Int32Array; readonly order: Int32Array } {
  const laneStart = new Int32Array(laneCount + 1)
  for (const lane of lanes) if (lane >= 0) laneStart[lane + 1]++
  for (let lane = 0; lane < laneCount; lane++) laneStart[lane + 1] += laneStart[lane]
  const next = laneStart.slice()
  const order = new Int32Array(laneStart[laneCount])
  for (let item = 0; item < lanes.length; item++) if (lanes[item] >= 0) order[next[lanes[item]]++] = item
  return { laneStart, order }
}

/** The mask with all that called what is in it. Cost: one walk. */
export function withCallers({ parent }: SpanTable, mask: Uint8Array): Uint8Array {
  const kept = mask.slice()
  // Parents stand before children: going up the rows, every parent is met after all it stands above.
  for (let row = kept.length - 1; row >= 0; row--)
    if (kept[row] === 1 && parent[row] >= 0) kept[parent[row]] = 1
  return kept
}

/** The critical path: at each moment, the span the trace was waiting for. */
import type { SpanIndex, Trace } from '#shared/trace/table'

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

export function criticalPath(trace: Trace): CriticalPath {
  void trace
  throw new Error('not yet')
}

/** The pieces of one row: positions `from` to `to` (half open) of `byRow`. Cost: log pieces. */
export function piecesOfRow(
  path: CriticalPath,
  row: SpanIndex,
): { readonly from: number; readonly to: number } {
  void path
  void row
  throw new Error('not yet')
}

/** Nanoseconds of the critical path that are this row's own. */
export function timeOnPath(path: CriticalPath, row: SpanIndex): number {
  void path
  void row
  throw new Error('not yet')
}

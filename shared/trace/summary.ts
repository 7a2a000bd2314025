/** What a list of traces is drawn, sorted and cut by. */
import type { TraceSummary } from '#shared/trace/table'

/** Start of a trace, milliseconds since 1970; microseconds survive in the fraction. */
export const startMsOf = (summary: TraceSummary): number => Number(BigInt(summary.startNs) / 1_000n) / 1_000

/** Whether the trace is known to have failed. */
export const hasFailed = (summary: TraceSummary): boolean =>
  summary.failed === true || (summary.errorCount ?? 0) > 0

/** Columns a list of traces can be sorted by. */
export const traceSortColumns = [
  'name',
  'start',
  'duration',
  'spans',
  'errors',
  'services',
  'source',
] as const
export type TraceSortColumn = (typeof traceSortColumns)[number]

/** The order of a list of traces. */
export interface TraceSort {
  readonly column: TraceSortColumn
  readonly descending: boolean
}

/** The order a list begins with. */
export const newestFirst: TraceSort = { column: 'start', descending: true }
/** The other order one asks for. */
export const slowestFirst: TraceSort = { column: 'duration', descending: true }

/** A part of the plane of start and duration: milliseconds since 1970, and nanoseconds; all four ends belong to it. */
export interface TraceRegion {
  readonly fromMs: number
  readonly toMs: number
  readonly minNs: number
  readonly maxNs: number
}

/** Whether a trace lies in a region. */
export function isInRegion(summary: TraceSummary, region: TraceRegion): boolean {
  const startMs = startMsOf(summary)
  return (
    startMs >= region.fromMs &&
    startMs <= region.toMs &&
    summary.durationNs >= region.minNs &&
    summary.durationNs <= region.maxNs
  )
}

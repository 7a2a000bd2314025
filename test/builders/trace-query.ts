import type { TraceQuery } from '#shared/api/contract'

/** What the search page asks when nothing is filled in, with changes. */
export function traceQuery(startMs: number, endMs: number, changes: Partial<TraceQuery> = {}): TraceQuery {
  return {
    service: '',
    operation: '',
    tags: [],
    minDurationNs: undefined,
    maxDurationNs: undefined,
    errorsOnly: false,
    startMs,
    endMs,
    limit: 20,
    traceql: '',
    ...changes,
  }
}

import { noConditions, type TraceQuery } from '#shared/api/contract'

/** What the search page asks when nothing is filled in, with changes. */
export function traceQuery(startMs: number, endMs: number, changes: Partial<TraceQuery> = {}): TraceQuery {
  return {
    ...noConditions,
    startMs,
    endMs,
    limit: 20,
    traceql: '',
    ...changes,
  }
}

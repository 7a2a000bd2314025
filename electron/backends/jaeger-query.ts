/** What Jaeger is asked, in the words of each of its APIs. */
import type { TraceQuery } from '#shared/api/contract'
import { jaegerConditions, jaegerTags } from '#shared/api/search-text'
import type { SpanKindName } from '#shared/trace/table'
import type { TraceRequest } from './backend.ts'
import type { Params } from './http.ts'

/** Said where traces were asked for without regard to errors, which the page's worker then looks for. */
export function errorTagNote(name: string): string {
  return `${name} found none by the tag error=true; those with errors among the traces it gave are shown.`
}

/** Said where traces were asked for without regard to kind, and the page's worker picks out those that are meant. */
export function kindTagNote(name: string, kind: SpanKindName): string {
  return `${name} found none by the tag span.kind=${kind}; those with such a span among the traces it gave are shown.`
}

/** Said where the server may pass over the tags it was sent. */
export function tagsIgnored(query: TraceQuery, name: string): readonly string[] {
  return jaegerTags(query) === undefined
    ? []
    : [`${name} may be too old to search by tags or errors this way: look whether these traces have them.`]
}

/** A moment as v3 reads it. */
export const rfc3339 = (ms: number): string => new Date(ms).toISOString()

/** A search of v1: microseconds. */
export function v1Query(query: TraceQuery): Params {
  const { service, operation, ...others } = jaegerConditions(query)
  return {
    service,
    operation,
    start: Math.floor(query.startMs * 1000),
    end: Math.ceil(query.endMs * 1000),
    limit: query.limit,
    ...others,
  }
}

/** A search of v3 and of its summaries: RFC 3339, both times required. */
export function v3Query(query: TraceQuery): Params {
  const { service, operation, minDuration, maxDuration, tags } = jaegerConditions(query)
  return {
    'query.serviceName': service,
    'query.operationName': operation,
    'query.startTimeMin': rfc3339(query.startMs),
    'query.startTimeMax': rfc3339(query.endMs),
    'query.searchDepth': query.limit,
    'query.durationMin': minDuration,
    'query.durationMax': maxDuration,
    'query.attributes': tags,
  }
}

/** Servers without summaries are of the time when v3 knew only snake case. */
export function v3OldQuery(query: TraceQuery): Params {
  return Object.fromEntries(
    Object.entries(v3Query(query)).map(([key, value]) => [
      key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  )
}

/** Both spellings: each version reads its own and passes over the other. */
export function v3TraceParams({ window, raw }: TraceRequest): Params {
  const start = window === undefined ? undefined : rfc3339(window.startMs)
  const end = window === undefined ? undefined : rfc3339(window.endMs)
  const rawTraces = raw ? true : undefined
  return {
    startTime: start,
    start_time: start,
    endTime: end,
    end_time: end,
    rawTraces,
    raw_traces: rawTraces,
  }
}

/** A trace of v1. */
export function v1TraceParams({ window, raw }: TraceRequest): Params {
  return {
    start: window === undefined ? undefined : Math.floor(window.startMs * 1000),
    end: window === undefined ? undefined : Math.ceil(window.endMs * 1000),
    raw: raw ? true : undefined,
  }
}

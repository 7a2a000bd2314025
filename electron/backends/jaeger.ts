/**
 * Jaeger's query service, in the three generations met in the field: v1 JSON only, v1 beside v3 (OTLP JSON), and v3 with trace
 * summaries and without v1's lists. A route that is missing answers with 404, or with the UI's page and 200.
 */
import * as z from 'zod/mini'
import type { Dependency, SearchAnswer, TraceQuery } from '#shared/api/contract'
import { noTraceError } from './answer-error.ts'
import type { Backend, Findings, SearchResult, TimeWindow, TraceAnswer, TraceRequest } from './backend.ts'
import { holdsNoSpans } from './empty-trace.ts'
import { createGenerations, isAbsentRoute } from './generations.ts'
import type { Params, SourceClient, StreamedAnswer } from './http.ts'
import { count, namesOf, nanoseconds, seenOf, texts } from './shapes.ts'
import { SourceError } from './source-error.ts'
import { spellingNote, spellings } from './trace-ids.ts'

const v3Services = z.object({ services: texts })
const v1Services = z.object({ data: texts })
const named = z.pipe(
  z.nullish(z.array(z.object({ name: z.string() }))),
  z.transform((list) => (list ?? []).map(({ name }) => name)),
)
const v3Operations = z.object({ operations: named })
const v1Operations = z.object({ data: named })
const v1Dependencies = z.object({
  data: z.nullish(z.array(z.object({ parent: z.string(), child: z.string(), callCount: count }))),
})

const summaries = z.object({
  summaries: z.nullish(
    z.array(
      z.object({
        traceId: z.optional(z.string()),
        // Some builds wrote it so.
        traceID: z.optional(z.string()),
        rootServiceName: z.optional(z.string()),
        rootOperationName: z.optional(z.string()),
        minStartTimeUnixNano: nanoseconds,
        maxEndTimeUnixNano: nanoseconds,
        spanCount: count,
        errorSpanCount: count,
        services: z.nullish(z.array(z.object({ name: z.string(), spanCount: count }))),
      }),
    ),
  ),
})

interface ServiceList {
  readonly list: readonly string[]
  readonly api: 'v3' | 'v1'
}

/** A Jaeger. */
export function createJaeger(client: SourceClient): Backend {
  const routes = createGenerations(isAbsentRoute)
  const { name } = client.target

  const services = (signal: AbortSignal): Promise<ServiceList> =>
    routes.first<ServiceList>({
      v3: async () => ({
        list: (await client.json('/api/v3/services', v3Services, { signal })).services,
        api: 'v3',
      }),
      v1: async () => ({
        list: (await client.json('/api/services', v1Services, { signal })).data,
        api: 'v1',
      }),
    })

  const operations = (service: string, signal: AbortSignal): Promise<readonly string[]> => {
    const ask = { signal, params: { service } }
    return routes.first({
      v3: async () => (await client.json('/api/v3/operations', v3Operations, ask)).operations,
      v1: async () => (await client.json('/api/operations', v1Operations, ask)).data,
      // Before 1.9 operations had no span kind, and were listed here.
      oldest: async () =>
        (await client.json(`/api/services/${encodeURIComponent(service)}/operations`, v1Services, { signal }))
          .data,
    })
  }

  const search = (query: TraceQuery, signal: AbortSignal): Promise<SearchResult> =>
    routes.first<SearchResult>({
      summaries: async () => {
        const answer = await client.json('/api/v3/trace-summaries', summaries, {
          signal,
          params: v3Query(query),
        })
        return { kind: 'summaries', answer: readSummaries(answer, query.limit) }
      },
      // Before v2.19 v3 ignores tags, so v1 comes first.
      v1: async () => wholeTraces(await client.stream('/api/traces', { signal, params: v1Query(query) }), []),
      v3: async () => {
        try {
          const stream = await client.stream('/api/v3/traces', { signal, params: v3OldQuery(query) })
          return wholeTraces(stream, tagsIgnored(query, name))
        } catch (thrown) {
          // An empty search is a 404 here.
          if (thrown instanceof SourceError && /no traces? found/i.test(thrown.error.detail ?? ''))
            return nothing
          throw thrown
        }
      },
    })

  async function oneTrace(
    spelling: string,
    request: TraceRequest,
    signal: AbortSignal,
  ): Promise<StreamedAnswer> {
    const id = encodeURIComponent(spelling)
    return routes.first({
      v3: () => client.stream(`/api/v3/traces/${id}`, { signal, params: v3TraceParams(request) }),
      v1: () => client.stream(`/api/traces/${id}`, { signal, params: v1TraceParams(request) }),
    })
  }

  async function trace(request: TraceRequest, signal: AbortSignal): Promise<TraceAnswer> {
    // Without a time range first: with one, a trace that outlasts it may come back in part without a word.
    const windows = request.window === undefined ? [undefined] : [undefined, request.window]
    let detail: string | undefined
    for (const window of windows) {
      for (const spelling of spellings(request.traceId)) {
        try {
          const answer = await oneTrace(spelling, { ...request, window }, signal)
          if (!holdsNoSpans(answer)) {
            return { ...answer, notes: spelling === request.traceId ? [] : [spellingNote(name, spelling)] }
          }
          await answer.body.cancel()
        } catch (thrown) {
          if (!(thrown instanceof SourceError) || !isTraceMissing(thrown)) throw thrown
          detail = thrown.error.detail
        }
      }
    }
    throw noTraceError(client.target, request.traceId, detail)
  }

  async function dependencies(
    { startMs, endMs }: TimeWindow,
    signal: AbortSignal,
  ): Promise<readonly Dependency[]> {
    const params = { endTs: Math.ceil(endMs), lookback: Math.ceil(endMs - startMs) }
    const { data } = await client.json('/api/dependencies', v1Dependencies, { signal, params })
    return (data ?? []).map(({ parent, child, callCount }) => ({
      parent,
      child,
      callCount,
      errorCount: undefined,
    }))
  }

  return {
    probe: (signal) => probeJaeger(client, () => services(signal), signal),
    traces: {
      services: async (_, signal) => namesOf((await services(signal)).list),
      operations: async (service, _, signal) =>
        service === '' ? [] : namesOf(await operations(service, signal)),
      search,
      trace,
      dependencies,
    },
  }
}

const nothing: SearchResult = { kind: 'summaries', answer: { traces: [], limitReached: false, notes: [] } }

function wholeTraces(stream: StreamedAnswer, notes: readonly string[]): SearchResult {
  return { kind: 'traces', stream, notes }
}

function isTraceMissing({ error }: SourceError): boolean {
  return error.status === 404 && /trace/i.test(error.detail ?? '')
}

function tagsOf(query: TraceQuery): Record<string, string> | undefined {
  const tags = Object.fromEntries(query.tags.map(({ key, value }) => [key, value]))
  if (query.errorsOnly) tags['error'] = 'true'
  return Object.keys(tags).length === 0 ? undefined : tags
}

function tagsIgnored(query: TraceQuery, name: string): readonly string[] {
  return tagsOf(query) === undefined
    ? []
    : [`${name} may be too old to search by tags or errors this way: look whether these traces have them.`]
}

const goDuration = (ns: number | undefined): string | undefined =>
  ns === undefined ? undefined : `${Math.round(ns)}ns`
const rfc3339 = (ms: number): string => new Date(ms).toISOString()
const text = (value: string): string | undefined => (value === '' ? undefined : value)

function v1Query(query: TraceQuery): Params {
  const tags = tagsOf(query)
  return {
    service: query.service,
    operation: text(query.operation),
    start: Math.floor(query.startMs * 1000),
    end: Math.ceil(query.endMs * 1000),
    limit: query.limit,
    minDuration: goDuration(query.minDurationNs),
    maxDuration: goDuration(query.maxDurationNs),
    tags: tags === undefined ? undefined : JSON.stringify(tags),
  }
}

function v3Query(query: TraceQuery): Params {
  const tags = tagsOf(query)
  return {
    'query.serviceName': text(query.service),
    'query.operationName': text(query.operation),
    'query.startTimeMin': rfc3339(query.startMs),
    'query.startTimeMax': rfc3339(query.endMs),
    'query.searchDepth': query.limit,
    'query.durationMin': goDuration(query.minDurationNs),
    'query.durationMax': goDuration(query.maxDurationNs),
    'query.attributes': tags === undefined ? undefined : JSON.stringify(tags),
  }
}

/** Servers without summaries are of the time when v3 knew only snake case. */
function v3OldQuery(query: TraceQuery): Params {
  return Object.fromEntries(
    Object.entries(v3Query(query)).map(([key, value]) => [
      key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  )
}

/** Both spellings: each version reads its own and passes over the other. */
function v3TraceParams({ window, raw }: TraceRequest): Params {
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

function v1TraceParams({ window, raw }: TraceRequest): Params {
  return {
    start: window === undefined ? undefined : Math.floor(window.startMs * 1000),
    end: window === undefined ? undefined : Math.ceil(window.endMs * 1000),
    raw: raw ? true : undefined,
  }
}

function readSummaries(answer: z.output<typeof summaries>, limit: number): SearchAnswer {
  const list = answer.summaries ?? []
  return {
    traces: list.flatMap((summary) => {
      const traceId = summary.traceId ?? summary.traceID
      if (traceId === undefined || !/^[0-9a-f]{1,32}$/i.test(traceId)) return []
      const { minStartTimeUnixNano, maxEndTimeUnixNano, errorSpanCount } = summary
      return {
        traceId: traceId.toLowerCase().padStart(32, '0'),
        rootService: summary.rootServiceName ?? '',
        rootName: summary.rootOperationName ?? '',
        startNs: minStartTimeUnixNano,
        durationNs: Math.max(0, Number(BigInt(maxEndTimeUnixNano) - BigInt(minStartTimeUnixNano))),
        spanCount: summary.spanCount,
        errorCount: errorSpanCount,
        failed: errorSpanCount > 0,
        services: (summary.services ?? []).toSorted((a, b) => b.spanCount - a.spanCount),
        matched: undefined,
      }
    }),
    limitReached: list.length >= limit,
    notes: [],
  }
}

/** There is no version endpoint: the UI's page has it, and a Jaeger without a UI keeps it to itself. */
const versionPattern = /JAEGER_VERSION\s*=\s*\{[^}]*"gitVersion":\s*"v?([^"]+)"/

async function probeJaeger(
  client: SourceClient,
  services: () => Promise<ServiceList>,
  signal: AbortSignal,
): Promise<Findings> {
  const { list, api } = await services()
  const isThere = (path: string, params: Params): Promise<boolean> =>
    client.text(path, { signal, params }).then(
      (body) => !body.trimStart().startsWith('<'),
      // A refusal (no service was named) comes from a route that is there.
      (thrown: unknown) =>
        thrown instanceof SourceError && !isAbsentRoute(thrown) && thrown.error.status === 400,
    )
  const nowMs = Date.now()
  const [page, hasV1, hasSummaries] = await Promise.all([
    client.text('/', { signal }).catch(() => ''),
    api === 'v1' ? true : isThere('/api/services', {}),
    api === 'v1'
      ? false
      : isThere('/api/v3/trace-summaries', {
          'query.startTimeMin': rfc3339(nowMs - 1),
          'query.startTimeMax': rfc3339(nowMs),
          'query.searchDepth': 1,
        }),
  ])
  const v3 = hasSummaries ? 'v3 (OTLP, with summaries)' : 'v3 (OTLP)'
  return {
    product: 'Jaeger',
    version: versionPattern.exec(page)?.[1],
    api: api === 'v1' ? 'v1' : hasV1 ? `${v3} and v1` : v3,
    seen: seenOf('services', list),
    notes: list.length === 0 ? ['It answers, and has seen no service yet.'] : [],
  }
}

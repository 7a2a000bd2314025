/**
 * Jaeger's query service, in the three generations met in the field: v1 JSON only, v1 beside v3 (OTLP JSON), and v3 with trace
 * summaries and without v1's lists. A route that is missing answers with 404, or with the UI's page and 200.
 */
import * as z from 'zod/mini'
import type { DependencyAnswer, TraceQuery } from '#shared/api/contract'
import { kindAsked, withoutKind } from '#shared/api/kind-tag'
import { noTraceError } from './answer-error.ts'
import type { Backend, SearchResult, TimeWindow, TraceAnswer, TraceRequest } from './backend.ts'
import { holdsNoSpans } from './empty-trace.ts'
import { createGenerations, isAbsentRoute } from './generations.ts'
import type { SourceClient, StreamedAnswer } from './http.ts'
import { probeJaeger } from './jaeger-probe.ts'
import {
  errorTagNote,
  kindTagNote,
  tagsIgnored,
  v1Query,
  v1TraceParams,
  v3OldQuery,
  v3Query,
  v3TraceParams,
} from './jaeger-query.ts'
import { readSummaries, summariesShape } from './jaeger-summaries.ts'
import { namesOf, texts } from './shapes.ts'
import { SourceError } from './source-error.ts'
import { readToldCalls } from './told-calls.ts'
import { spellingNote, spellings, VainRequests } from './trace-ids.ts'

const v3Services = z.object({ services: texts })
const v1Services = z.object({ data: texts })
const named = z.pipe(
  z.nullish(z.array(z.object({ name: z.string() }))),
  z.transform((list) => (list ?? []).map(({ name }) => name)),
)
const v3Operations = z.object({ operations: named })
const v1Operations = z.object({ data: named })
const v1Dependencies = z.object({
  data: z.nullish(z.array(z.unknown())),
})

/** A Jaeger. */
export function createJaeger(client: SourceClient): Backend {
  const routes = createGenerations(isAbsentRoute)
  const { name } = client.target

  const services = (signal: AbortSignal): Promise<readonly string[]> =>
    routes.first({
      v3: async () => (await client.json('/api/v3/services', v3Services, { signal })).services,
      v1: async () => (await client.json('/api/services', v1Services, { signal })).data,
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

  const searchOnce = (query: TraceQuery, signal: AbortSignal): Promise<SearchResult> => {
    const summaries = async (): Promise<SearchResult> => {
      const answer = await client.json('/api/v3/trace-summaries', summariesShape, {
        signal,
        params: v3Query(query),
      })
      return { kind: 'summaries', answer: readSummaries(answer, query.limit) }
    }
    return routes.first<SearchResult>({
      // They say nothing of single spans.
      ...(query.spanKind === undefined ? { summaries } : {}),
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
  }

  /**
   * Some stores set the tag for errors on every span that has one, others only where the program did; that of its kind is none in the
   * memory of Jaeger 2: a tag that finds none proves nothing.
   */
  async function search(query: TraceQuery, signal: AbortSignal): Promise<SearchResult> {
    const kind = kindAsked(query.tags)
    const ofAnyResult = { errorsOnly: false }
    // Summaries say nothing of kinds: whole traces are asked for.
    const ofAnyKind = { tags: withoutKind(query.tags), spanKind: kind }
    const notes = {
      error: query.errorsOnly ? [errorTagNote(name)] : [],
      kind: kind === undefined ? [] : [kindTagNote(name, kind)],
    }
    const ways = [
      { change: {}, notes: [] },
      ...notes.error.map((note) => ({ change: ofAnyResult, notes: [note] })),
      ...notes.kind.map((note) => ({ change: ofAnyKind, notes: [note] })),
      ...notes.kind.flatMap((one) =>
        notes.error.map((other) => ({ change: { ...ofAnyKind, ...ofAnyResult }, notes: [one, other] })),
      ),
    ]
    let result = nothing
    for (const way of ways) {
      if (result.kind === 'traces') await result.stream.body.cancel()
      result = await searchOnce({ ...query, ...way.change }, signal)
      if (!holdsNoTraces(result)) return way.notes.reduce(withNote, result)
    }
    return result
  }

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
    const vain = new VainRequests(request.traceId)
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
        vain.add(spelling, window !== undefined)
      }
    }
    throw noTraceError(client.target, request.traceId, vain.list, detail)
  }

  async function callsWithin({ startMs, endMs }: TimeWindow, signal: AbortSignal): Promise<DependencyAnswer> {
    const params = { endTs: Math.ceil(endMs), lookback: Math.ceil(endMs - startMs) }
    const { data } = await client.json('/api/dependencies', v1Dependencies, { signal, params })
    return readToldCalls(data ?? [])
  }

  /** Where a job counts the calls of each day, they are stamped with its beginning, and no other part of the day has any. */
  async function dependencies(window: TimeWindow, signal: AbortSignal): Promise<DependencyAnswer> {
    const answer = await callsWithin(window, signal)
    const day = dayOf(window)
    if (answer.calls.length > 0 || day === undefined) return answer
    const beginsMs = day.startMs - stampMs
    const [stamped, all] = await Promise.all([
      callsWithin({ startMs: beginsMs, endMs: day.startMs + stampMs }, signal),
      callsWithin({ startMs: beginsMs, endMs: day.endMs - 2 * stampMs }, signal),
    ])
    // What is counted when it is asked for has calls at other times too, or none.
    if (stamped.calls.length === 0 || callsIn(stamped) !== callsIn(all)) return answer
    const date = new Date(day.startMs).toISOString().slice(0, 10)
    return {
      ...stamped,
      window: day,
      notes: [...stamped.notes, `${name} counts calls once a day: these are all of ${date} (UTC).`],
    }
  }

  return {
    probe: (signal) => probeJaeger(client, signal),
    traces: {
      services: async (_, signal) => namesOf(await services(signal)),
      operations: async (service, _, signal) =>
        service === '' ? [] : namesOf(await operations(service, signal)),
      search,
      trace,
      dependencies,
    },
  }
}

const dayMs = 86_400_000
/** Servers differ in whether an end of a window belongs to it. */
const stampMs = 1_000

/** The day of UTC that a window lies within; undefined for one that reaches over its end. */
function dayOf({ startMs, endMs }: TimeWindow): TimeWindow | undefined {
  const begins = Math.floor(startMs / dayMs) * dayMs
  return endMs <= begins + dayMs ? { startMs: begins, endMs: begins + dayMs } : undefined
}

const callsIn = ({ calls }: DependencyAnswer): number =>
  calls.reduce((sum, { callCount }) => sum + callCount, 0)

const nothing: SearchResult = { kind: 'summaries', answer: { traces: [], limitReached: false, notes: [] } }

function wholeTraces(stream: StreamedAnswer, notes: readonly string[]): SearchResult {
  return { kind: 'traces', stream, notes }
}

function holdsNoTraces(result: SearchResult): boolean {
  return result.kind === 'summaries' ? result.answer.traces.length === 0 : holdsNoSpans(result.stream)
}

function withNote(result: SearchResult, note: string): SearchResult {
  return result.kind === 'traces'
    ? { ...result, notes: [...result.notes, note] }
    : { ...result, answer: { ...result.answer, notes: [...result.answer.notes, note] } }
}

function isTraceMissing({ error }: SourceError): boolean {
  return error.status === 404 && /trace/i.test(error.detail ?? '')
}

/**
 * Tempo's HTTP API: search by TraceQL, tags and their values (v2, or v1 before 2.4), traces (v2 from 2.7, else v1) as protobuf,
 * which is a third to a fifth of the JSON. Times are whole seconds, and without them Tempo looks at recent data only.
 */
import * as z from 'zod/mini'
import { mostSpansEach, type TraceQuery } from '#shared/api/contract'
import { traceqlOf } from '#shared/api/traceql'
import { noTraceError } from './answer-error.ts'
import type {
  Backend,
  SearchResult,
  TagScope,
  TagValue,
  TimeWindow,
  TraceAnswer,
  TraceRequest,
} from './backend.ts'
import { withoutSecretsOf } from './blot.ts'
import { holdsNoSpans } from './empty-trace.ts'
import { createGenerations, isAbsentRoute } from './generations.ts'
import type { SourceClient, StreamedAnswer } from './http.ts'
import { namesOf, texts } from './shapes.ts'
import { failure, SourceError } from './source-error.ts'
import { probeTempo } from './tempo-probe.ts'
import { readTempoSearch, tempoSearchShape } from './tempo-search.ts'
import type { SourceTarget } from './target.ts'
import { spellingNote, spellings, VainRequests } from './trace-ids.ts'

const scopesShape = z.object({ scopes: z.nullish(z.array(z.object({ name: z.string(), tags: texts }))) })
const tagNamesShape = z.object({ tagNames: texts })
const valuesShape = z.object({
  tagValues: z.nullish(z.array(z.object({ type: z.string(), value: z.string() }))),
})
const valuesV1Shape = z.object({ tagValues: texts })

/** A trace may start before the range it was found in and end after it. */
const marginMs = 3_600_000

/** A Tempo. */
export function createTempo(client: SourceClient): Backend {
  const routes = createGenerations(isAbsentRoute)
  const { target } = client
  /** Before 2.8 the hint that asks for the newest traces is not understood; a refusal is remembered for this run. */
  let sortsByTime = true

  async function tags(window: TimeWindow, signal: AbortSignal): Promise<readonly TagScope[]> {
    const ask = { signal, params: range(window) }
    return routes.first<readonly TagScope[]>({
      'tags v2': async () => {
        const { scopes } = await client.json('/api/v2/search/tags', scopesShape, ask)
        return (scopes ?? []).map(({ name, tags: list }) => ({ scope: name, tags: namesOf(list) }))
      },
      'tags v1': async () => {
        const { tagNames } = await client.json('/api/search/tags', tagNamesShape, ask)
        return [{ scope: '', tags: namesOf(tagNames) }]
      },
    })
  }

  async function tagValues(
    tag: string,
    filter: string,
    window: TimeWindow,
    signal: AbortSignal,
  ): Promise<readonly TagValue[]> {
    const identifier = tagIdentifier(tag)
    const params = { q: filter === '' ? undefined : filter, ...range(window) }
    return routes.first<readonly TagValue[]>({
      'values v2': async () => {
        const path = `/api/v2/search/tag/${encodeURIComponent(identifier)}/values`
        return (await client.json(path, valuesShape, { signal, params })).tagValues ?? []
      },
      'values v1': async () => {
        const path = `/api/search/tag/${encodeURIComponent(bareTag(identifier))}/values`
        const { tagValues: values } = await client.json(path, valuesV1Shape, {
          signal,
          params: range(window),
        })
        return values.map((value) => ({ type: 'string', value }))
      },
    })
  }

  async function search(query: TraceQuery, signal: AbortSignal): Promise<SearchResult> {
    const q = traceqlOf(query)
    const wantsSpans = query.spanKind !== undefined
    const ask = async (text: string): Promise<SearchResult> => {
      const params = { q: text, ...range(query), limit: query.limit, spss: wantsSpans ? mostSpansEach : 3 }
      const answer = await client.json('/api/search', tempoSearchShape, { signal, params })
      const read = readTempoSearch(answer, query.limit, target.name, wantsSpans)
      return {
        kind: 'summaries',
        answer: { ...read, notes: read.notes.map((note) => withoutSecretsOf(target, note)) },
      }
    }
    // Without the hint the first matches found are sent, whichever they are, and the list cannot go on past its limit.
    if (!sortsByTime || /\bwith\s*\(/.test(q)) return ask(q)
    try {
      return await ask(`${q} with (most_recent=true)`)
    } catch (thrown) {
      if (!(thrown instanceof SourceError) || thrown.error.status !== 400) throw thrown
      const result = await ask(q)
      sortsByTime = false
      return result
    }
  }

  const oneTrace = (
    spelling: string,
    window: TimeWindow | undefined,
    signal: AbortSignal,
  ): Promise<StreamedAnswer> => {
    const params = window === undefined ? {} : range(widen(window))
    const ask = { signal, params, accept: 'application/protobuf' }
    return routes.first({
      'trace v2': () => client.stream(`/api/v2/traces/${spelling}`, ask),
      'trace v1': () => client.stream(`/api/traces/${spelling}`, ask),
    })
  }

  async function trace({ traceId, window }: TraceRequest, signal: AbortSignal): Promise<TraceAnswer> {
    // With a range first: it spares a large Tempo most of its blocks. When that finds nothing, the range may have been wrong.
    const windows = window === undefined ? [undefined] : [window, undefined]
    const vain = new VainRequests(traceId)
    let detail: string | undefined
    for (const tried of windows) {
      for (const spelling of spellings(traceId)) {
        try {
          const answer = await oneTrace(spelling, tried, signal)
          if (!holdsNoSpans(answer)) {
            return { ...answer, notes: spelling === traceId ? [] : [spellingNote(target.name, spelling)] }
          }
          await answer.body.cancel()
        } catch (thrown) {
          if (!(thrown instanceof SourceError) || thrown.error.kind !== 'not-found')
            throw tooLarge(thrown, target)
          detail = thrown.error.detail
        }
        vain.add(spelling, tried !== undefined)
      }
    }
    throw noTraceError(target, traceId, vain.list, detail)
  }

  return {
    probe: (signal) =>
      probeTempo(client, (window) => tagValues('resource.service.name', '', window, signal), signal),
    traces: {
      services: async (window, signal) =>
        namesOf((await tagValues('resource.service.name', '', window, signal)).map(({ value }) => value)),
      operations: async (service, window, signal) => {
        const filter = service === '' ? '' : `{ resource.service.name = ${JSON.stringify(service)} }`
        return namesOf((await tagValues('name', filter, window, signal)).map(({ value }) => value))
      },
      search,
      trace,
      tags,
      tagValues,
    },
  }
}

/** v1 refuses every trace that is too large; v2 sends the part that fits, unless even one block of it is over the limit. */
function tooLarge(thrown: unknown, { name }: SourceTarget): unknown {
  if (!(thrown instanceof SourceError) || thrown.error.status !== 422) return thrown
  const { detail, status } = thrown.error
  return failure(
    'too-large',
    `${name} keeps this trace and refuses to send it, because it is larger than its limit.`,
    'Raise max_bytes_per_trace in its settings; from Tempo 2.7 on it then sends at least the part that fits.',
    { detail, status },
  )
}

/** Whole seconds around the window. */
function range({ startMs, endMs }: TimeWindow): { start: number; end: number } {
  const start = Math.max(0, Math.floor(startMs / 1000))
  return { start, end: Math.max(start + 1, Math.ceil(endMs / 1000)) }
}

function widen({ startMs, endMs }: TimeWindow): TimeWindow {
  return { startMs: startMs - marginMs, endMs: endMs + marginMs }
}

const intrinsics = new Set([
  'duration',
  'kind',
  'name',
  'nestedSetLeft',
  'nestedSetParent',
  'nestedSetRight',
  'rootName',
  'rootServiceName',
  'status',
  'statusMessage',
  'traceDuration',
])

/** A tag as TraceQL writes it: with its scope, as an intrinsic, or with a dot before it for any scope. */
function tagIdentifier(tag: string): string {
  if (tag.startsWith('.') || intrinsics.has(tag)) return tag
  if (/^(resource|span|event|link|instrumentation|parent)\./.test(tag)) return tag
  if (/^(trace|span|event|link|instrumentation):/.test(tag)) return tag
  return `.${tag}`
}

function bareTag(identifier: string): string {
  return identifier.replace(/^(resource|span|event|link|instrumentation|parent)?\./, '')
}

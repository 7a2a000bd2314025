/** Zipkin's v2 API: plain lists, whole traces, milliseconds for windows and microseconds for durations. */
import * as z from 'zod/mini'
import type { TraceQuery } from '#shared/api/contract'
import { zipkinConditions } from '#shared/api/search-text'
import { noTraceError } from './answer-error.ts'
import type { Backend, Findings, TraceAnswer, TraceRequest } from './backend.ts'
import { holdsNoSpans } from './empty-trace.ts'
import type { Params, SourceClient } from './http.ts'
import { namesOf, seenOf, texts, version } from './shapes.ts'
import { signs } from './signs.ts'
import { SourceError } from './source-error.ts'
import { readToldCalls } from './told-calls.ts'
import { spellingNote, spellings, VainRequests } from './trace-ids.ts'

const links = z.array(z.unknown())
const config = z.looseObject({ searchEnabled: z.optional(z.boolean()) })
const info = z.looseObject({ zipkin: z.looseObject({ version }) })

/** A Zipkin. */
export function createZipkin(client: SourceClient): Backend {
  const { target } = client

  async function trace({ traceId }: TraceRequest, signal: AbortSignal): Promise<TraceAnswer> {
    const vain = new VainRequests(traceId)
    let detail: string | undefined
    for (const spelling of spellings(traceId)) {
      try {
        const answer = await client.stream(`/api/v2/trace/${spelling}`, { signal })
        if (!holdsNoSpans(answer)) {
          return { ...answer, notes: spelling === traceId ? [] : [spellingNote(target.name, spelling)] }
        }
        await answer.body.cancel()
      } catch (thrown) {
        if (!(thrown instanceof SourceError) || thrown.error.kind !== 'not-found') throw thrown
        detail = thrown.error.detail
      }
      vain.add(spelling, false)
    }
    throw noTraceError(target, traceId, vain.list, detail)
  }

  return {
    probe: (signal) => probeZipkin(client, signal),
    traces: {
      services: async (_, signal) => namesOf(await client.json('/api/v2/services', texts, { signal })),
      operations: async (service, _, signal) =>
        service === ''
          ? []
          : namesOf(await client.json('/api/v2/spans', texts, { signal, params: { serviceName: service } })),
      search: async (query, signal) => ({
        kind: 'traces',
        stream: await client.stream('/api/v2/traces', { signal, params: searchParams(query) }),
        notes: [],
      }),
      trace,
      dependencies: async ({ startMs, endMs }, signal) => {
        const params = { endTs: Math.ceil(endMs), lookback: Math.ceil(endMs - startMs) }
        const list = await client.json('/api/v2/dependencies', links, { signal, params })
        const { calls, notes } = readToldCalls(list)
        // Zipkin leaves the count out where there was no error.
        return { calls: calls.map((call) => ({ ...call, errorCount: call.errorCount ?? 0 })), notes }
      },
    },
  }
}

function searchParams(query: TraceQuery): Params {
  return {
    ...zipkinConditions(query),
    endTs: Math.ceil(query.endMs),
    lookback: Math.max(1, Math.ceil(query.endMs - query.startMs)),
    limit: query.limit,
  }
}

async function probeZipkin(client: SourceClient, signal: AbortSignal): Promise<Findings> {
  const services = await client.json('/api/v2/services', texts, { signal })
  const optional = <Value>(path: string, shape: z.ZodMiniType<Value>): Promise<Value | undefined> =>
    client.json(path, shape, { signal }).catch(() => undefined)
  const [settings, build] = await Promise.all([optional('/config.json', config), optional('/info', info)])
  // Gateways often let only the API through.
  if (build === undefined) await signs.zipkin(client, { signal })
  const notes: string[] = []
  if (settings?.searchEnabled === false)
    notes.push('Search is switched off on it: traces open by their id only.')
  if (services.length === 0)
    notes.push('It answers, and has seen no service in its look-back (24 h unless set).')
  return {
    product: 'Zipkin',
    version: build?.zipkin.version,
    api: 'v2',
    seen: seenOf('services', services),
    notes,
  }
}

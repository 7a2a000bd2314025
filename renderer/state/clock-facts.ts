/**
 * How the clocks of lines differ from those of spans, learned before anybody has opened a trace: a few recent traces of each source are
 * read (at most twelve requests), and all their lines looked up by id (at most four).
 */
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { noConditions, type Source, type TraceQuery } from '#shared/api/contract'
import { metInSample, sampleQueries, tracesToSample, unseenServices } from '#shared/correlate/clock-sample'
import { stretchOf } from '#shared/correlate/met-lines'
import { nsText } from '#shared/derive/clock-times'
import type { Trace, TraceSummary } from '#shared/trace/table'
import { searchPath } from '../client/api'
import { readLogPage } from '../client/log-reader'
import { traceSessions } from '../client/trace-sessions'
import { nowBy } from './held-time'
import { logFactsOf, logFactsQuery, meetLines } from './log-facts'
import { connectionOf, isAskedAnew } from './kept-facts'
import { inputOfSummary } from './summary-input'
import { factsLast, learning, mostMs, type Part, staleMs } from './learning'
import { traceFactsQuery } from './trace-facts'

/** The newest traces of a busy source lie close together; those of a quiet one are looked for further back. */
const windowsMs = [15 * 60_000, 6 * 3_600_000]
const mostFound = 50
/** Services that none of the newest traces shows are asked for by name. */
const mostAsked = 4
const foundEach = 5
const mostBytes = 8e6
/** Clocks that differ by more are not found here; a ladder that is climbed for a trace looks further. */
const aroundMs = 15 * 60_000
const mostLines = 500

async function sample(
  { id, name, capabilities }: Source,
  services: readonly string[],
  endMs: number,
  signal: AbortSignal,
  part: Part,
): Promise<readonly Trace[]> {
  const search = async (lengthMs: number, change: Partial<TraceQuery>): Promise<readonly TraceSummary[]> => {
    const window = { startMs: endMs - lengthMs, endMs }
    const query = { ...noConditions, ...window, limit: mostFound, traceql: '', ...change }
    return (await traceSessions.search(searchPath(id, query), signal)).traces
  }
  const found: TraceSummary[] = []
  if (!capabilities.needsService)
    for (const lengthMs of windowsMs) {
      // oxlint-disable-next-line no-await-in-loop -- further back only where there is nothing
      found.push(...(await search(lengthMs, {})))
      if (found.length > 0) break
    }
  const unseen = unseenServices(services, found).slice(0, mostAsked)
  const others = unseen.map((service) => part(search(windowsMs[1], { service, limit: foundEach }), []))
  found.push(...(await Promise.all(others)).flat())
  const chosen = tracesToSample(found)
  if (chosen.length === 0) return []
  const inputs = chosen.map((summary) => inputOfSummary({ id, name }, summary))
  return traceSessions.read(inputs, mostBytes, signal)
}

/** Columns of a few traces, kept for as long as other sources of logs may be compared with them. */
const sampledTraces = (source: Source) =>
  queryOptions({
    queryKey: ['sampled-traces', source.id],
    queryFn: async ({ signal, client }) => {
      const { services, tookMs } = await client.ensureQueryData(traceFactsQuery(source.id))
      return learning(
        signal,
        () => undefined,
        async (limited, part) => ({
          traces: await sample(source, services, nowBy(client, source.id), limited, part),
        }),
        mostMs - tookMs,
      )
    },
    ...factsLast,
    gcTime: 60_000,
  })

async function linesOf(client: QueryClient, source: Source, traces: readonly Trace[], signal: AbortSignal) {
  const { tookMs } = await client.ensureQueryData(logFactsQuery(source))
  const facts = await logFactsOf(client, source)
  const stretches = traces.flatMap((trace) => (trace.spans.length > 0 ? stretchOf(trace, 0) : []))
  const window = {
    startNs: nsText(Math.min(...stretches.map(({ startMs }) => startMs)) - aroundMs),
    endNs: nsText(Math.max(...stretches.map(({ endMs }) => endMs)) + aroundMs),
  }
  return learning(
    signal,
    () => undefined,
    async (limited, part) => {
      const ids = traces.map(({ traceId }) => traceId)
      const pages = sampleQueries(facts, ids).map((query) =>
        part(readLogPage({ source, query, window, limit: mostLines, order: 'newest' }, limited), undefined),
      )
      const batches = (await Promise.all(pages)).flatMap((page) => page?.batch ?? [])
      return { met: metInSample(traces, batches, facts) }
    },
    mostMs - tookMs,
  )
}

/** Tells which connections the clocks of a source were compared with lately. */
async function comparedIn(client: QueryClient, source: Source) {
  const { compared = {} } = await client.ensureQueryData(logFactsQuery(source))
  return (connection: string | undefined): boolean =>
    connection !== undefined && Date.now() - (compared[connection] ?? -Infinity) < staleMs
}

/** For each source of logs, where there are traces to compare it with. */
export function clockFactsQueries(sources: readonly Source[]) {
  const ofTraces = sources.filter(({ capabilities }) => capabilities.traces)
  const ofLogs = sources.filter(({ capabilities }) => ofTraces.length > 0 && capabilities.logs)
  return ofLogs.map((source) =>
    queryOptions({
      queryKey: ['clock-facts', source.id, ...ofTraces.map(({ id }) => id)],
      queryFn: async ({ signal, client, queryKey }) => {
        const isKnown = isAskedAnew(client, queryKey) ? () => false : await comparedIn(client, source)
        const asked = ofTraces.filter(({ id }) => !isKnown(connectionOf(client, id)))
        const samples = await Promise.allSettled(asked.map((one) => client.fetchQuery(sampledTraces(one))))
        const traces = samples.flatMap((one) => (one.status === 'fulfilled' ? one.value.traces : []))
        if (traces.length === 0) return { met: [] }
        const told = await linesOf(client, source, traces, signal)
        // Of those that failed, or are not all there, it is not known yet.
        const compared = asked.filter((_, at) => {
          const one = samples[at]
          return one.status === 'fulfilled' && !one.value.isPart && one.value.traces.length > 0
        })
        const known = told.isPart ? [] : compared.flatMap(({ id }) => connectionOf(client, id) ?? [])
        meetLines(client, source.id, told.met, known)
        return told
      },
      ...factsLast,
    }),
  )
}

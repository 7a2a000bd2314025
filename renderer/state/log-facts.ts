/** What is learned of each source of logs, once for a while, in the background: at most eight requests. */
import { queryOptions, useQueries, useQuery, type QueryClient } from '@tanstack/react-query'
import type { LogCorrection, Source } from '#shared/api/contract'
import { candidateLabels, learnLogFacts, type LearnedLogFacts } from '#shared/correlate/learn-log-facts'
import type { LogSourceFacts } from '#shared/correlate/log-ladder'
import { corrected, type LogFacts, usualFacts } from '#shared/correlate/log-facts'
import { traceOf } from '#shared/logs/trace-of-line'
import { readLogPage } from '../client/log-reader'
import { logsApi } from '../client/logs-api'
import { preferencesQuery, useChangePreferences, usePreferences } from './preferences'

/** A new service is known by its own name until then. */
const staleTime = 10 * 60_000
/** So far back a sample is taken. */
const sampledMs = 6 * 3_600_000
const sampledLines = 200
const mostLabels = 6

type LogSource = Pick<Source, 'id' | 'name'>

async function learn(source: LogSource, signal: AbortSignal): Promise<LearnedLogFacts> {
  const endMs = Date.now()
  const window = { startMs: endMs - sampledMs, endMs }
  const names = candidateLabels(await logsApi.labels(source.id, window, signal)).slice(0, mostLabels)
  const services = await Promise.all(
    names.map(async (label) => ({
      label,
      values: await logsApi.labelValues(source.id, label, window, signal),
    })),
  )
  if (services.length === 0) return learnLogFacts([], [])
  const { batch } = await readLogPage(
    {
      source,
      query: `{${services[0].label}=~".+"}`,
      window: { startNs: nsText(window.startMs), endNs: nsText(window.endMs) },
      limit: sampledLines,
      order: 'newest',
    },
    signal,
  )
  return learnLogFacts(
    services,
    Array.from({ length: batch.length }, (_, at) => traceOf({ batch, at })),
  )
}

/** Nanoseconds since 1970 as text. */
export const nsText = (ms: number): string => `${Math.floor(ms)}000000`

const factsQuery = (source: LogSource) =>
  queryOptions({
    queryKey: ['log-facts', source.id],
    queryFn: ({ signal }) => learn(source, signal),
    staleTime,
    gcTime: staleTime,
    retry: false,
  })

/** The facts of a source; what is usual where it could not be asked, for the pivot itself will say why. */
async function logFactsOf(client: QueryClient, source: LogSource): Promise<LogFacts> {
  const said = client.getQueryData(preferencesQuery.queryKey)?.logFacts?.[source.id] ?? {}
  try {
    return corrected(await client.fetchQuery(factsQuery(source)), said)
  } catch {
    return corrected(usualFacts, said)
  }
}

/** Sources with their facts, each as soon as it has them. */
export const factsOfSources = (
  client: QueryClient,
  sources: readonly LogSource[],
): readonly Promise<LogSourceFacts>[] =>
  sources.map(async ({ id, name }) => ({ id, name, facts: await logFactsOf(client, { id, name }) }))

/** What is known of sources by now, in their order. */
export function useLogFacts(sources: readonly LogSource[]): readonly LogFacts[] {
  const { logFacts = {} } = usePreferences()
  return useQueries({
    queries: sources.map(factsQuery),
    combine: (answers) =>
      answers.map(({ data }, at) => corrected(data ?? usualFacts, logFacts[sources[at].id] ?? {})),
  })
}

/** What one source taught, and what a person said of it, with the way to say it. */
export function useLearnedFacts(source: LogSource) {
  const answer = useQuery(factsQuery(source))
  const said = usePreferences().logFacts?.[source.id] ?? {}
  const change = useChangePreferences()
  return {
    learned: answer.data,
    error: answer.error,
    said,
    /** An empty correction goes back to what was learned. */
    correct: (correction: LogCorrection) =>
      change(({ logFacts }) => ({ logFacts: { ...logFacts, [source.id]: correction } })),
  }
}

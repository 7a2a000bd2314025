/** What is learned of each source of logs, once for a while, in the background: at most eight requests; and what is met in use. */
import { type QueryClient, queryOptions, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Source } from '#shared/api/contract'
import { corrected } from '#shared/correlate/correct-log-facts'
import {
  candidateLabels,
  learnLogFacts,
  type LearnedLogFacts,
  type MetLines,
  withMet,
} from '#shared/correlate/learn-log-facts'
import type { LogSourceFacts } from '#shared/correlate/log-ladder'
import { type LogFacts, usualFacts } from '#shared/correlate/log-facts'
import { textOf } from '#shared/logs/batch'
import { traceByShape, traceOf } from '#shared/logs/trace-of-line'
import { readLogPage } from '../client/log-reader'
import { logsApi } from '../client/logs-api'
import { nowBy } from './demo'
import { factsLast, learning } from './learning'
import { saidOf, useSaidFacts } from './said-facts'

/** So far back a sample is taken. */
const sampledMs = 6 * 3_600_000
const sampledLines = 200
const mostLabels = 6

type LogSource = Pick<Source, 'id' | 'name'>

async function learn(source: LogSource, endMs: number, signal: AbortSignal): Promise<LearnedLogFacts> {
  const window = { startMs: endMs - sampledMs, endMs }
  const labels = await logsApi.labels(source.id, window, signal)
  const services = await Promise.all(
    candidateLabels(labels)
      .slice(0, mostLabels)
      .map(async (label) => ({
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
  const lines = Array.from({ length: batch.length }, (_, at) => ({ batch, at }))
  return learnLogFacts(
    services,
    lines.map((line) => traceOf(line)),
    lines.map((line) => traceByShape(textOf(line))).filter((one) => one !== undefined),
    labels,
  )
}

/** Nanoseconds since 1970 as text. */
export const nsText = (ms: number): string => `${Math.floor(ms)}000000`

export const logFactsQuery = (source: LogSource) =>
  queryOptions({
    queryKey: ['log-facts', source.id],
    queryFn: ({ signal, client }) =>
      learning(signal, async (limited) => {
        const { clocks, names } = client.getQueryData<LearnedLogFacts>(['log-facts', source.id]) ?? {}
        // What was met in use is not learned from a sample.
        return { ...(await learn(source, nowBy(client, source.id), limited)), clocks, names }
      }),
    ...factsLast,
  })

/** The facts of a source; what is usual where it could not be asked, for the pivot itself will say why. */
export async function logFactsOf(client: QueryClient, source: LogSource): Promise<LogFacts> {
  const said = saidOf(client, source.id)
  try {
    return corrected(await client.fetchQuery(logFactsQuery(source)), said)
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
  const said = useSaidFacts()
  const learned = useQueries({
    queries: sources.map(logFactsQuery),
    combine: (answers) => answers.map(({ data }) => data),
  })
  return useMemo(
    () => sources.map(({ id }, at) => corrected(learned[at] ?? usualFacts, said[id] ?? {})),
    [sources, learned, said],
  )
}

/** Adds what the lines of known spans told. */
export function meetLines(client: QueryClient, source: string, met: readonly MetLines[]): void {
  client.setQueryData<LearnedLogFacts>(['log-facts', source], (facts) => facts && met.reduce(withMet, facts))
}

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
  withMetPlace,
  withoutMetBy,
} from '#shared/correlate/learn-log-facts'
import type { Learned } from '#shared/correlate/kept-facts'
import type { Climbed } from '#shared/correlate/ladder-end'
import type { LogSourceFacts } from '#shared/correlate/log-ladder'
import type { FactEdit } from '#shared/correlate/said'
import { nsText } from '#shared/derive/clock-times'
import { type LogFacts, usualFacts } from '#shared/correlate/log-facts'
import { type LogBatch, textOf } from '#shared/logs/batch'
import { traceByShape, traceOf } from '#shared/logs/trace-of-line'
import { readLogPage } from '../client/log-reader'
import { logsApi } from '../client/logs-api'
import { nowBy } from './held-time'
import { keep, keptOrLearned } from './kept-facts'
import { factsLast, learning, type Part } from './learning'
import { saidOf, useSaidFacts } from './said-facts'
import { isServer } from './sources'

/** So far back a sample is taken. */
const sampledMs = 6 * 3_600_000
const sampledLines = 200
const mostLabels = 6

type LogSource = Pick<Source, 'id' | 'name'>

async function learn(
  source: LogSource,
  endMs: number,
  signal: AbortSignal,
  part: Part,
): Promise<LearnedLogFacts> {
  const window = { startMs: endMs - sampledMs, endMs }
  const labels = await logsApi.labels(source.id, window, signal)
  const [best, ...others] = candidateLabels(labels).slice(0, mostLabels)
  if (best === undefined) return part(Promise.reject(new Error('no streams yet')), learnLogFacts([], []))
  const valuesOf = async (label: string) => ({
    label,
    values: await part(logsApi.labelValues(source.id, label, window, signal), []),
  })
  // Beside one another: none has to wait for one that hangs.
  const [services, batch] = await Promise.all([
    Promise.all([best, ...others].map(valuesOf)),
    part(sampleOf(source, best, window, signal), undefined),
  ])
  const lines = Array.from({ length: batch?.length ?? 0 }, (_, at) => batch && { batch, at })
  return learnLogFacts(
    services,
    lines.map((line) => line && traceOf(line)),
    lines.map((line) => line && traceByShape(textOf(line))).filter((one) => one !== undefined),
    labels,
  )
}

async function sampleOf(
  source: LogSource,
  label: string,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  signal: AbortSignal,
): Promise<LogBatch | undefined> {
  const { batch } = await readLogPage(
    {
      source,
      query: `{${label}=~".+"}`,
      window: { startNs: nsText(startMs), endNs: nsText(endMs) },
      limit: sampledLines,
      order: 'newest',
    },
    signal,
  )
  // Nothing is learned from no lines: they may still come.
  if (batch.length === 0) throw new Error('no lines yet')
  return batch
}

export const logFactsQuery = (source: LogSource) =>
  queryOptions({
    queryKey: ['log-facts', source.id],
    queryFn: (asked) => {
      const { signal, client, queryKey } = asked
      const before = () => client.getQueryData<LearnedLogFacts>(queryKey)
      return keptOrLearned(asked, 'logs', () =>
        learning(signal, before, async (limited, part) => {
          const facts = await learn(source, nowBy(client, source.id), limited, part)
          // What was met in use is not learned from a sample.
          const { clocks, names, metPlace, metTrace, compared } = before() ?? {}
          return { ...facts, clocks, names, metPlace, metTrace, compared }
        }),
      )
    },
    ...factsLast,
  })

/** The facts of a source; what is usual where it could not be asked, for the pivot itself will say why. */
export async function logFactsOf(client: QueryClient, source: LogSource): Promise<LogFacts> {
  const said = saidOf(client, source.id)
  const query = logFactsQuery(source)
  const state = client.getQueryState(query.queryKey)
  // It took too long, or failed, before: no pivot waits for that again.
  if (state !== undefined && state.data === undefined && state.errorUpdateCount > 0) {
    void client.prefetchQuery(query)
    return corrected(usualFacts, said)
  }
  try {
    // What is known by now will do: a pivot does not wait for it to be looked at again.
    const known = { ...query, revalidateIfStale: true }
    return corrected(await client.ensureQueryData(known), said)
  } catch {
    return corrected(usualFacts, said)
  }
}

/** What a ladder must know of a source besides its facts. */
export const ladderSource = (source: Source): Omit<LogSourceFacts, 'facts'> => ({
  id: source.id,
  name: source.name,
  tenant: isServer(source) ? source.tenant : undefined,
  isHeld: source.kind === 'files',
})

/** Sources with their facts, each as soon as it has them. */
export const factsOfSources = (
  client: QueryClient,
  sources: readonly Source[],
): readonly Promise<LogSourceFacts>[] =>
  sources.map(async (source) => ({
    ...ladderSource(source),
    facts: await logFactsOf(client, source),
  }))

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

/** Adds something to what was learned of a source, if anything was. */
function add(
  client: QueryClient,
  source: string,
  change: (facts: LearnedLogFacts) => LearnedLogFacts | undefined,
): void {
  const queryKey = ['log-facts', source]
  const before = client.getQueryData<LearnedLogFacts & Learned>(queryKey)
  const changed = before && change(before)
  if (!changed) return
  const facts = { ...before, ...changed }
  client.setQueryData(queryKey, facts)
  keep(client, queryKey, 'logs', facts)
}

/** Adds what the lines of known spans told; `compared`: of which connections those are, where a sample of them was taken. */
export function meetLines(
  client: QueryClient,
  source: string,
  met: readonly MetLines[],
  compared: readonly string[] = [],
): void {
  if (met.length === 0 && compared.length === 0) return
  const now = Object.fromEntries(compared.map((one) => [one, Date.now()]))
  add(client, source, (facts) => ({
    ...met.reduce(withMet, facts),
    compared: { ...facts.compared, ...now },
  }))
}

/** Takes away what was met by way of something that a person said of a source and takes back. */
export function forgetMetBy(client: QueryClient, source: string, edit: FactEdit): void {
  add(client, source, (facts) => withoutMetBy(facts, edit))
}

/** Adds where a line that a ladder found named its trace, if that was not known, or only supposed. */
export function meetPlace(client: QueryClient, { rung, state }: Climbed, traceId: string): void {
  if (state.kind !== 'answered') return
  const { place, unknownPlace } = state
  add(client, rung.source.id, (facts) => {
    const met = unknownPlace ?? (facts.evidence.length === 0 ? place : undefined)
    return met && withMetPlace(facts, met, traceId)
  })
}

/** What is learned of each source of metrics, once for a while, in the background: at most twelve requests. */
import { type QueryClient, queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import type { Correction, Source } from '#shared/api/contract'
import { learnExemplars, type Measure, measuresOf, type MetricFacts } from '#shared/correlate/metric-facts'
import type { MeasuredService } from '#shared/correlate/service-panels'
import { bucketsOf, familiesAmong, labelQuery, type RedFamily } from '#shared/metrics/red'
import { metricsApi } from '../client/metrics-api'
import { nowBy } from './held-time'
import { keptOf } from './kept-answer'
import { keptOrLearned } from './kept-facts'
import { factsLast, learning, type Part } from './learning'
import { saidOf, useSaid, useSaidFacts } from './said-facts'

const hourMs = 3_600_000

interface LearnedMeasures {
  readonly families: readonly RedFamily[]
  readonly measures: Promise<readonly Measure[]>
}

/** What measured whom in the hour before: a service that was asked last half an hour ago is still measured by its own histogram. */
async function learnMeasures(
  id: string,
  atMs: number,
  said: readonly string[],
  signal: AbortSignal,
  part: Part = (asked) => asked,
): Promise<LearnedMeasures> {
  const window = { startMs: atMs - hourMs, endMs: atMs }
  const names = await metricsApi.labelValues(id, '__name__', '', window, signal)
  const families = familiesAmong(names, said)
  const measures = families.map(async (family) => {
    const answer = await part(metricsApi.query(id, labelQuery(family, '1h'), atMs, signal), undefined)
    return { family, groups: answer?.series.map(({ labels }) => labels) ?? [] }
  })
  return { families, measures: Promise.all(measures) }
}

async function learn(
  id: string,
  endMs: number,
  said: readonly string[],
  signal: AbortSignal,
  part: Part,
): Promise<MetricFacts> {
  const { families, measures } = await learnMeasures(id, endMs, said, signal, part)
  const [first] = families
  const window = { startMs: endMs - hourMs, endMs }
  // Beside the measures: neither has to wait for one that hangs.
  const [found, exemplars] = await Promise.all([
    measures,
    first === undefined ? [] : part(metricsApi.exemplars(id, bucketsOf(first), window, signal), []),
  ])
  return { measures: found, ...learnExemplars(exemplars) }
}

/** The histograms that a person named are looked at too; of more than these some are not. */
export const saidHistograms = ({ histograms = {} }: Correction): readonly string[] =>
  [...new Set(Object.values(histograms))].slice(0, 4)

export const metricFactsQuery = (id: string, said: Correction) =>
  queryOptions({
    queryKey: ['metric-facts', id, saidHistograms(said)],
    queryFn: (asked) => {
      const { signal, client, queryKey } = asked
      return keptOrLearned(asked, 'metrics', () =>
        learning(
          signal,
          () => client.getQueryData<MetricFacts>(queryKey),
          (limited, part) => learn(id, nowBy(client, id), saidHistograms(said), limited, part),
        ),
      )
    },
    ...factsLast,
  })

/** What measured services at another time, for those that have ended. */
const measuresThen = (id: string, atMs: number, said: Correction) =>
  queryOptions({
    queryKey: ['measures-then', id, Math.floor(atMs / hourMs), saidHistograms(said)],
    queryFn: async ({ signal }) => (await learnMeasures(id, atMs, saidHistograms(said), signal)).measures,
    ...factsLast,
  })

/** What one source taught. */
export function useLearnedMetricFacts(id: string | undefined) {
  return useQuery({ ...metricFactsQuery(id ?? '', useSaid(id)), enabled: id !== undefined })
}

/** A service in a source that measures it. */
export interface FoundMeasure extends MeasuredService {
  readonly source: Pick<Source, 'id' | 'name'>
}

/** Everything in one source that measures a service, the most telling first: now, or else at a moment. */
export function useMeasures(source: string | undefined, service: string, atMs: number) {
  const said = useSaid(source)
  const now = useLearnedMetricFacts(source)
  const found = now.data && measuresOf(service, now.data, said)
  const isOver = !now.isFetching && (found === undefined || found.length === 0)
  const then = useQuery({
    ...measuresThen(source ?? '', atMs, said),
    enabled: source !== undefined && isOver,
    placeholderData: keptOf('measures-then', source),
    select: (measures) => measuresOf(service, { measures }, said),
  })
  return isOver ? then : { ...now, data: found }
}

/** What measures a service, now or else at a moment, in any of these sources: `found` once, `isAsking` until all have answered. */
export function useMeasure(
  sources: readonly Pick<Source, 'id' | 'name'>[],
  service: string | undefined,
  atMs: number,
): { readonly found: FoundMeasure | undefined; readonly isAsking: boolean } {
  const allSaid = useSaidFacts()
  const saids = sources.map(({ id }) => allSaid[id] ?? {})
  const firstOf = (known: readonly (Pick<MetricFacts, 'measures'> | undefined)[]) =>
    known
      .flatMap((facts, at) =>
        facts === undefined || service === undefined
          ? []
          : measuresOf(service, facts, saids[at]).map((one) => ({ ...one, source: sources[at] })),
      )
      .at(0)
  const now = useQueries({
    queries: sources.map(({ id }, at) => ({
      ...metricFactsQuery(id, saids[at]),
      enabled: service !== undefined,
    })),
    combine: (answers) => ({
      found: firstOf(answers.map(({ data }) => data)),
      isAsking: answers.some(({ isFetching }) => isFetching),
    }),
  })
  const isOver = service !== undefined && !now.isAsking && now.found === undefined
  const then = useQueries({
    queries: sources.map(({ id }, at) => ({ ...measuresThen(id, atMs, saids[at]), enabled: isOver })),
    combine: (answers) => ({
      found: firstOf(answers.map(({ data }) => data && { measures: data })),
      isAsking: answers.some(({ isFetching }) => isFetching),
    }),
  })
  return isOver ? then : now
}

/** The same outside of a rendering: everything in one source that measures a service. Rejects where it cannot be asked. */
export async function measuresIn(
  client: QueryClient,
  source: string,
  service: string,
  atMs: number,
): Promise<readonly MeasuredService[]> {
  const said = saidOf(client, source)
  const found = measuresOf(service, await client.fetchQuery(metricFactsQuery(source, said)), said)
  if (found.length > 0) return found
  return measuresOf(service, { measures: await client.fetchQuery(measuresThen(source, atMs, said)) }, said)
}

/** Answers about metrics, as react-query keeps them. */
import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Source } from '#shared/api/contract'
import { exemplarLabel } from '#shared/correlate/metric-facts'
import { dotsOf } from '#shared/metrics/exemplar-dots'
import type { AskedWindow } from '#shared/metrics/step'
import { logsApi } from '../client/logs-api'
import { metricsIn } from '#shared/metrics/unit'
import { parsePromql } from '#shared/query/promql/parse'
import { countTraces, metricsApi, type TimedAnswer } from '../client/metrics-api'
import { keptOf } from './kept-answer'
import { useLearnedMetricFacts } from './metric-facts'
import { labelValuesQuery, lately, namesStaleMs, namesWithinMs } from './metric-names'
import type { PanelPlace } from './metrics-location'
import { useSaid } from './said-facts'

/** The language of a query that answers with numbers: of metrics, or counted from lines or traces. */
export type MetricLanguage = 'promql' | 'logql' | 'traceql'

/** The language a chart asks in: what it says, or the only one its source has. */
export function languageOf(
  { language, query }: Pick<PanelPlace, 'language' | 'query'>,
  source: Pick<Source, 'kind' | 'capabilities'> | undefined,
): MetricLanguage {
  return (
    language ??
    (source && !source.capabilities.metrics && !lacksSeries({ query }, source) ? 'logql' : 'promql')
  )
}

/** Whether a chart reads metrics of opened files in which no series could be read: they are damaged, or those were cut away. */
export function lacksSeries(
  { language, query }: Pick<PanelPlace, 'language' | 'query'>,
  { kind, capabilities }: Pick<Source, 'kind' | 'capabilities'>,
): boolean {
  return kind === 'files' && !capabilities.metrics && language === undefined && readsMetrics(query)
}

/** Queries of lines name no metric. */
function readsMetrics(query: string): boolean {
  try {
    return metricsIn(parsePromql(query).expression).length > 0
  } catch {
    return false
  }
}

/** Questions under way that can be ended with what came, by what is asked. */
const endings = new Map<string, AbortController>()

const askIn = { promql: metricsApi.range, logql: logsApi.metric, traceql: countTraces } as const

/** An answer, and to which query: the one before may still be drawn while the next is awaited. */
export interface AnswerTo extends TimedAnswer {
  readonly query: string
}

/**
 * The values of a query over a window; the answer before stays until the next is there (`isPlaceholderData`): it is drawn dimmed, and as
 * the answer to its own query. `stop` ends it with what came.
 */
export function useRangeAnswer(
  source: string | undefined,
  language: MetricLanguage,
  query: string,
  window: AskedWindow | undefined,
) {
  const key = ['metric-range', source, language, query, window?.startMs, window?.endMs, window?.stepMs]
  const ending = JSON.stringify(key)
  const answer = useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<AnswerTo> => {
      const asked = window ?? { startMs: 0, endMs: 1, stepMs: 1 }
      const enough = new AbortController()
      endings.set(ending, enough)
      try {
        return { ...(await askIn[language](source ?? '', query, asked, signal, enough.signal)), query }
      } finally {
        endings.delete(ending)
      }
    },
    enabled: source !== undefined && query.trim() !== '' && window !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  return { ...answer, stop: () => endings.get(ending)?.abort() }
}

/** Exemplars of what a query reads; none while they are being asked for, and where the server keeps none. */
export function useExemplars(
  source: string | undefined,
  query: string,
  window: { readonly startMs: number; readonly endMs: number },
  isWanted: boolean,
) {
  const { data, error, isFetching } = useQuery({
    queryKey: ['metric-exemplars', source, query, window.startMs, window.endMs],
    queryFn: ({ signal }) => metricsApi.exemplars(source ?? '', query, window, signal),
    enabled: source !== undefined && isWanted,
    placeholderData: keptOf('metric-exemplars', source, query),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  const said = useSaid(source)
  const facts = useLearnedMetricFacts(isWanted ? source : undefined).data
  const label = exemplarLabel(facts, said)
  const dots = useMemo(() => dotsOf(data ?? [], label), [data, label])
  return { dots, error, isFetching }
}

/** The bounds of a histogram's buckets in a window, rising. */
export const bucketsQuery = (
  source: string,
  metric: string,
  window: { readonly startMs: number; readonly endMs: number },
) =>
  queryOptions({
    // They stay the same as time goes on.
    queryKey: ['metric-buckets', source, metric, Math.floor(window.endMs / namesWithinMs)],
    queryFn: async ({ signal }) => {
      const bounds = await metricsApi.labelValues(source, 'le', selectorOf(metric), window, signal)
      return bounds
        .map(Number)
        .filter((bound) => Number.isFinite(bound))
        .sort((one, other) => one - other)
    },
    staleTime: 5 * namesStaleMs,
    retry: false,
  })

const metadataQuery = (source: string) =>
  queryOptions({
    queryKey: ['metric-metadata', source],
    queryFn: ({ signal }) => metricsApi.metadata(source, signal),
    staleTime: 5 * namesStaleMs,
  })

/** What is known of each metric, by base name; empty until it is there, and where the server knows nothing. */
export function useMetadata(source: string | undefined) {
  const { data } = useQuery({ ...metadataQuery(source ?? ''), enabled: source !== undefined })
  return useMemo(() => new Map(data?.map((one) => [one.name, one]) ?? []), [data])
}

/** What the PromQL editor asks while one writes. A failure adds nothing: completion never stands in the way. */
export interface MetricWords {
  metrics(): Promise<readonly string[]>
  metadata(): Promise<
    ReadonlyMap<string, { readonly type: string; readonly help: string; readonly unit: string }>
  >
  /** Labels of the series of a metric; of all where it is empty. */
  labels(metric: string): Promise<readonly string[]>
  values(label: string, metric: string): Promise<readonly string[]>
}

/** A selector for a metric by name, whatever signs are in it. */
const selectorOf = (metric: string): string => (metric === '' ? '' : `{__name__=${JSON.stringify(metric)}}`)

const wordsOf = (client: QueryClient, source: string): MetricWords => {
  const values = (label: string, match: string) =>
    client.fetchQuery(labelValuesQuery(source, label, match)).catch(() => [])
  return {
    metrics: () => values('__name__', ''),
    values: (label, metric) => values(label, selectorOf(metric)),
    labels: (metric) =>
      client
        .fetchQuery({
          queryKey: ['metric-labels', source, metric],
          queryFn: ({ signal }) =>
            metricsApi.labels(source, selectorOf(metric), lately(client, source), signal),
          staleTime: namesStaleMs,
        })
        .catch(() => []),
    metadata: async () => {
      const list = await client.fetchQuery(metadataQuery(source)).catch(() => [])
      return new Map(list.map((one) => [one.name, one]))
    },
  }
}

/** Words of one source. */
export function useMetricWords(source: string | undefined): MetricWords {
  const client = useQueryClient()
  return useMemo(() => wordsOf(client, source ?? ''), [client, source])
}

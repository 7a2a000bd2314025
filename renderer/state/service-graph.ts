/** Calls between services as metrics of a service graph tell them. */
import type { Source } from '#shared/api/contract'
import { formatTimePoint, type TimeRange, windowOf } from '#shared/derive/time-range'
import type { Telling } from '#shared/map/graph'
import {
  answeredOf,
  callsOfServiceGraph,
  graphMetrics,
  serviceGraphIn,
  serviceGraphQueries,
} from '#shared/map/service-graph'
import { metricsApi } from '../client/metrics-api'
import { type SourceAnswer, useSourceAnswers } from './source-answers'

/** Null where the source holds no service graph. */
async function askGraph(
  source: Source,
  window: { readonly startMs: number; readonly endMs: number },
  signal: AbortSignal,
): Promise<Telling | null> {
  const names = await metricsApi.labelValues(source.id, '__name__', graphMetrics, window, signal)
  const graph = serviceGraphIn(names)
  if (graph === undefined) return null
  const seconds = Math.max(60, Math.round((window.endMs - window.startMs) / 1_000))
  const queries = serviceGraphQueries(graph, `${seconds}s`)
  const ask = async (query: string) => (await metricsApi.query(source.id, query, window.endMs, signal)).series
  const all = async (list: readonly string[]) => Promise.all(list.map((query) => ask(query)))
  const [rate, failed, quantiles, servers] = await Promise.all([
    ask(queries.rate),
    ask(queries.failed),
    all(queries.quantiles),
    all(queries.answered),
  ])
  const calls = callsOfServiceGraph({ rate, failed, quantiles })
  return {
    origin: { id: source.id, name: source.name, kind: 'service-graph' },
    calls,
    answered: answeredOf(calls, servers),
  }
}

/** One answer for each source of metrics, in their order, as they come. */
export function useServiceGraphs(
  sources: readonly Source[],
  range: TimeRange,
): readonly SourceAnswer<Telling | null>[] {
  return useSourceAnswers<Telling | null>(sources, (source) => ({
    queryKey: ['service-graph', source.id, formatTimePoint(range.from), formatTimePoint(range.to)],
    queryFn: ({ signal }) => askGraph(source, windowOf(range, Date.now()), signal),
    staleTime: 60_000,
  }))
}

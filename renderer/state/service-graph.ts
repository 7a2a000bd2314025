/** Calls between services as metrics of a service graph tell them. */
import type { Source } from '#shared/api/contract'
import { formatTimePoint, type TimeRange, windowOf } from '#shared/derive/time-range'
import type { Telling } from '#shared/map/graph'
import { namespaceQuery, namespacesIn } from '#shared/map/namespaces'
import {
  answeredOf,
  callsOfServiceGraph,
  familyOfGraph,
  graphMetrics,
  serviceGraphIn,
  serviceGraphQueries,
} from '#shared/map/service-graph'
import { type Asker, askWarned } from './asker'
import type { Window } from './figures'
import { type SourceAnswer, useSourceAnswers } from './source-answers'

/** Null where the source holds neither a service graph nor namespaces. */
async function askGraph(source: Source, window: Window, signal: AbortSignal): Promise<Telling | null> {
  const { answer, warnings } = await askWarned(source.id, signal, (asker) => readGraph(source, window, asker))
  return answer && { ...answer, notes: warnings }
}

async function readGraph(source: Source, window: Window, asker: Asker): Promise<Telling | null> {
  const ask = async (query: string) => (await asker.query(query, window.endMs)).series
  const [names, groups] = await Promise.all([
    asker.labelValues('__name__', graphMetrics, window),
    ask(namespaceQuery),
  ])
  const namespaces = namespacesIn(groups.map(({ labels }) => labels))
  const origin = { id: source.id, name: source.name, kind: 'service-graph' } as const
  const graph = serviceGraphIn(names)
  if (graph === undefined) return namespaces.size === 0 ? null : { origin, calls: [], namespaces }
  const seconds = Math.max(60, Math.round((window.endMs - window.startMs) / 1_000))
  const queries = serviceGraphQueries(graph, `${seconds}s`)
  const all = async (list: readonly string[]) => Promise.all(list.map((query) => ask(query)))
  const [rate, failed, quantiles, servers] = await Promise.all([
    ask(queries.rate),
    ask(queries.failed),
    all(queries.quantiles),
    all(queries.answered),
  ])
  const calls = callsOfServiceGraph({ rate, failed, quantiles })
  return {
    origin,
    calls,
    answered: answeredOf(calls, servers),
    measure: familyOfGraph(graph),
    namespaces,
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

/** Facts of all sources, as they are read in one place. */
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { Correction, Source } from '#shared/api/contract'
import { type FactRow, logRows, metricRows, serverClockRow, traceRows } from '#shared/correlate/fact-rows'
import type { FactEdit } from '#shared/correlate/said'
import { clockFactsQueries } from './clock-facts'
import { factNames } from './learning'
import { logFactsQuery } from './log-facts'
import { metricFactsQuery } from './metric-facts'
import { useSaid, useSaidFacts } from './said-facts'
import { isServer, useProbes } from './sources'
import { traceFactsQuery } from './trace-facts'

export interface FactsOfSource {
  readonly source: Source
  readonly rows: readonly FactRow[]
  /** `null` where there is none. */
  readonly error: unknown
  /** When it was looked at last, milliseconds since 1970; undefined where it was not yet. */
  readonly lookedMs: number | undefined
  readonly isLooking: boolean
}

const nothing: Correction = {}

/** What each source taught, as far as it has by now. */
function useLearned(sources: readonly Source[]) {
  const said = useSaidFacts()
  const of = (source: Source) => said[source.id] ?? nothing
  const traces = useQueries({
    queries: sources.map((one) => ({ ...traceFactsQuery(one.id), enabled: one.capabilities.traces })),
  })
  const logs = useQueries({
    queries: sources.map((one) => ({ ...logFactsQuery(one), enabled: one.capabilities.logs })),
  })
  const metrics = useQueries({
    queries: sources.map((one) => ({
      ...metricFactsQuery(one.id, of(one)),
      enabled: one.capabilities.metrics,
    })),
  })
  // What they find is added to what is known of the logs.
  useQueries({ queries: clockFactsQueries(sources) })
  return sources.map((source, at) => {
    const parts = [traces[at], logs[at], metrics[at]]
    const looked = parts.flatMap(({ data }) => data?.learnedMs ?? [])
    return {
      source,
      said: of(source),
      traces: traces[at].data,
      logs: logs[at].data,
      metrics: metrics[at].data,
      error: traces[at].error ?? logs[at].error ?? metrics[at].error,
      lookedMs: looked.length > 0 ? Math.min(...looked) : undefined,
      isLooking: parts.some(({ isFetching }) => isFetching),
    }
  })
}

type Learned = ReturnType<typeof useLearned>

const servicesOf = (learned: Learned): readonly string[] =>
  [...new Set(learned.flatMap(({ traces }) => traces?.services ?? []))].toSorted()

/** A source of logs and metrics may tell the same by both. */
const onlyOnce = (rows: readonly FactRow[]): readonly FactRow[] =>
  rows.filter(({ id }, at) => rows.findIndex((one) => one.id === id) === at)

export function useFactRows(sources: readonly Source[]): readonly FactsOfSource[] {
  const learned = useLearned(sources)
  const services = servicesOf(learned)
  const probes = useProbes(sources.filter(isServer).map(({ id }) => id))
  const clockOf = (source: Source): number | undefined =>
    probes[sources.filter(isServer).findIndex(({ id }) => id === source.id)]?.clockDifferenceMs
  return learned.map(({ source, said, traces, logs, metrics, ...looked }) => {
    const clock = clockOf(source)
    const of = <Facts>(facts: Facts) => ({ name: source.name, facts, said })
    return {
      source,
      ...looked,
      rows: onlyOnce([
        ...(traces ? traceRows(of(traces)) : []),
        ...(metrics ? metricRows(of(metrics), services) : []),
        ...(logs ? logRows(of(logs), services) : []),
        ...(clock === undefined ? [] : [serverClockRow(source.name, clock)]),
      ]),
    }
  })
}

/** What there is to choose from when something is said of a source. */
export function useFactNames(
  source: Source,
): { readonly services: readonly string[] } & Partial<Readonly<Record<FactEdit['kind'], readonly string[]>>> {
  const client = useQueryClient()
  const said = useSaid(source.id)
  return useMemo(() => {
    const logs = client.getQueryData(logFactsQuery(source).queryKey)
    const metrics = client.getQueryData(metricFactsQuery(source.id, said).queryKey)
    const traces = client.getQueriesData<{ readonly services: readonly string[] }>({
      queryKey: ['trace-facts'],
    })
    const groups = metrics?.measures.flatMap((measure) => measure.groups) ?? []
    const unique = (names: readonly string[]) => [...new Set(names)].filter((name) => name !== '')
    return {
      services: unique(traces.flatMap(([, facts]) => facts?.services ?? [])).toSorted(),
      service: unique([...(logs?.labels ?? []), ...groups.flatMap((group) => Object.keys(group))]),
      name: unique([
        ...(logs?.services.flatMap(({ values }) => values) ?? []),
        ...groups.flatMap((group) => Object.values(group)),
      ]),
      trace: unique(
        logs?.evidence.map(({ place }) => (place.kind === 'beside' ? place.trace : (place.field ?? ''))) ??
          [],
      ),
      exemplar: metrics?.exemplars.map(({ label }) => label) ?? [],
      histogram: metrics?.measures.map(({ family }) => family.metric) ?? [],
    }
  }, [client, source, said])
}

/** Learns everything anew, now. */
export function useLookAgain(): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    for (const name of factNames) void client.invalidateQueries({ queryKey: [name] })
  }, [client])
}

import { useMemo } from 'react'
import { servicePanels } from '#shared/correlate/service-panels'
import { hrefOfConnections } from '../state/connections-location'
import { useGo } from '../state/location'
import { useMeasure } from '../state/metric-facts'
import { hrefOfMetrics } from '../state/metrics-location'
import { useSources } from '../state/sources'
import { say } from '../ui/status-message'
import type { PivotItem } from './pivot-list'

/** Metrics are looked at so long before and after what led to them. */
const aroundMs = 15 * 60_000

/** The pivot to a service's own metrics around a moment; undefined where there is no service. */
export function useServiceMetrics(
  service: string | undefined,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): PivotItem | undefined {
  const go = useGo()
  const known = useSources().data
  const sources = useMemo(() => known?.filter(({ capabilities }) => capabilities.metrics) ?? [], [known])
  const { found, isAsking } = useMeasure(sources, service, endMs)
  if (service === undefined) return undefined
  const item = {
    id: 'metrics',
    to: 'metric',
    icon: 'metrics',
    title: `${service} rate, errors, duration`,
    keys: 'M',
  } as const
  if (sources.length === 0)
    return {
      ...item,
      why: 'No source of metrics is connected: connect one',
      run: () => go(hrefOfConnections({ isNew: true })),
    }
  if (!found) {
    const why = isAsking
      ? 'Looking for its histogram…'
      : `No histogram of ${sources.map(({ name }) => name).join(', ')} measures it`
    return { ...item, why, run: () => say(`${why}.`, { tone: 'warn' }) }
  }
  const queries = servicePanels(found)
  return {
    ...item,
    why: `service.name = ${found.label}, ${found.family.metric}`,
    query: queries.join('\n'),
    run: () =>
      go(
        hrefOfMetrics({
          panels: queries.map((query) => ({ view: 'auto' as const, source: found.source.id, query })),
          range: { from: Math.floor(startMs - aroundMs), to: Math.ceil(endMs + aroundMs) },
        }),
      ),
  }
}

import type { Source } from '#shared/api/contract'
import { servicePanels } from '#shared/correlate/service-panels'
import { hrefOfConnections } from '../state/connections-location'
import { nowOf } from '../state/held-time'
import { useGo } from '../state/location'
import { useMeasure } from '../state/metric-facts'
import { hrefOfMetrics } from '../state/metrics-location'
import { hrefOfServicePage } from '../state/service-location'
import { useMetricSources } from '../state/sources'
import { say } from '../ui/status-message'
import type { PivotItem } from './pivot-list'

/** Metrics are looked at so long before and after what led to them. */
const aroundMs = 15 * 60_000

interface ServiceMetrics {
  /** Undefined where there is no service. */
  readonly metrics: PivotItem | undefined
  /** To single requests on the chart of its durations; undefined until its histogram is found. */
  readonly exemplars: PivotItem | undefined
}

/** The pivots to a service's own metrics around a moment; with a name, to all that it uses besides, and the moment is marked there. */
export function useServiceMetrics(
  service: string | undefined,
  { startMs, endMs, name }: { readonly startMs: number; readonly endMs: number; readonly name?: string },
): ServiceMetrics {
  const go = useGo()
  const sources = useMetricSources()
  const { found, isAsking } = useMeasure(sources, service, endMs)
  if (service === undefined) return { metrics: undefined, exemplars: undefined }
  const item = {
    id: 'metrics',
    to: 'metric',
    icon: 'metrics',
    title: `${service} rate, errors, duration`,
    keys: 'M',
  } as const
  if (sources.length === 0)
    return only({
      ...item,
      why: 'No source of metrics is connected: connect one',
      run: () => go(hrefOfConnections({ isNew: true })),
    })
  if (!found) {
    const why = isAsking
      ? 'Looking for its histogram…'
      : `No histogram of ${sources.map(({ name }) => name).join(', ')} measures it`
    return only({ ...item, why, run: () => say(`${why}.`, { tone: 'warn' }) })
  }
  const queries = servicePanels(found)
  const why = `service.name = ${found.label}, ${found.family.metric}`
  const source = sources.find(({ id }) => id === found.source.id)
  const charts = (asked: readonly string[]) => ({
    query: asked.join('\n'),
    run: () =>
      go(
        hrefOfMetrics({
          panels: asked.map((query) => ({ view: 'auto' as const, source: found.source.id, query })),
          range: rangeAround(startMs, endMs, source),
        }),
      ),
  })
  const marked = name !== undefined && {
    title: `${service} rate, errors, duration, and what it uses`,
    run: () =>
      go(
        hrefOfServicePage(service, {
          source: found.source.id,
          range: rangeAround(startMs, endMs, source),
          mark: { startMs, endMs, name },
        }),
      ),
  }
  return {
    metrics: { ...item, why, ...charts(queries), ...marked },
    exemplars: {
      id: 'exemplars',
      to: 'metric',
      icon: 'exemplar',
      title: 'Its exemplars',
      why: 'on the chart of its durations',
      keys: 'E',
      ...charts(queries.slice(0, 1)),
    },
  }
}

/** What has not happened yet is left out: it would stand there as silence. */
function rangeAround(startMs: number, endMs: number, source: Source | undefined) {
  const latest = Math.max(endMs, nowOf(source, Date.now()))
  return { from: Math.floor(startMs - aroundMs), to: Math.ceil(Math.min(endMs + aroundMs, latest)) }
}

const only = (metrics: PivotItem): ServiceMetrics => ({ metrics, exemplars: undefined })

/** Where a call between two services leads: to its traces, the failed and the slow ones, the callee's metrics, the lines of both ends. */
import { selectServices } from '#shared/correlate/log-facts'
import type { MapEdge, NodeKind } from '#shared/map/graph'
import { tracesOfCall } from '#shared/map/call-traces'
import type { PivotItem } from '../pivots/pivot-list'
import { useServiceMetrics } from '../pivots/use-service-metrics'
import { useGo } from '../state/location'
import { useLogFacts } from '../state/log-facts'
import { hrefOfLogs } from '../state/log-location'
import { hrefOfSearch } from '../state/search-location'
import { useLogSources, useTraceSources } from '../state/sources'
import { errorText, secondsText } from './figure-text'

export function useEdgePivots(
  edge: MapEdge,
  kind: NodeKind,
  window: { readonly startMs: number; readonly endMs: number },
): readonly PivotItem[] {
  const { parent, child, figures } = edge
  const go = useGo()
  const traceSources = useTraceSources()
  const logSources = useLogSources()
  const [facts] = useLogFacts(logSources)
  const { metrics } = useServiceMetrics(kind === 'service' ? child : parent, window)
  const range = { from: Math.floor(window.startMs), to: Math.ceil(window.endMs) }
  const traces = tracesOfCall(edge, kind)
  const trace = (
    id: string,
    title: string,
    { traceql, ...form }: (typeof traces)['all'],
    why: string,
    keys?: string,
    note?: string,
  ): PivotItem => ({
    id,
    to: 'trace',
    icon: id === 'failed' ? 'error' : 'traces',
    title,
    why,
    query: traceql,
    keys,
    note,
    run: () => go(hrefOfSearch({ ...form, traceql, askOthers: true, range })),
  })
  const items: PivotItem[] = []
  if (traceSources.length > 0) {
    const words = kind === 'service' ? 'caller and callee' : `${parent} only: ${child} sends no spans`
    items.push(trace('all', 'Traces through this call', traces.all, words, 'T'))
    if ((figures.errors ?? 0) > 0)
      items.push(trace('failed', 'Those that failed', traces.failed, words, 'Shift+T', errorText(figures)))
    if (figures.p95 !== undefined)
      items.push(
        trace('slow', 'The slowest', traces.slow, `longer than its p95, ${secondsText(figures.p95)}`, 'S'),
      )
  }
  const [source] = logSources
  if (source && facts) {
    const ends = kind === 'service' ? [parent, child] : [parent]
    const [{ selector, why }] = selectServices(facts, ends)
    items.push({
      id: 'logs',
      to: 'log',
      icon: 'logs',
      title: kind === 'service' ? 'Lines of both ends' : `Lines of ${parent}`,
      why,
      query: selector,
      keys: 'L',
      run: () => go(hrefOfLogs({ source: source.id, query: selector, range, of: ends })),
    })
  }
  if (metrics) items.push(metrics)
  return items
}

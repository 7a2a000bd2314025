/** Where a call between two services leads: to its traces, the failed and the slow ones, the callee's metrics, the lines of both ends. */
import { selectServices } from '#shared/correlate/log-facts'
import type { MapEdge } from '#shared/map/graph'
import { tellerOfCall, tracesOfCall, type EndKinds } from '#shared/map/call-traces'
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
  ends: EndKinds,
  window: { readonly startMs: number; readonly endMs: number },
): readonly PivotItem[] {
  const { parent, child, figures } = edge
  const go = useGo()
  const traceSources = useTraceSources()
  const logSources = useLogSources()
  const [facts] = useLogFacts(logSources)
  const { metrics } = useServiceMetrics(tellerOfCall(edge, ends), window)
  const range = { from: Math.floor(window.startMs), to: Math.ceil(window.endMs) }
  const traces = tracesOfCall(edge, ends)
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
  // Those of the two that send spans and lines.
  const senders = [
    ends.parentKind === 'queue' ? [] : parent,
    ends.childKind === 'service' ? child : [],
  ].flat()
  const items: PivotItem[] = []
  if (traceSources.length > 0) {
    const words =
      senders.length === 2
        ? 'caller and callee'
        : `${senders[0]} only: ${senders[0] === parent ? child : parent} sends no spans`
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
    const [{ selector, why }] = selectServices(facts, senders)
    items.push({
      id: 'logs',
      to: 'log',
      icon: 'logs',
      title: senders.length === 2 ? 'Lines of both ends' : `Lines of ${senders[0]}`,
      why,
      query: selector,
      keys: 'L',
      run: () => go(hrefOfLogs({ source: source.id, query: selector, range, of: senders })),
    })
  }
  if (metrics) items.push(metrics)
  return items
}

/**
 * Where a call between two services leads: to its traces, the failed and the slow ones, the callee's metrics, the lines of both ends; and
 * where what sends no spans itself leads, a database or a queue: to the traces and lines of those that use it.
 */
import type { Source } from '#shared/api/contract'
import { selectServices } from '#shared/correlate/log-facts'
import type { CallFigures, MapEdge, MapNode } from '#shared/map/graph'
import { tellerOfCall, tracesOfBacking, tracesOfCall, type EndKinds } from '#shared/map/call-traces'
import { slowestFirst } from '#shared/trace/summary'
import type { PivotItem } from '../pivots/pivot-list'
import { useServiceMetrics } from '../pivots/use-service-metrics'
import { useGo } from '../state/location'
import { useLogFacts } from '../state/log-facts'
import { hrefOfLogs } from '../state/log-location'
import { hrefOfSearch } from '../state/search-location'
import { useLogSources, useTraceSources } from '../state/sources'
import { errorText, secondsText } from './figure-text'

interface Window {
  readonly startMs: number
  readonly endMs: number
}

export function useEdgePivots(edge: MapEdge, ends: EndKinds, window: Window): readonly PivotItem[] {
  const { parent, child, figures } = edge
  // Those of the two that send spans and lines.
  const senders = [
    ends.parentKind === 'queue' ? [] : parent,
    ends.childKind === 'service' ? child : [],
  ].flat()
  const isBoth = senders.length === 2
  const other = senders[0] === parent ? child : parent
  const traceSources = useTraceSources()
  const { metrics } = useServiceMetrics(tellerOfCall(edge, ends), window)
  const items = useWays({
    title: 'Traces through this call',
    why: isBoth ? directWords(traceSources) : `${senders[0]} only: ${other} sends no spans`,
    traces: tracesOfCall(edge, ends),
    figures,
    senders,
    lines: isBoth ? 'Lines of both ends' : `Lines of ${senders[0]}`,
    window,
  })
  return metrics ? [...items, metrics] : items
}

/** A form asks for services that are in a trace, not for who calls whom there. */
function directWords(sources: readonly Source[]): string {
  const forms = sources.filter(({ capabilities }) => !capabilities.traceql).map(({ name }) => name)
  return forms.length === 0 ? 'called directly' : `called directly; of ${forms.join(', ')} all with both`
}

/** `users`: the services that call it, or take from it. */
export function useBackingPivots(
  node: MapNode,
  users: readonly string[],
  window: Window,
): readonly PivotItem[] {
  return useWays({
    title: `Traces that use ${node.name}`,
    why: `by the spans of ${users.join(', ')}`,
    traces: tracesOfBacking(node, users[0] ?? ''),
    figures: node.figures,
    senders: users,
    lines: `Lines of ${users.join(', ')}`,
    window,
  })
}

interface Ways {
  readonly title: string
  readonly why: string
  readonly traces: ReturnType<typeof tracesOfCall>
  readonly figures: CallFigures
  readonly senders: readonly string[]
  readonly lines: string
  readonly window: Window
}

function useWays({ title: all, why: words, traces, figures, senders, lines, window }: Ways): PivotItem[] {
  const go = useGo()
  const traceSources = useTraceSources()
  const logSources = useLogSources()
  const [facts] = useLogFacts(logSources)
  const range = { from: Math.floor(window.startMs), to: Math.ceil(window.endMs) }
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
    run: () =>
      go(
        hrefOfSearch({
          ...form,
          traceql,
          askOthers: true,
          range,
          isLed: true,
          ...(id === 'slow' && { sort: slowestFirst }),
        }),
      ),
  })
  const items: PivotItem[] = []
  if (traceSources.length > 0) {
    items.push(trace('all', all, traces.all, words, 'T'))
    // Who does not count them may hold some.
    if (figures.errors !== 0)
      items.push(trace('failed', 'Those that failed', traces.failed, words, 'Shift+T', errorText(figures)))
    const slow = figures.p95 === undefined ? words : `longer than its p95, ${secondsText(figures.p95)}`
    items.push(trace('slow', 'The slowest', traces.slow, slow, 'S'))
  }
  const [source] = logSources
  if (source && facts && senders.length > 0) {
    const [{ selector, why }] = selectServices(facts, senders)
    items.push({
      id: 'logs',
      to: 'log',
      icon: 'logs',
      title: lines,
      why,
      query: selector,
      keys: 'L',
      run: () => go(hrefOfLogs({ source: source.id, query: selector, range, of: senders })),
    })
  }
  return items
}

/** Where a service leads, wherever it is named: to its traces, lines, metrics, and its place among those it calls and that call it. */
import { linesOfService } from '#shared/correlate/log-queries'
import { namingQuery } from '#shared/correlate/instance-lines'
import { tracesOfRegion } from '#shared/correlate/trace-questions'
import { slowestFirst } from '#shared/trace/summary'
import { useGo } from '../state/location'
import { useLogFacts } from '../state/log-facts'
import { hrefOfLogs } from '../state/log-location'
import type { SearchLocation } from '../state/search-location'
import { useLogSources, useTraceSources } from '../state/sources'
import { sourcesToAsk, useHolders } from '../state/trace-facts'
import { goToInstanceLines } from './go-to-instance-lines'
import type { PivotItem } from './pivot-list'
import { searchOf } from './trace-search'
import { useMapPivot } from './use-map-pivot'
import { useServiceMetrics } from './use-service-metrics'

/** A part of a service: one of its operations, or one of its instances. */
export interface ServicePart {
  readonly name: string
  /** The name of its spans. */
  readonly operation?: string
  /** The attribute by which its spans name the instance. */
  readonly instance?: string
  readonly onMetrics: () => void
}

export interface FollowedService {
  readonly service: string
  readonly startMs: number
  readonly endMs: number
  /** Undefined for all of the service. */
  readonly part?: ServicePart | undefined
}

/** The pivots of a service, or of a part of it; what has to be asked for them is asked once `isNear`. */
export function useServicePivots(
  { service, startMs, endMs, part }: FollowedService,
  isNear: boolean,
): readonly PivotItem[] {
  const go = useGo()
  const traceSources = useTraceSources()
  const holders = useHolders()
  const logSources = useLogSources()
  const [facts] = useLogFacts(isNear ? logSources : [])
  const { metrics, exemplars } = useServiceMetrics(isNear && part === undefined ? service : undefined, {
    startMs,
    endMs,
  })
  // Operations and instances have no place of their own there.
  const onMap = useMapPivot(part ? undefined : service, { startMs, endMs })
  const { instance } = part ?? {}
  const traces = (isErrors: boolean, sort?: SearchLocation['sort']) => {
    const { href, query } = searchOf(
      {
        ...tracesOfRegion(service, { startMs, endMs, leastSeconds: undefined, isErrors }),
        operation: part?.operation ?? '',
      },
      {
        tags: part && instance !== undefined ? [{ key: instance, value: part.name }] : [],
        sources: sourcesToAsk(holders(service), traceSources),
        ...(sort && { sort }),
      },
    )
    return { query, run: () => go(href) }
  }
  const items: PivotItem[] = []
  if (traceSources.length > 0) {
    const item = { to: 'trace', why: '' } as const
    items.push(
      { ...item, id: 'traces', icon: 'traces', title: 'Its traces', keys: 'T', ...traces(false) },
      { ...item, id: 'failed', icon: 'error', title: 'Its failed traces', keys: 'Shift+T', ...traces(true) },
      {
        ...item,
        id: 'slow',
        icon: 'traces',
        title: 'Its slowest traces',
        keys: 'S',
        ...traces(false, slowestFirst),
      },
    )
  }
  const [source] = logSources
  if (source && facts) {
    const asked = linesOfService(service, { startMs, endMs }, facts)
    const range = { from: Math.floor(startMs), to: Math.ceil(endMs) }
    items.push({
      id: 'logs',
      to: 'log',
      icon: 'logs',
      // Lines do not name operations.
      title: part?.operation === undefined ? 'Its logs' : `Logs of ${service}`,
      why: instance === undefined ? asked.why : `${asked.why}, and by what its lines call the instance`,
      query: part && instance !== undefined ? namingQuery(asked.query, part.name) : asked.query,
      keys: 'L',
      run: () => {
        const show = (query: string, name = '') =>
          go(hrefOfLogs({ source: source.id, query, range, of: [service], instance: name }))
        if (part && instance !== undefined)
          void goToInstanceLines(source, asked, part.name, (query) => show(query, part.name))
        else show(asked.query)
      },
    })
  }
  const measured = { to: 'metric', icon: 'metrics', title: 'Its rate, errors, duration', keys: 'M' } as const
  if (part) items.push({ ...measured, id: 'metrics', why: '', run: part.onMetrics })
  else if (metrics) items.push({ ...metrics, title: measured.title })
  if (exemplars) items.push(exemplars)
  if (onMap) items.push(onMap)
  return items
}

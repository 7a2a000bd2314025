import { useState } from 'react'
import { linesOfService } from '#shared/correlate/log-queries'
import { withFilter } from '#shared/query/logql/query'
import { tracesOfRegion } from '#shared/correlate/trace-questions'
import { useGo } from '../state/location'
import { useLogFacts } from '../state/log-facts'
import { hrefOfLogs } from '../state/log-location'
import { hrefOfSearch } from '../state/search-location'
import { useLogSources, useTraceSources } from '../state/sources'
import { MenuButton, type MenuEntry } from '../ui/menu'
import { useServiceMetrics } from './use-service-metrics'

/** A part of a service: one of its operations, or one of its instances. */
export interface ServicePart {
  readonly name: string
  /** The name of its spans. */
  readonly operation?: string
  /** An attribute that all its spans have, and the field its lines have it in. */
  readonly instance?: { readonly attribute: string; readonly field: string }
  readonly onMetrics: () => void
}

interface Props {
  readonly service: string
  readonly startMs: number
  readonly endMs: number
  /** Undefined for all of the service. */
  readonly part?: ServicePart | undefined
}

/** Where a service leads, wherever it is named: to its traces, those that failed, its lines and its metrics of that time; or where a part of it does. */
export function FollowService({ service, startMs, endMs, part }: Props) {
  const go = useGo()
  const traceSources = useTraceSources()
  const logSources = useLogSources()
  // A page may name a hundred services: nothing is asked until one is about to be followed.
  const [isNear, setNear] = useState(false)
  const [facts] = useLogFacts(isNear ? logSources : [])
  const metrics = useServiceMetrics(isNear && part === undefined ? service : undefined, { startMs, endMs })
  const tracesOf = (isErrors: boolean) => () => {
    const {
      startMs: from,
      endMs: to,
      ...asked
    } = tracesOfRegion(service, {
      startMs,
      endMs,
      leastSeconds: undefined,
      isErrors,
    })
    const { instance } = part ?? {}
    go(
      hrefOfSearch({
        ...asked,
        operation: part?.operation ?? '',
        tags: part && instance ? [{ key: instance.attribute, value: part.name }] : [],
        range: { from: Math.floor(from), to: Math.ceil(to) },
      }),
    )
  }
  const entries: MenuEntry[] = []
  if (traceSources.length > 0)
    entries.push(
      { id: 'traces', label: 'Its traces', icon: 'traces', run: tracesOf(false) },
      { id: 'failed', label: 'Its failed traces', icon: 'error', run: tracesOf(true) },
    )
  const [source] = logSources
  if (source && facts) {
    const asked = linesOfService(service, { startMs, endMs }, facts)
    const { instance } = part ?? {}
    const query =
      part && instance
        ? withFilter(asked.query, { kind: 'metadata', name: instance.field, value: part.name }, true)
        : asked.query
    entries.push({
      id: 'logs',
      // Lines do not name operations.
      label: part?.operation === undefined ? 'Its logs' : `Logs of ${service}`,
      icon: 'logs',
      note: asked.why,
      run: () =>
        go(
          hrefOfLogs({
            source: source.id,
            query,
            range: { from: Math.floor(startMs), to: Math.ceil(endMs) },
          }),
        ),
    })
  }
  const toMetrics = part?.onMetrics ?? metrics?.run
  if (toMetrics)
    entries.push({
      id: 'metrics',
      label: 'Its rate, errors, duration',
      icon: 'metrics',
      run: toMetrics,
    })
  return (
    <span onPointerEnter={() => setNear(true)} onFocus={() => setNear(true)}>
      <MenuButton label={`Follow ${part?.name ?? service}`} icon="branch" look="ghost" entries={entries} />
    </span>
  )
}

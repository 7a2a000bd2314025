import { useState } from 'react'
import { linesOfService } from '#shared/correlate/log-queries'
import { tracesOfRegion } from '#shared/correlate/trace-questions'
import { useGo } from '../state/location'
import { useLogFacts } from '../state/log-facts'
import { hrefOfLogs } from '../state/log-location'
import { hrefOfSearch } from '../state/search-location'
import { useLogSources, useTraceSources } from '../state/sources'
import { MenuButton, type MenuEntry } from '../ui/menu'
import { useServiceMetrics } from './use-service-metrics'

interface Props {
  readonly service: string
  readonly startMs: number
  readonly endMs: number
}

/** Where a service leads, wherever it is named: to its traces, those that failed, its lines and its metrics of that time. */
export function FollowService({ service, startMs, endMs }: Props) {
  const go = useGo()
  const traceSources = useTraceSources()
  const logSources = useLogSources()
  // A page may name a hundred services: nothing is asked until one is about to be followed.
  const [isNear, setNear] = useState(false)
  const [facts] = useLogFacts(isNear ? logSources : [])
  const metrics = useServiceMetrics(isNear ? service : undefined, { startMs, endMs })
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
    go(hrefOfSearch({ ...asked, range: { from: Math.floor(from), to: Math.ceil(to) } }))
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
    entries.push({
      id: 'logs',
      label: 'Its logs',
      icon: 'logs',
      note: asked.why,
      run: () =>
        go(
          hrefOfLogs({
            source: source.id,
            query: asked.query,
            range: { from: Math.floor(startMs), to: Math.ceil(endMs) },
          }),
        ),
    })
  }
  if (metrics)
    entries.push({
      id: 'metrics',
      label: 'Its rate, errors, duration',
      icon: 'metrics',
      run: metrics.run,
    })
  return (
    <span onPointerEnter={() => setNear(true)} onFocus={() => setNear(true)}>
      <MenuButton label={`Follow ${service}`} icon="branch" look="ghost" entries={entries} />
    </span>
  )
}

import { useCallback } from 'react'
import { servicePanels } from '#shared/correlate/service-panels'
import type { TimeRange } from '#shared/derive/time-range'
import { useGo } from '../state/location'
import { hrefOfMetrics } from '../state/metrics-location'
import type { PartRow } from '../state/service-parts'
import { FollowService } from '../pivots/follow-service'
import type { ServicePart } from '../pivots/use-service-pivots'
import { FigureTable } from './figure-table'

interface Props {
  readonly kind: 'operation' | 'instance'
  readonly service: string
  readonly source: string
  readonly rows: readonly PartRow[]
  readonly range: TimeRange
  readonly window: { readonly startMs: number; readonly endMs: number }
}

/** What spans call an instance that metrics call by one of these labels; by any other, OpenTelemetry's own name. */
const instanceNames: Readonly<Record<string, string>> = {
  pod: 'k8s.pod.name',
  k8s_pod_name: 'k8s.pod.name',
  host_name: 'host.name',
}
const usualInstance = 'service.instance.id'

/** Operations or instances of a service, the busiest first; each leads to its traces, lines and charts. */
export function ServicePartsTable({ kind, service, source, rows, range, window }: Props) {
  const go = useGo()
  const partOf = useCallback(
    ({ name, labels, measure, matcher }: PartRow): ServicePart | undefined => {
      const onMetrics = () =>
        go(
          hrefOfMetrics({
            panels: servicePanels(measure, matcher).map((query) => ({
              view: 'auto' as const,
              source,
              query,
            })),
            range,
          }),
        )
      if (matcher === '') return undefined
      if (kind === 'operation') return { name, operation: name, onMetrics }
      const [label] = Object.keys(labels)
      return { name, instance: instanceNames[label] ?? usualInstance, onMetrics }
    },
    [kind, source, range, go],
  )
  return (
    <FigureTable
      label={kind === 'operation' ? 'Operations' : 'Instances'}
      heading={kind === 'operation' ? 'Operation' : 'Instance'}
      rows={rows}
      renderName={({ name, matcher }) => (
        <span className={matcher === '' ? 't2 cut' : 'm cut'} title={name}>
          {name}
        </span>
      )}
      renderFollow={(row) => <FollowService service={service} part={partOf(row)} {...window} />}
    />
  )
}

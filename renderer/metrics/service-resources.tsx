import { useState } from 'react'
import type { Source } from '#shared/api/contract'
import type { TimeZone } from '#shared/derive/clock-times'
import type { ExemplarDot } from '#shared/metrics/exemplar-dots'
import { unitOfMetric } from '#shared/metrics/unit'
import { valueText } from '#shared/metrics/value-text'
import type { ChartMark } from '../state/chart-mark'
import type { PanelPlace } from '../state/metrics-location'
import type { ResourceChart, ServiceResource } from '../state/service-resources'
import { Panel } from './panel'
import styles from './service-page.module.css'

interface Props {
  readonly resources: readonly ServiceResource[]
  readonly source: Source
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly zone: TimeZone
  readonly mark: ChartMark | undefined
  readonly onOpen: (panel: PanelPlace) => void
  readonly onZoom: (startMs: number, endMs: number) => void
  readonly onUndoZoom: (() => void) | undefined
  readonly onExemplar: (dot: ExemplarDot, inNewTab: boolean) => void
}

const groupWords = {
  pool: 'Connection pool',
  queue: 'Queue',
  runtime: 'Runtime',
  container: 'Container',
} as const

const nameOf = ({ group, item }: ServiceResource): string => {
  if (item !== '') return `${groupWords[group]} ${item}`
  return group === 'queue' ? 'Requests' : groupWords[group]
}

const signWords = { utilisation: 'Utilisation', saturation: 'Saturation', errors: 'Errors' } as const

/** Charts cost a question each; a service may have a pool for each of its tenants. */
const mostItems = 12

function titleOf({ sign, title, metric, limit }: ResourceChart): string {
  const most =
    limit === undefined
      ? ''
      : `, ${valueText(limit, unitOfMetric(metric.replace(/seconds_total$/, ''), undefined))} at most`
  return `${signWords[sign]}: ${title}${most}`
}

/** The pools, queues, runtime and container of a service: how full, how much waits, what failed, each against what there is. */
export function ServiceResources({ resources, source, window, zone, onOpen, ...rest }: Props) {
  const [isAll, setAll] = useState(false)
  return (
    <>
      {resources.slice(0, isAll ? undefined : mostItems).map((resource) => {
        const name = nameOf(resource)
        return (
          <section key={name} aria-label={name} className={styles.resource}>
            <h3>{name}</h3>
            <div className={styles.charts}>
              {resource.charts.map((chart) => {
                const panel: PanelPlace =
                  chart.limit === undefined
                    ? { view: 'lines', source: source.id, query: chart.query }
                    : { view: 'threshold', source: source.id, query: `${chart.query} > ${chart.limit}` }
                return (
                  <Panel
                    key={chart.metric}
                    title={titleOf(chart)}
                    panel={panel}
                    source={source}
                    window={window}
                    zone={zone}
                    onSelect={() => onOpen(panel)}
                    {...rest}
                  />
                )
              })}
            </div>
          </section>
        )
      })}
      {!isAll && resources.length > mostItems && (
        <button type="button" className="btn" onClick={() => setAll(true)}>
          Show {resources.length - mostItems} more
        </button>
      )}
    </>
  )
}

import { useMemo } from 'react'
import type { MetricSeries } from '#shared/api/metrics'
import type { TimeZone } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { frameOf } from '#shared/metrics/frame'
import { seriesNames } from '#shared/metrics/series-names'
import { type AskedWindow, stepText } from '#shared/metrics/step'
import { noUnit } from '#shared/metrics/unit'
import { valueText } from '#shared/metrics/value-text'
import { chartColors } from '../chart/chart-colors'
import { Legend } from '../chart/legend'
import { TimeChart } from '../chart/time-chart'
import { useSeriesLines } from '../chart/use-series-lines'
import { useThemeColors } from '../ui/theme-colors'
import styles from './metric-chart.module.css'

interface Props {
  readonly query: string
  readonly series: readonly MetricSeries[]
  readonly window: AskedWindow
  readonly zone: TimeZone
  readonly onZoom: (startMs: number, endMs: number) => void
  readonly onUndoZoom: (() => void) | undefined
}

const format = (value: number): string => valueText(value, noUnit)

/** What a metric query over logs answers, as lines over time with their names below, and as a table for who does not see them. */
export function MetricChart({ query, series, window, zone, onZoom, onUndoZoom }: Props) {
  const colors = useThemeColors(chartColors)
  const frame = useMemo(() => frameOf(series, window), [series, window])
  const names = useMemo(() => seriesNames(series.map(({ labels }) => labels)), [series])
  const { hidden, linesOf, shownOf, toggle } = useSeriesLines(frame, names)
  return (
    <div className={styles.box}>
      <p className="t3 small">
        {countOf(series.length, 'series', 'series')}, a point each {stepText(window.stepMs)}
      </p>
      <TimeChart
        label={query}
        summary={`${countOf(series.length, 'line')}; the table after it has their latest values.`}
        times={frame.times}
        lines={shownOf}
        window={window}
        zone={zone}
        format={format}
        isFilled={series.length === 1}
        onZoom={onZoom}
        onUndoZoom={onUndoZoom}
      />
      <Legend times={frame.times} lines={linesOf(colors)} hidden={hidden} onToggle={toggle} format={format} />
      <table className="sr">
        <caption>Latest values</caption>
        <tbody>
          {series.map(({ values }, index) => (
            <tr key={names[index]}>
              <th scope="row">{names[index]}</th>
              <td>{String(values.at(-1) ?? '')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

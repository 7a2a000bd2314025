import { useCallback, useMemo, useState } from 'react'
import type { MetricSeries } from '#shared/api/metrics'
import type { TimeZone } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { frameOf } from '#shared/metrics/frame'
import { seriesNames } from '#shared/metrics/series-names'
import { type AskedWindow, stepText } from '#shared/metrics/step'
import { noUnit } from '#shared/metrics/unit'
import { valueText } from '#shared/metrics/value-text'
import { chartColors, type ChartColors, lookOf } from '../chart/chart-colors'
import { Legend } from '../chart/legend'
import type { ChartLine } from '../chart/plot-options'
import { TimeChart } from '../chart/time-chart'
import { useThemeColors } from '../ui/theme-colors'
import styles from './metric-chart.module.css'

interface Props {
  readonly query: string
  readonly series: readonly MetricSeries[]
  readonly window: AskedWindow
  readonly zone: TimeZone
  readonly onZoom: (startMs: number, endMs: number) => void
}

const none: ReadonlySet<number> = new Set()
const format = (value: number): string => valueText(value, noUnit)

/** What a metric query over logs answers, as lines over time with their names below, and as a table for who does not see them. */
export function MetricChart({ query, series, window, zone, onZoom }: Props) {
  const colors = useThemeColors(chartColors)
  const [hidden, setHidden] = useState(none)
  const frame = useMemo(() => frameOf(series, window), [series, window])
  const names = useMemo(() => seriesNames(series.map(({ labels }) => labels)), [series])
  const given = useCallback(
    (of: ChartColors): readonly ChartLine[] =>
      frame.columns.map((points, index) => {
        const { token, dash } = lookOf(index, frame.columns.length)
        return { name: names[index], color: of[token], dash, points }
      }),
    [frame, names],
  )
  const drawn = useCallback(
    (of: ChartColors) => given(of).filter((_, index) => !hidden.has(index)),
    [given, hidden],
  )
  const toggle = (index: number, alone: boolean): void =>
    setHidden((now) => {
      const others = frame.columns.map((_, at) => at).filter((at) => at !== index)
      if (alone) return !now.has(index) && now.size === others.length ? none : new Set(others)
      return now.has(index) ? new Set([...now].filter((at) => at !== index)) : new Set([...now, index])
    })
  return (
    <div className={styles.box}>
      <p className="t3 small">
        {countOf(series.length, 'series', 'series')}, a point each {stepText(window.stepMs)}
      </p>
      <TimeChart
        label={query}
        summary={`${countOf(series.length, 'line')}; the table after it has their latest values.`}
        times={frame.times}
        lines={drawn}
        window={window}
        zone={zone}
        format={format}
        isFilled={series.length === 1}
        onZoom={onZoom}
      />
      <Legend times={frame.times} lines={given(colors)} hidden={hidden} onToggle={toggle} format={format} />
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

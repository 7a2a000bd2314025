import { useMemo } from 'react'
import type { MetricSeries } from '#shared/api/metrics'
import { numberOf } from '#shared/metrics/frame'
import { latestOf } from '#shared/metrics/latest'
import { fullName } from '#shared/metrics/series-names'
import styles from './metrics.module.css'

interface Props {
  readonly label: string
  readonly series: readonly MetricSeries[]
  readonly format: (value: number) => string
}

/** More rows than this freeze the page, and nobody reads them. */
const mostRows = 1_000

interface Row {
  readonly name: string
  readonly last: number
  readonly latest: string
  readonly least: number
  readonly most: number
  readonly mean: number
  readonly count: number
}

function rowOf(series: MetricSeries, format: Props['format']): Row {
  const { labels, values, histograms } = series
  const numbers = values.map(numberOf)
  const finite = numbers.filter(Number.isFinite)
  return {
    name: fullName(labels),
    last: numbers.at(-1) ?? Number.NaN,
    latest: latestOf(series, format)?.text ?? '–',
    least: finite.reduce((one, other) => Math.min(one, other), Infinity),
    most: finite.reduce((one, other) => Math.max(one, other), -Infinity),
    mean: finite.reduce((sum, value) => sum + value, 0) / finite.length,
    count: numbers.length + histograms.length,
  }
}

/** Every series of an answer with its latest, smallest, largest and mean value over the window, the largest latest first. */
export function PanelTable({ label, series, format }: Props) {
  const rows = useMemo(
    () =>
      series.map((one) => rowOf(one, format)).toSorted((one, other) => (other.last || 0) - (one.last || 0)),
    [series, format],
  )
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard
    <div className={styles.table} tabIndex={0} role="region" aria-label={`Table of ${label}`}>
      <table className="tbl">
        <thead>
          <tr>
            <th scope="col">Series</th>
            {['Latest', 'Least', 'Most', 'Mean', 'Points'].map((figure) => (
              <th key={figure} scope="col" className="num">
                {figure}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((row, index) => (
            <tr key={row.name + String(index)}>
              <td title={row.name}>{row.name}</td>
              <td className="num">{row.latest}</td>
              <td className="num">{row.least === Infinity ? '–' : format(row.least)}</td>
              <td className="num">{row.most === -Infinity ? '–' : format(row.most)}</td>
              <td className="num">{Number.isNaN(row.mean) ? '–' : format(row.mean)}</td>
              <td className="num">{row.count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows && (
        <p className={styles.hint}>
          The {mostRows} largest of {rows.length} series are shown.
        </p>
      )}
    </div>
  )
}

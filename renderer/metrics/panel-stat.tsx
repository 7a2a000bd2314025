import type { MetricSeries } from '#shared/api/metrics'
import type { Frame } from '#shared/metrics/frame'
import { latestOf } from '#shared/metrics/latest'
import styles from './metrics.module.css'

interface Props {
  readonly series: readonly MetricSeries[]
  readonly names: readonly string[]
  readonly frame: Frame
  readonly format: (value: number) => string
}

/** So many fit into a panel; the table has them all. */
const mostShown = 12

/** The latest value of each series, large; one that ended before the window did says so. */
export function PanelStat({ series, names, frame, format }: Props) {
  const last = frame.times.at(-1) ?? 0
  const step = frame.times.length > 1 ? frame.times[1] - frame.times[0] : 0
  return (
    <dl className={styles.stats}>
      {series.slice(0, mostShown).map((one, index) => {
        const latest = latestOf(one, format)
        const hasEnded = (latest?.time ?? 0) < last - step / 2
        return (
          <div key={names[index] + String(index)}>
            <dt className="cut t2" title={names[index]}>
              {names[index]}
            </dt>
            <dd className={styles.figure}>
              {latest?.text ?? '–'}
              {hasEnded && <span className="tag wrn">no longer there</span>}
            </dd>
          </div>
        )
      })}
      {series.length > mostShown && <p className="t3">and {series.length - mostShown} more in the table</p>}
    </dl>
  )
}

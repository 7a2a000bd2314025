import { formatCount } from '#shared/derive/quantities'
import type { Weights } from '../state/cardinality'
import styles from './cardinality.module.css'

interface Props extends Pick<Weights, 'status' | 'metrics'> {
  readonly selected: string
  readonly onSelect: (metric: string) => void
}

const change = (now: number, before: number | undefined): string => {
  if (before === undefined) return '–'
  return now === before ? '0' : `${now > before ? '+' : '−'}${formatCount(Math.abs(now - before))}`
}

/** Half as many again within an hour or a day will not end well. */
const isGrowing = (now: number, before: number | undefined): boolean =>
  before !== undefined && before > 0 && now > before * 1.5

/** Metrics by how many series they hold: in the server's memory, now, and against an hour and a day ago. */
export function MetricWeights({ status, metrics, selected, onSelect }: Props) {
  const largest = Math.max(1, ...metrics.map(({ held, now }) => held ?? now))
  return (
    <table className={`tbl ${styles.table}`} aria-label="Metrics">
      <thead>
        <tr>
          <th scope="col">Metric</th>
          {status && (
            <th scope="col" className="num">
              In memory
            </th>
          )}
          <th scope="col" className="num">
            Series now
          </th>
          <th scope="col" className="num">
            In an hour
          </th>
          <th scope="col" className="num">
            In a day
          </th>
        </tr>
      </thead>
      <tbody>
        {metrics.map(({ name, held, now, hourAgo, dayAgo }) => (
          <tr key={name} aria-current={name === selected || undefined}>
            {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- the button in it has one */}
            <td>
              <button type="button" className={styles.metric} onClick={() => onSelect(name)}>
                <span className="mono cut">{name}</span>
                <i
                  aria-hidden="true"
                  className={styles.bar}
                  style={{ width: `${((held ?? now) / largest) * 100}%` }}
                />
              </button>
            </td>
            {status && <td className="num">{held === undefined ? '–' : formatCount(held)}</td>}
            <td className="num">{formatCount(now)}</td>
            <td className={isGrowing(now, hourAgo) ? 'num wrn' : 'num t3'}>{change(now, hourAgo)}</td>
            <td className={isGrowing(now, dayAgo) ? 'num wrn' : 'num t3'}>{change(now, dayAgo)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

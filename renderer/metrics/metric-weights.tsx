import { formatCount } from '#shared/derive/quantities'
import type { Weights } from '../state/cardinality'
import styles from './cardinality.module.css'

interface Props extends Weights {
  readonly selected: string
  readonly onSelect: (metric: string) => void
}

const change = (now: number, before: number): string =>
  now === before ? '0' : `${now > before ? '+' : '−'}${formatCount(Math.abs(now - before))}`

/** Half as many again within an hour will not end well. */
const isGrowing = (now: number, before: number): boolean => before > 0 && now > before * 1.5

/** Metrics by how many series they hold: in the server's memory, now, and against an hour ago. */
export function MetricWeights({ status, metrics, selected, onSelect }: Props) {
  const most = metrics.at(0)
  const largest = most?.held ?? most?.now ?? 1
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
        </tr>
      </thead>
      <tbody>
        {metrics.map(({ name, held, now, before }) => (
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
            <td className={isGrowing(now, before) ? 'num wrn' : 'num t3'}>{change(now, before)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

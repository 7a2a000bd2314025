import { formatCount } from '#shared/derive/quantities'
import type { Weights } from '../state/cardinality'
import styles from './cardinality.module.css'

/** Why cells hold a dash, for those that do. */
function reasonsOf(
  source: string,
  { status, metrics }: Pick<Weights, 'status' | 'metrics'>,
): readonly string[] {
  const then = [
    metrics.some(({ hourAgo }) => hourAgo === undefined) ? 'an hour ago' : undefined,
    metrics.some(({ dayAgo }) => dayAgo === undefined) ? 'a day ago' : undefined,
  ].filter((word) => word !== undefined)
  return [
    then.length > 0
      ? `nothing to compare with, for ${source} held no series ${then.join(' and ')}`
      : undefined,
    status && metrics.some(({ held }) => held === undefined)
      ? 'in memory only the largest are told'
      : undefined,
  ].filter((reason) => reason !== undefined)
}

interface Props extends Pick<Weights, 'status' | 'metrics'> {
  /** Name of the source. */
  readonly source: string
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
export function MetricWeights({ source, status, metrics, selected, onSelect }: Props) {
  const largest = Math.max(1, ...metrics.map(({ held, now }) => held ?? now))
  const reasons = reasonsOf(source, { status, metrics })
  return (
    <>
      {reasons.length > 0 && <p className={styles.reason}>–: {reasons.join('; ')}.</p>}
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
    </>
  )
}

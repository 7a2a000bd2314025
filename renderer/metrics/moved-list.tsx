import { Link } from '@tanstack/react-router'
import { formatShortTime, type TimeZone } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { valueText } from '#shared/metrics/value-text'
import type { TimedMove } from '../state/moves'
import { FollowService } from '../pivots/follow-service'
import { Icon, type IconName } from '../ui/icon'
import styles from './overview.module.css'

interface Props {
  readonly moves: readonly TimedMove[]
  readonly zone: TimeZone
  /** The end of the window that is looked at. */
  readonly endMs: number
  /** The series that moved, as a chart. */
  readonly hrefOf: (query: string) => string
}

/** What follows from the first few is told by the table of services. */
const mostShown = 8

/** What moved is seen a step late: what is looked at to explain it begins before, and ends before what came of it hides it. */
const beforeMs = 300_000
const afterMs = 60_000

const icons: Readonly<Record<TimedMove['kind'], IconName>> = {
  version: 'branch',
  pool: 'db',
  queue: 'queue',
  latency: 'wait',
  errors: 'error',
}

function wordsOf(move: TimedMove): readonly [title: string, more: string] {
  if (move.kind === 'version')
    return [
      `${move.service} ${move.before} → ${move.after}`,
      `new version on ${countOf(move.instances, 'instance')}`,
    ]
  const { service, subject, before, after, unit, instance } = move
  const title = `${service} ${valueText(before, unit)} → ${valueText(after, unit)}`
  if (!instance) return [title, subject]
  const { name, value, others, count } = instance
  const rest = count === 1 ? 'on the other' : `at most on its ${count} others`
  return [
    title,
    `one instance: ${subject} ${valueText(value, unit)} on ${name}, ${valueText(others, unit)} ${rest}`,
  ]
}

/** Versions, pools, queues, durations and failures that changed in the window, the first to change first. */
export function MovedList({ moves, zone, endMs, hrefOf }: Props) {
  return (
    <section aria-label="What moved first" className={styles.news}>
      <div className="panel-h">
        <h2>What moved first</h2>
      </div>
      <ol>
        {moves.slice(0, mostShown).map((move) => {
          const [title, more] = wordsOf(move)
          return (
            <li key={`${move.kind} ${move.query}`} className={styles.alert}>
              <Icon name={icons[move.kind]} className={move.kind === 'errors' ? 'err' : 't2'} />
              <Link to={hrefOf(move.query)} className="m cut">
                {title}
              </Link>
              <span className={`${styles.when} t3 small nowrap`}>
                <FollowService
                  service={move.service}
                  startMs={move.atMs - beforeMs}
                  endMs={Math.min(move.atMs + afterMs, endMs)}
                />
                {formatShortTime(move.atMs, zone)}
              </span>
              <span className={`${styles.alertMore} t3 small`} title={more}>
                {more}
              </span>
            </li>
          )
        })}
        {moves.length > mostShown && <li className={styles.rest}>then {moves.length - mostShown} more</li>}
      </ol>
      {moves.length === 0 && (
        <p className={styles.none}>
          No version, pool, queue, duration or share of failures rose in this window.
        </p>
      )}
    </section>
  )
}

import type { ReactNode } from 'react'
import type { ProbeReport } from '#shared/api/contract'
import { formatDuration } from '#shared/derive/durations'
import { countOf } from '#shared/derive/quantities'
import { ErrorNote } from '../ui/error-note'
import { Icon } from '../ui/icon'
import styles from './connections.module.css'

interface Props {
  readonly report: ProbeReport
  /** The settings have changed since it was asked. */
  readonly isOld?: boolean | undefined
  /** The one button beside an error. */
  readonly action?: ReactNode
}

/** Names shown before the rest is counted. */
const namesShown = 8

/** `Jaeger 2.20`. */
const nameOf = (report: ProbeReport): string => [report.product, report.version].filter(Boolean).join(' ')

/** `Jaeger 2.20, v3 (OTLP)`. */
export function productOf(report: ProbeReport): string {
  return [nameOf(report), report.api].filter(Boolean).join(', ')
}

/** `14 services`; empty when it was not said. */
export function seenOf(report: ProbeReport): string {
  return report.seen ? countOf(report.seen.total, report.seen.what.replace(/s$/, ''), report.seen.what) : ''
}

/** A Date header counts whole seconds: less than this is no difference. */
const sameClockMs = 1_500

/** How far the server's clock is from ours, for people. */
export function clockSentence(differenceMs: number): string {
  if (Math.abs(differenceMs) < sameClockMs) return 'in step with this machine'
  const seconds = Math.round(Math.abs(differenceMs) / 1000)
  const size = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
  return `${size} ${differenceMs > 0 ? 'ahead of' : 'behind'} this machine`
}

/** What a test found: the product and what is there, or what is wrong and what to try. */
export function ProbeView({ report, isOld = false, action }: Props) {
  const { seen, clockDifferenceMs } = report
  // A clock that is far off has a sentence of its own among the notes.
  const saysClock = clockDifferenceMs !== undefined && !report.notes.some((note) => note.includes('clock'))
  return (
    <section className={styles.report} aria-label="What the test found">
      {isOld && (
        <p className={styles.noteLine}>
          <Icon name="clock" size="x" className="t3" />
          <span>Before your last change; test again to be sure.</span>
        </p>
      )}
      {report.error ? (
        <ErrorNote error={report.error} action={action} icon="plug" />
      ) : (
        <>
          <p className={styles.found}>
            <Icon name="check" className="okc" />
            <span className="grow">
              <span className="m">{nameOf(report)}</span> answers in{' '}
              {formatDuration(report.roundTripMs * 1e6)}
              {report.api === undefined ? '' : `, with ${report.api}`}.
            </span>
          </p>
          <dl className={styles.facts}>
            {seen && (
              <>
                <dt>{seenOf(report)}</dt>
                <dd>
                  {seen.names.length === 0
                    ? 'none yet: nothing has arrived there'
                    : seen.names.slice(0, namesShown).join(', ')}
                  {seen.total > namesShown && ` and ${seen.total - namesShown} more`}
                </dd>
              </>
            )}
            {saysClock && (
              <>
                <dt>clock</dt>
                <dd className={Math.abs(clockDifferenceMs) < sameClockMs ? undefined : 'wrn'}>
                  {clockSentence(clockDifferenceMs)}
                </dd>
              </>
            )}
          </dl>
        </>
      )}
      {report.notes.map((note) => (
        <p key={note} className={styles.noteLine}>
          <Icon name="warn" size="x" className="wrn" />
          <span>{note}</span>
        </p>
      ))}
    </section>
  )
}

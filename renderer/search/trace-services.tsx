import { aroundPlace } from '#shared/correlate/trace-questions'
import { startMsOf } from '#shared/trace/summary'
import type { TraceSummary } from '#shared/trace/table'
import { FollowService } from '../pivots/follow-service'
import styles from './search-page.module.css'

/** More do not fit beside one another; the trace itself names them all. */
const mostNamed = 4

/** The services of a found trace, those with most spans first, each with where it leads at that time. */
export function TraceServices({
  summary,
  colorOf,
}: {
  readonly summary: TraceSummary
  readonly colorOf: (service: string) => string
}) {
  const startMs = startMsOf(summary)
  const window = aroundPlace({ startMs, endMs: startMs + summary.durationNs / 1e6 })
  const { services } = summary
  return (
    <ul className={styles.services} aria-label="Services of the selected trace">
      {services.slice(0, mostNamed).map(({ name }) => (
        <li key={name} className={styles.service}>
          <i className="sw" style={{ background: colorOf(name) }} />
          <span className="cut">{name}</span>
          <FollowService service={name} {...window} />
        </li>
      ))}
      {services.length > mostNamed && <li className="t3 small">+{services.length - mostNamed}</li>}
    </ul>
  )
}

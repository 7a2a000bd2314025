import { formatDuration, formatOffset } from '#shared/derive/durations'
import type { NearTrace } from '#shared/correlate/trace-ladder'
import { hasFailed } from '#shared/trace/summary'
import type { TraceSummary } from '#shared/trace/table'
import { useGo } from '../state/location'
import { hrefOfTrace } from '../state/trace-location'
import { Icon } from '../ui/icon'
import styles from './trace-offers.module.css'

/** A trace to open. */
export interface TraceOffer {
  readonly summary: TraceSummary
  /** Milliseconds from what it is offered for to its start; negative before it. */
  readonly awayMs: number
  readonly href: string
}

/** Traces of a source, each at the span that was found. */
export const offersOf = (source: string, near: readonly NearTrace[]): readonly TraceOffer[] =>
  near.map(({ summary, awayMs }) => ({
    summary,
    awayMs,
    href: hrefOfTrace({
      sources: [source],
      traceId: summary.traceId,
      span: summary.matched?.spanId ?? '',
    }),
  }))

interface Props {
  /** What they are: `Nearest traces of order-service`. */
  readonly label: string
  readonly offers: readonly TraceOffer[]
}

/** A few traces, each a click away, with how far off they lie in time and how long they, or what was found in them, took. */
export function TraceOffers({ label, offers }: Props) {
  const go = useGo()
  return (
    <div className={styles.offers}>
      <p className={`t3 small ${styles.row}`} aria-hidden="true">
        <span>{label}</span>
        <span className="num">Away</span>
        <span className="num">Duration</span>
      </p>
      <ul aria-label={label}>
        {offers.map(({ summary, awayMs, href }) => (
          <li key={summary.traceId}>
            <a
              className={`inset ${styles.row}`}
              href={href}
              onClick={(event) => {
                // With a key held the browser's own way with links is right.
                if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
                event.preventDefault()
                go(href)
              }}
            >
              <span className={styles.name}>
                {hasFailed(summary) && <Icon name="error" size="x" className="err" label="failed" />}
                <span className="cut">
                  <span className="t2">{summary.rootService}</span> {summary.rootName || 'root span not seen'}
                  {summary.matched && summary.matched.name !== summary.rootName && (
                    <span className="t2"> › {summary.matched.name}</span>
                  )}
                </span>
              </span>
              <span className="num">{formatOffset(awayMs * 1e6)}</span>
              <span className="num m">
                {formatDuration(summary.matched?.durationNs ?? summary.durationNs)}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

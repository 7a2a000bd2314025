import { formatMoment, type TimeZone } from '#shared/derive/clock-times'
import { formatDuration } from '#shared/derive/durations'
import { countOf } from '#shared/derive/quantities'
import type { Point } from './scatter-points'
import styles from './scatter.module.css'
import type { TraceRow } from './trace-table'

/** What the dot under the pointer is; never takes the pointer. */
export function Tip({
  point,
  zone,
  nowMs,
  widthPx,
}: {
  readonly point: Point<TraceRow>
  readonly zone: TimeZone
  readonly nowMs: number
  readonly widthPx: number
}) {
  const { summary, sources } = point.row
  const facts = [
    summary.spanCount !== undefined && countOf(summary.spanCount, 'span'),
    summary.errorCount ? countOf(summary.errorCount, 'error') : point.isError && 'failed',
    sources.map((source) => source.name).join(', '),
  ].filter(Boolean)
  const isRight = point.x > widthPx / 2
  return (
    <div
      className={`${styles.tip} ${isRight ? styles.tipLeft : ''}`}
      style={{ left: point.x, top: point.y }}
      aria-hidden="true"
    >
      <p className="cut">
        <span className="t2">{summary.rootService}</span> <b>{summary.rootName || 'root span not seen'}</b>
      </p>
      <p>
        <b>{formatDuration(summary.durationNs)}</b>{' '}
        <span className="t2">at {formatMoment(point.startMs, zone, nowMs)}</span>
      </p>
      <p className="t3 small">{facts.join(' · ')}</p>
    </div>
  )
}

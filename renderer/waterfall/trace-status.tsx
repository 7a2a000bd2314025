import { formatDuration } from '#shared/derive/durations'
import { countOf, formatCount } from '#shared/derive/quantities'
import type { Trace } from '#shared/trace/table'
import type { TraceViewName } from '../state/trace-location'
import { Slot } from '../ui/slot'
import { isWhole, type TimeWindow } from '#shared/derive/time-window'
import styles from './trace-status.module.css'

interface Props {
  readonly trace: Trace
  readonly view: TraceViewName
  readonly window: TimeWindow
  /** Recorded spans that were not taken out of view. */
  readonly leftCount: number
  /** Rows. */
  readonly shownCount: number
  /** The selected span among the matches. */
  readonly match: { readonly at: number; readonly of: number } | undefined
  readonly hasSelection: boolean
}

/** What is in view, what the marks mean, and the keys of the waterfall; in the status line. */
export function TraceStatus(props: Props) {
  const { trace, view, window, leftCount, shownCount, match, hasSelection } = props
  return (
    <Slot name="status">
      <span>
        {leftCount === trace.spanCount
          ? countOf(trace.spanCount, 'span')
          : `${formatCount(leftCount)} of ${countOf(trace.spanCount, 'span')}`}
        {view === 'waterfall' && shownCount !== trace.spans.length && ` in ${countOf(shownCount, 'row')}`}
        {!isWhole(window, trace.durationNs) &&
          `, window ${formatDuration(window.from)} – ${formatDuration(window.to)}`}
        {match && `, match ${formatCount(match.at)} of ${formatCount(match.of)}`}
      </span>
      {view === 'waterfall' && <Legend />}
      <span className={`opt ${styles.keys}`}>
        <span>
          <kbd>W</kbd>
          <kbd>S</kbd>zoom
        </span>
        <span>
          <kbd>A</kbd>
          <kbd>D</kbd>pan
        </span>
        {hasSelection && (
          <span>
            <kbd>F</kbd>frame span
          </span>
        )}
        <span>
          <kbd>/</kbd>find
        </span>
      </span>
    </Slot>
  )
}

/** What the marks of the waterfall mean. */
function Legend() {
  return (
    <span className={`opt ${styles.legend}`}>
      <span>
        <svg width="22" height="10" aria-hidden="true">
          <rect width="22" height="10" rx="1.5" className={styles.fill} />
        </svg>
        working
      </span>
      <span>
        <svg width="22" height="10" aria-hidden="true">
          <rect y="3.5" width="22" height="3" className={styles.fill} />
        </svg>
        in a child
      </span>
      <span>
        <i className={styles.wait} />
        waiting
      </span>
      <span>
        <svg width="22" height="10" aria-hidden="true">
          <path d="M0 5H22" className={styles.thread} />
        </svg>
        critical path
      </span>
    </span>
  )
}

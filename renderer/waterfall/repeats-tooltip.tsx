import { formatDuration, formatOffset } from '#shared/derive/durations'
import { countOf, formatCount } from '#shared/derive/quantities'
import type { RepeatedRows } from '#shared/derive/repeated-rows'
import type { Trace } from '#shared/trace/table'
import { PointerTip } from '../ui/pointer-tip'
import styles from '../ui/pointer-tip.module.css'

interface Props {
  readonly trace: Trace
  readonly groups: RepeatedRows
  readonly group: number
  /** Of the pointer, in the window. */
  readonly xPx: number
  readonly yPx: number
}

/** What the repeated siblings under the pointer are, in full. */
export function RepeatsTooltip({ trace, groups, group, xPx, yPx }: Props) {
  const { spans, names, services } = trace
  const first = groups.first[group]
  const errors = groups.errorCount[group]
  const part = (column: Float64Array) => formatDuration(column[group])
  return (
    <PointerTip xPx={xPx} yPx={yPx}>
      <p className={styles.name}>{names[spans.name[first]]}</p>
      <p className="row t2">
        <span className="cut">{services[spans.service[first]]}</span>
        <span className="t3">× {formatCount(groups.memberCount[group])}</span>
        {errors > 0 && <span className="err">{countOf(errors, 'error')}</span>}
      </p>
      <dl className={styles.times}>
        <dt>Each</dt>
        <dd>
          p50 {part(groups.p50Ns)}, p95 {part(groups.p95Ns)}, max {part(groups.maxNs)}
        </dd>
        <dt>Total</dt>
        <dd>
          {part(groups.totalNs)}, self {part(groups.selfNs)}
        </dd>
        <dt>From</dt>
        <dd>
          {formatOffset(groups.from[group])} to {formatOffset(groups.to[group])}
        </dd>
      </dl>
    </PointerTip>
  )
}

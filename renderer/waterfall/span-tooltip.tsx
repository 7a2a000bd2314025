import { formatFullDuration, formatOffset } from '#shared/derive/durations'
import { SpanFlag, SpanKind, type SpanIndex, type Trace } from '#shared/trace/table'
import { slotColor } from '../state/service-colors'
import { PointerTip } from '../ui/pointer-tip'
import styles from '../ui/pointer-tip.module.css'

interface Props {
  readonly trace: Trace
  readonly slots: readonly number[]
  readonly row: SpanIndex
  /** Of the pointer, in the window. */
  readonly xPx: number
  readonly yPx: number
}

const kindNames = Object.entries(SpanKind)

/** OpenTelemetry's word for a span kind; empty where none was recorded. */
export function kindName(kind: number): string {
  const name = kindNames.find(([, number]) => number === kind)?.[0]
  return name === undefined || name === 'unspecified' ? '' : name
}

/** What the row under the pointer is, in full. Never takes the pointer; everything in it also stands elsewhere. */
export function SpanTooltip({ trace, slots, row, xPx, yPx }: Props) {
  const { spans, names, services } = trace
  const start = spans.start[row]
  const flags = spans.flags[row]
  const kind = kindName(spans.kind[row])
  return (
    <PointerTip xPx={xPx} yPx={yPx}>
      {(flags & SpanFlag.missing) !== 0 ? (
        <p className="t2">A span that its children name as their parent, but that never arrived.</p>
      ) : (
        <>
          <p className={styles.name}>{names[spans.name[row]]}</p>
          <p className="row t2">
            <span className="sw" style={{ background: slotColor(slots[spans.service[row]] ?? 1) }} />
            <span className="cut">{services[spans.service[row]]}</span>
            {kind !== '' && <span className="t3">{kind}</span>}
            {(flags & SpanFlag.error) !== 0 && <span className="err">error</span>}
          </p>
          <dl className={styles.times}>
            <dt>Duration</dt>
            <dd>{formatFullDuration(spans.duration[row])}</dd>
            <dt>Self</dt>
            <dd>{formatFullDuration(spans.self[row])}</dd>
            <dt>From</dt>
            <dd>
              {formatOffset(start)} to {formatOffset(start + spans.duration[row])}
            </dd>
          </dl>
        </>
      )}
    </PointerTip>
  )
}

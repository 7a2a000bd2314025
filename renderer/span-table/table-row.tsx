import type { CSSProperties, ReactNode } from 'react'
import type { RowComponentProps } from 'react-window'
import { textAt } from '#shared/base/text-list'
import { stretchOf } from '#shared/correlate/met-lines'
import { aroundPlace } from '#shared/correlate/trace-questions'
import { msOfNs } from '#shared/derive/clock-times'
import { formatDuration, formatOffset } from '#shared/derive/durations'
import { countOf, formatCount } from '#shared/derive/quantities'
import { SpanFlag, type SpanIndex, type Trace } from '#shared/trace/table'
import { FollowService } from '../pivots/follow-service'
import { slotColor } from '../state/service-colors'
import type { SpanTableAnswer } from '../state/span-table'
import gridStyles from '../ui/data-grid.module.css'
import { Icon } from '../ui/icon'
import { isOpen, lineAt } from './table-lines'
import styles from './span-table.module.css'

export interface TableRowProps {
  readonly trace: Trace
  readonly table: SpanTableAnswer
  /** Colour slot of each service. */
  readonly slots: readonly number[]
  /** -1 for none. */
  readonly selected: SpanIndex
  /** Line with the keyboard; -1 while the grid has no focus. */
  readonly focused: number
  /** Line where the keyboard is, or would go on; -1 for none. */
  readonly current: number
  /** Line that the pointer is over; -1 for none. */
  readonly near: number
  /** One byte per row, 1 = matches what is sought; undefined when nothing is. */
  readonly matches: Uint8Array | undefined
  readonly idOf: (index: number) => string
}

/** One line of the table: a group with its figures, or one of its spans. */
export function TableRow({ index, style, ...props }: RowComponentProps<TableRowProps>) {
  const { trace, table, selected, focused, current, near, matches, idOf } = props
  const line = lineAt(table, index)
  if (line === undefined) return <div role="row" style={style} />
  const { kind, at, row } = line
  const isGroup = kind === 'group'
  const opened = isGroup && isOpen(table, at)
  const holdsSelection = isGroup && !opened && selected >= 0 && table.groupAt[selected] === at
  const service = isGroup ? table.service[at] : trace.spans.service[row]
  // Each costs some observers of what is connected: only where it can be reached.
  const follow = (index === current || index === near) && (trace.services[service] ?? '') !== '' && (
    <FollowService service={trace.services[service]} {...whenOf(trace, isGroup ? undefined : row)} />
  )
  const classes = [
    gridStyles.row,
    styles.row,
    holdsSelection && styles.holds,
    index === focused && styles.focused,
    !isGroup && matches?.[row] === 1 && styles.match,
  ]
  return (
    <div
      id={idOf(index)}
      role="row"
      aria-rowindex={index + 2}
      aria-level={isGroup ? 1 : 2}
      aria-expanded={isGroup ? opened : undefined}
      aria-selected={!isGroup && row === selected}
      data-index={index}
      className={classes.filter(Boolean).join(' ')}
      style={style}
    >
      {isGroup ? (
        <GroupCells {...props} at={at} isOpen={opened} holdsSelection={holdsSelection} follow={follow} />
      ) : (
        <SpanCells {...props} trace={trace} row={row} at={at} follow={follow} />
      )}
    </div>
  )
}

/** When a span ran, or all of the trace did, with some time around it. */
function whenOf(trace: Trace, row: SpanIndex | undefined) {
  if (row !== undefined) return aroundPlace(stretchOf(trace, row))
  const startMs = msOfNs(trace.epochNs)
  return aroundPlace({ startMs, endMs: startMs + trace.durationNs / 1e6 })
}

const figure = `${gridStyles.cell} ${gridStyles.number}`

function Swatch({ slot }: { readonly slot: number | undefined }) {
  return (
    <span
      className="sw"
      style={slot === undefined ? undefined : ({ '--c': slotColor(slot) } as CSSProperties)}
      aria-hidden="true"
    />
  )
}

interface GroupProps extends TableRowProps {
  readonly at: number
  readonly isOpen: boolean
  readonly holdsSelection: boolean
  /** Where the service leads. */
  readonly follow: ReactNode
}

function GroupCells({ trace, table, slots, at, isOpen, holdsSelection, follow }: GroupProps) {
  const service = table.service[at]
  const errors = table.errors[at]
  const total = table.total[at]
  return (
    <>
      <div role="gridcell" className={`${gridStyles.cell} ${styles.name}`}>
        <Icon name={isOpen ? 'down' : 'right'} size="x" className="t2" />
        {service >= 0 && <Swatch slot={slots[service]} />}
        <GroupName trace={trace} table={table} at={at} />
        {holdsSelection && <span className="sr">, the selected span is in it</span>}
        {follow}
      </div>
      <div role="gridcell" className={figure}>
        {formatCount(table.count[at])}
      </div>
      <div role="gridcell" className={`${figure} ${errors > 0 ? 'err m' : 't3'}`}>
        {formatCount(errors)}
      </div>
      <div role="gridcell" className={`${figure} ${styles.total}`}>
        <span className={styles.track} aria-hidden="true">
          <b style={{ transform: `scaleX(${table.largestNs > 0 ? total / table.largestNs : 0})` }} />
        </span>
        <span className="m">{formatDuration(total)}</span>
      </div>
      {[table.self, table.p50, table.p95, table.p99, table.max].map((values, index) => (
        // The columns never change places.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} role="gridcell" className={`${figure} t2`}>
          {formatDuration(values[at])}
        </div>
      ))}
    </>
  )
}

function GroupName({ trace, table, at }: Pick<GroupProps, 'trace' | 'table' | 'at'>): ReactNode {
  const service = table.service[at]
  const name = table.name[at]
  if (service >= 0)
    return (
      <span className={styles.names} title={name < 0 ? undefined : trace.names[name]}>
        <b className={`cut ${styles.service}`}>{trace.services[service] || 'no service'}</b>
        {name >= 0 && <span className="cut">{trace.names[name] || <em className="t3">no name</em>}</span>}
      </span>
    )
  if (table.value[at] < 0 || table.labels === undefined) return <em className="cut t3">not said</em>
  const value = textAt(table.labels, table.value[at])
  return (
    <span className="cut" title={value}>
      {value === '' ? <em className="t3">empty</em> : value}
    </span>
  )
}

interface SpanProps extends TableRowProps {
  readonly row: SpanIndex
  readonly at: number
  readonly follow: ReactNode
}

function SpanCells({ trace, table, slots, row, at, follow }: SpanProps) {
  const { spans, names, services } = trace
  const hasFailed = (spans.flags[row] & SpanFlag.error) !== 0
  const parent = spans.parent[row]
  const hasParent = parent >= 0 && (spans.flags[parent] & SpanFlag.missing) === 0
  return (
    <>
      <div role="gridcell" aria-colindex={1} className={`${gridStyles.cell} ${styles.name} ${styles.span}`}>
        <Swatch slot={slots[spans.service[row]]} />
        <span className={styles.names}>
          {table.service[at] < 0 && <b className={`cut ${styles.service}`}>{services[spans.service[row]]}</b>}
          {table.name[at] < 0 && (
            <span className={`cut ${styles.said}`}>
              {names[spans.name[row]] || <em className="t3">no name</em>}
            </span>
          )}
          <span className={`${styles.start} ${table.name[at] < 0 ? 't3' : styles.said}`}>
            {formatOffset(spans.start[row])}
          </span>
          {hasParent && (
            <span className="cut t3">
              in {services[spans.service[parent]]} {names[spans.name[parent]]}
            </span>
          )}
        </span>
        {follow}
      </div>
      {/* Figures of many spans have no cell here. */}
      <div role="gridcell" aria-colindex={3} className={`${figure} err ${styles.failed}`}>
        {hasFailed && <Icon name="error" size="x" label="error" />}
      </div>
      <div role="gridcell" aria-colindex={4} className={`${figure} ${styles.duration}`}>
        {formatDuration(spans.duration[row])}
      </div>
      <div role="gridcell" aria-colindex={5} className={`${figure} ${styles.self} t2`}>
        {formatDuration(spans.self[row])}
      </div>
    </>
  )
}

/** How many groups and spans there are, in words. */
export const inWords = ({ length, spanCount }: SpanTableAnswer): string =>
  `${countOf(length, 'group')}, ${countOf(spanCount, 'span')}`

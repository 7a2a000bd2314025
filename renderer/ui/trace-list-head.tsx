import type { ReactNode } from 'react'
import { countOf, formatCount } from '#shared/derive/quantities'
import { newestFirst, slowestFirst, type TraceSort } from '#shared/trace/summary'
import { Button } from './button'
import { Segmented } from './segmented'
import styles from './trace-list.module.css'

interface Props {
  readonly shown: number
  readonly all: number
  readonly hasRegion: boolean
  readonly onClearRegion: () => void
  readonly sort: TraceSort
  readonly onSort: (sort: TraceSort) => void
  /** What to know of the slowest, such as that more may exist that is not here. */
  readonly slowestNote: string | undefined
  /** Of the trace that is selected. */
  readonly children: ReactNode
}

const orders = [
  { value: 'newest', label: 'Newest first' },
  { value: 'slowest', label: 'Slowest first' },
  { value: 'other', label: 'As sorted below' },
] as const

/** How many traces are listed, out of how many, and in which order. */
export function TraceListHead({
  shown,
  all,
  hasRegion,
  onClearRegion,
  sort,
  onSort,
  slowestNote,
  children,
}: Props) {
  const order = !sort.descending
    ? 'other'
    : sort.column === 'start'
      ? 'newest'
      : sort.column === 'duration'
        ? 'slowest'
        : 'other'
  return (
    <div className={styles.head}>
      <b>{countOf(shown, 'trace')}</b>
      {hasRegion && (
        <>
          <span className="t3">of {formatCount(all)}, inside the selection</span>
          <Button look="ghost" onClick={onClearRegion}>
            Show all
          </Button>
        </>
      )}
      {order === 'slowest' && slowestNote !== undefined && (
        <span className="t3 cut" title={slowestNote}>
          {slowestNote}
        </span>
      )}
      <span className="grow" />
      {children}
      <Segmented
        label="Order"
        value={order}
        options={order === 'other' ? orders : orders.slice(0, 2)}
        onChange={(value) => {
          if (value !== 'other') onSort(value === 'newest' ? newestFirst : slowestFirst)
        }}
      />
    </div>
  )
}

import { countOf, formatCount } from '#shared/derive/quantities'
import type { TraceSort } from '#shared/trace/summary'
import { newestFirst, slowestFirst } from '../state/search-location'
import { Button } from '../ui/button'
import { Segmented } from '../ui/segmented'
import styles from './search-page.module.css'

interface Props {
  readonly shown: number
  readonly all: number
  readonly hasRegion: boolean
  readonly onClearRegion: () => void
  readonly sort: TraceSort
  readonly onSort: (sort: TraceSort) => void
  /** Some source has more than it was asked for: the slowest here need not be the slowest of all. */
  readonly hasOlder: boolean
}

const orders = [
  { value: 'newest', label: 'Newest first' },
  { value: 'slowest', label: 'Slowest first' },
  { value: 'other', label: 'As sorted below' },
] as const

/** How many traces are listed, out of how many, and in which order. */
export function ListHead({ shown, all, hasRegion, onClearRegion, sort, onSort, hasOlder }: Props) {
  const order = !sort.descending
    ? 'other'
    : sort.column === 'start'
      ? 'newest'
      : sort.column === 'duration'
        ? 'slowest'
        : 'other'
  return (
    <div className={styles.listHead}>
      <b>{countOf(shown, 'trace')}</b>
      {hasRegion && (
        <>
          <span className="t3">of {formatCount(all)}, inside the selection</span>
          <Button look="ghost" onClick={onClearRegion}>
            Show all
          </Button>
        </>
      )}
      {order === 'slowest' && hasOlder && (
        <span
          className="t3 cut"
          title="Sources send the newest that match. A duration under “over” finds slower ones further back."
        >
          the slowest of those loaded; sources send the newest, so set “over” or load older to find slower
          ones
        </span>
      )}
      <span className="grow" />
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

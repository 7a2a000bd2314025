/** Columns of the span table: what they are called, how wide they are, and what they say of a group. */
import type { GroupColumn } from '#shared/derive/groups/order'

export interface TableColumn {
  readonly id: GroupColumn
  readonly header: string
  /** Said where the header alone may not be understood. */
  readonly title?: string
  /** A grid track. */
  readonly width: string
}

const percentile = (id: 'p50' | 'p95' | 'p99', of: string): TableColumn => ({
  id,
  header: id,
  title: `${of} of the spans took no longer`,
  width: '88px',
})

/** In order. Figures are as wide as `12 h 39 min`, so that no column moves when others are sorted to the top; `--total` is in the style. */
export const tableColumns: readonly TableColumn[] = [
  { id: 'name', header: 'Name', width: 'minmax(160px, 1fr)' },
  { id: 'count', header: 'Count', width: '60px' },
  { id: 'errors', header: 'Errors', width: '54px' },
  { id: 'total', header: 'Total', title: 'Durations added up', width: 'var(--total)' },
  { id: 'self', header: 'Self', title: 'Time in which no child was running, added up', width: '88px' },
  percentile('p50', 'Half'),
  percentile('p95', '95 %'),
  percentile('p99', '99 %'),
  { id: 'max', header: 'Max', width: '88px' },
]

/** The grid tracks of head and rows. */
export const tableTracks = tableColumns.map(({ width }) => width).join(' ')

/** Changes of how the table is seen. */
import { rowOfSpanId, spanIdOfRow } from '#shared/derive/span-ids'
import type { SpanIndex, SpanTable } from '#shared/trace/table'
import { maxOpenGroups, type TableLocation } from '../state/table-location'

/** Whether two views are the same in a link. */
export function sameTable(a: TableLocation, b: TableLocation): boolean {
  if (a === b) return true
  const isSameBy =
    a.by.kind === b.by.kind &&
    (a.by.kind !== 'attribute' || b.by.kind !== 'attribute' || a.by.key === b.by.key)
  return (
    isSameBy &&
    a.sort.column === b.sort.column &&
    a.sort.descending === b.sort.descending &&
    a.filter === b.filter &&
    a.open.join() === b.open.join()
  )
}

/**
 * The open groups with the one at a place opened (named by `row`, one of its spans) or closed. Any of its spans may have named it.
 * `groupAt`: per row the place of its group.
 */
export function openedWith(
  spans: SpanTable,
  open: readonly string[],
  groupAt: Int32Array,
  row: SpanIndex,
  at: number,
  isOpened: boolean,
): readonly string[] {
  const others = open.filter((id) => {
    const named = rowOfSpanId(spans, id)
    return named < 0 || groupAt[named] !== at
  })
  return isOpened ? [...others, spanIdOfRow(spans, row)].slice(-maxOpenGroups) : others
}

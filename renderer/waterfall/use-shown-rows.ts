/** Which rows are shown: the reader's folding, or while only matches are wanted, matches and what is above them. */
import { useMemo, useState } from 'react'
import { allOpen, type Folding, foldedRows } from '#shared/derive/folding'
import { shownRows, withAncestors } from '#shared/derive/visible-rows'
import type { Trace } from '#shared/trace/table'
import type { Live } from '../state/use-live'

export interface ShownRows {
  readonly rows: Int32Array
  /** Undefined when nothing is folded. */
  readonly folded: Uint8Array | undefined
  readonly folding: Folding
  /** Changes the folding that is in force. */
  readonly setFolding: (next: (now: Folding) => Folding) => void
}

/**
 * `only`: one byte per row, 1 = wanted; undefined for all. While it is given, folding is the filter's own and forgotten with it, so that
 * the reader's comes back as it was.
 */
export function useShownRows(trace: Trace, reader: Live<Folding>, only: Uint8Array | undefined): ShownRows {
  const { spans } = trace
  const isFiltering = only !== undefined
  const [filterFolding, setFilterFolding] = useState(allOpen)
  const [wasFiltering, setWasFiltering] = useState(isFiltering)
  if (wasFiltering !== isFiltering) {
    setWasFiltering(isFiltering)
    setFilterFolding(allOpen)
  }

  const folding = isFiltering ? filterFolding : reader.value
  const isAllOpen = folding.base === 'open' && folding.toggled.length === 0
  const folded = useMemo(
    () => (isAllOpen ? undefined : foldedRows(spans, folding)),
    [spans, folding, isAllOpen],
  )
  const kept = useMemo(() => (only ? withAncestors(spans, only) : undefined), [spans, only])
  const rows = useMemo(() => shownRows(spans, folded, kept), [spans, folded, kept])
  const { set } = reader
  return useMemo(
    () => ({ rows, folded, folding, setFolding: isFiltering ? setFilterFolding : set }),
    [rows, folded, folding, isFiltering, set],
  )
}

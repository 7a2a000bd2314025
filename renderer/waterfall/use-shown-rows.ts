/** Which rows are shown: the reader's folding, or while only matches are wanted, matches and what is above them. */
import { useMemo, useState } from 'react'
import { allOpen, everythingOpen, foldedNodes, type Folding, isAllOpen } from '#shared/derive/folding'
import type { RowTree } from '#shared/derive/row-tree'
import { keptNodes, shownNodes } from '#shared/derive/visible-rows'
import type { Live } from '../state/use-live'

export interface ShownRows {
  readonly tree: RowTree
  /** RowNodes shown, in order. */
  readonly nodes: Int32Array
  /** One byte per node; undefined when nothing is folded. */
  readonly folded: Uint8Array | undefined
  readonly folding: Folding
  /** Changes the folding that is in force. */
  readonly setFolding: (next: (now: Folding) => Folding) => void
  /** Opens every row, repeated siblings too. */
  readonly expandAll: () => void
}

/**
 * `only`: one byte per span, 1 = wanted; undefined for all. While it is given, folding is the filter's own and forgotten with it, so that
 * the reader's comes back as it was.
 */
export function useShownRows(tree: RowTree, reader: Live<Folding>, only: Uint8Array | undefined): ShownRows {
  const isFiltering = only !== undefined
  const [filterFolding, setFilterFolding] = useState(allOpen)
  const [wasFiltering, setWasFiltering] = useState(isFiltering)
  if (wasFiltering !== isFiltering) {
    setWasFiltering(isFiltering)
    setFilterFolding(allOpen)
  }

  const folding = isFiltering ? filterFolding : reader.value
  const nothingFolded = isAllOpen(tree, folding)
  const folded = useMemo(
    () => (nothingFolded ? undefined : foldedNodes(tree, folding)),
    [tree, folding, nothingFolded],
  )
  const kept = useMemo(() => (only ? keptNodes(tree, only) : undefined), [tree, only])
  const nodes = useMemo(() => shownNodes(tree, folded, kept), [tree, folded, kept])
  const { set } = reader
  return useMemo(() => {
    const setFolding = isFiltering ? setFilterFolding : set
    const expandAll = () => setFolding(() => (tree.groups ? everythingOpen : allOpen))
    return { tree, nodes, folded, folding, setFolding, expandAll }
  }, [tree, nodes, folded, folding, isFiltering, set])
}

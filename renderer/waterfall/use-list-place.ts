/** Where the list of rows is: which rows it holds, what stands at its top, and how a row comes into view. */
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { RowNode, RowTree } from '#shared/derive/row-tree'
import { useTallestPx } from '../ui/tallest'
import {
  anchorAt,
  headerHeightPx,
  roomOf,
  rowHeightPx,
  type ScrollAnchor,
  scrollToIndex,
  topOf,
} from './list-position'
import { lastFrom, moveOfScroll, moveToRow, type Stretch } from './stretch'

/** Further than any wheel turns between two frames; a scroll bar a thousand pixels long jumps further with each of them. */
const jumpPx = 4000

export interface ListPlace {
  /** The rows the list holds: all of `all`, or as many as a browser can scroll through. */
  readonly nodes: Int32Array
  /** Position among all rows of the first of them. */
  readonly from: number
  readonly onScroll: (grid: HTMLElement) => void
  /** Scrolls a row, by its position among all, into view. */
  readonly bring: (at: number, align: 'nearest' | 'center') => void
  /** The row at the top of what is in view; -1 when there is none. */
  readonly topNode: () => RowNode
}

export function useListPlace(
  gridNow: () => HTMLElement | undefined,
  tree: RowTree,
  all: Int32Array,
): ListPlace {
  const most = Math.floor((useTallestPx() - headerHeightPx) / rowHeightPx)
  const [wanted, setFrom] = useState(0)
  const from = Math.min(wanted, lastFrom({ count: all.length, most }))
  const stretch = useMemo<Stretch>(() => ({ count: all.length, most, from }), [all, most, from])
  const nodes = useMemo(() => (all.length > most ? all.subarray(from, from + most) : all), [all, most, from])
  const anchor = useRef<ScrollAnchor | undefined>(undefined)
  const drawn = useRef({ from: 0, topPx: 0 })

  /** What is at `topPx` of the stretch that begins with row `first` is to stay at the top. */
  const hold = useCallback(
    (first: number, topPx: number) => {
      anchor.current = anchorAt(first * rowHeightPx + topPx, tree, all)
    },
    [tree, all],
  )

  // What stands at the top stays there when rows come, go, fold or are filtered, and when the stretch is moved.
  useLayoutEffect(() => {
    const grid = gridNow()
    if (!grid || all.length === 0) return
    // At the very top the first row stays first. To ask where the list is would lay out all new rows within this task.
    if (!anchor.current && drawn.current.from === from) return
    const wholePx = anchor.current ? topOf(anchor.current, tree, all) : 0
    if (wholePx !== undefined) {
      const move = moveToRow(stretch, Math.floor(wholePx / rowHeightPx), roomOf(grid))
      if (move) {
        setFrom(move.from)
        return
      }
      const topPx = wholePx - from * rowHeightPx
      if (Math.abs(topPx - grid.scrollTop) >= 1) grid.scrollTop = topPx
    }
    drawn.current = { from, topPx: grid.scrollTop }
    hold(from, grid.scrollTop)
  }, [gridNow, tree, all, stretch, from, hold])

  const onScroll = useCallback(
    (grid: HTMLElement) => {
      const { scrollTop: topPx } = grid
      const heightPx = roomOf(grid)
      const jumped = Math.abs(topPx - drawn.current.topPx) > jumpPx
      drawn.current.topPx = topPx
      const move = moveOfScroll(stretch, { topPx, heightPx }, jumped)
      hold(move?.from ?? from, move?.topPx ?? topPx)
      if (move) setFrom(move.from)
    },
    [stretch, from, hold],
  )

  const bring = useCallback(
    (at: number, align: 'nearest' | 'center') => {
      const grid = gridNow()
      if (!grid || at < 0) return
      const move = moveToRow(stretch, at, roomOf(grid))
      if (move) {
        hold(move.from, move.topPx)
        setFrom(move.from)
        return
      }
      scrollToIndex(grid, at - from, align)
      drawn.current.topPx = grid.scrollTop
      hold(from, grid.scrollTop)
    },
    [gridNow, stretch, from, hold],
  )

  const topNode = useCallback(
    () => nodes[Math.floor((gridNow()?.scrollTop ?? 0) / rowHeightPx)] ?? -1,
    [gridNow, nodes],
  )
  return { nodes, from, onScroll, bring, topNode }
}

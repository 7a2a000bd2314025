/** Where rows are in the scrolling grid: its header stays on top, so rows begin one header further down. */
import { nodeNear, type RowTree, spanOfNode } from '#shared/derive/row-tree'
import { positionOfNode, shownAncestor } from '#shared/derive/visible-rows'
import { rowOfSpanId, spanIdOfRow } from '#shared/derive/span-ids'
import { bringIntoView } from '../ui/bring-into-view'

export const rowHeightPx = 24
export const headerHeightPx = 24
/** The header is the first row of the grid; counting begins at 1. */
export const firstRowIndex = 2

/** The height in which rows are seen. */
export function roomOf(grid: HTMLElement): number {
  return grid.clientHeight - headerHeightPx
}

/** Scrolls as little as needed, or so that the row stands in the middle. */
export function scrollToIndex(grid: HTMLElement, index: number, align: 'nearest' | 'center'): void {
  const place = { topPx: index * rowHeightPx, heightPx: rowHeightPx, roomPx: roomOf(grid) }
  bringIntoView(grid, place, align)
}

/** What stands at the top of the list, so that it can stand there again when rows have come or gone. */
export interface ScrollAnchor {
  readonly spanId: string
  /** How far the row is scrolled out, px. */
  readonly hiddenPx: number
}

/** What stands `topPx` below the first row. Undefined at the very top: there the first row stays first. */
export function anchorAt(topPx: number, tree: RowTree, nodes: Int32Array): ScrollAnchor | undefined {
  if (topPx === 0 || nodes.length === 0) return undefined
  const index = Math.min(Math.floor(topPx / rowHeightPx), nodes.length - 1)
  return {
    spanId: spanIdOfRow(tree.spans, spanOfNode(tree, nodes[index])),
    hiddenPx: topPx - index * rowHeightPx,
  }
}

/** How far below the first row the anchor stands, or the nearest shown row above it in the tree. */
export function topOf(anchor: ScrollAnchor, tree: RowTree, nodes: Int32Array): number | undefined {
  const row = rowOfSpanId(tree.spans, anchor.spanId)
  if (row < 0) return undefined
  const shown = shownAncestor(tree, nodes, nodeNear(tree, row))
  if (shown < 0) return undefined
  return positionOfNode(nodes, shown) * rowHeightPx + (tree.row[shown] === row ? anchor.hiddenPx : 0)
}

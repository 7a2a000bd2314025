/** The rows a reader sees: not inside a folded one, and, when only matches are wanted, a match or above one. */
import { foldedNodes, type Folding, isAllOpen } from '#shared/derive/folding'
import { countUp, type RowNode, type RowTree } from '#shared/derive/row-tree'

/**
 * Nodes shown, in order. With a `mask` (one byte per span, 1 = match) only matches and their ancestors, in so far as nothing above them
 * is folded: while a filter is on, pass a folding of its own (start from `allOpen`), and the reader's own comes back with the filter's
 * end. Cost: two walks over the tree, 10 ms for a million.
 */
export function visibleNodes(tree: RowTree, folding: Folding, mask?: Uint8Array): Int32Array {
  const folded = isAllOpen(tree, folding) ? undefined : foldedNodes(tree, folding)
  return shownNodes(tree, folded, mask === undefined ? undefined : keptNodes(tree, mask))
}

/** The walk behind `visibleNodes`: skips the inside of folded nodes, and whole subtrees without a kept one. Both by node. */
export function shownNodes(
  tree: RowTree,
  folded: Uint8Array | undefined,
  kept: Uint8Array | undefined,
): Int32Array {
  const { length, end } = tree
  if (folded === undefined && kept === undefined) return countUp(length)
  const nodes = new Int32Array(length)
  let count = 0
  for (let node = 0; node < length;) {
    const keep = kept === undefined || kept[node] === 1
    if (keep) nodes[count++] = node
    node = keep && (folded === undefined || folded[node] === 0) ? node + 1 : end[node]
  }
  return nodes.slice(0, count)
}

/** One byte per node, 1 = a match or above one; the mask is by span. Cost: one walk. */
export function keptNodes(tree: RowTree, mask: Uint8Array): Uint8Array {
  const { length, row, parent } = tree
  const kept = new Uint8Array(length)
  // Parents stand before children: going up the nodes, every parent is met after all it stands above.
  for (let node = length - 1; node >= 0; node--) {
    if (kept[node] === 0 && mask[row[node]] !== 1) continue
    kept[node] = 1
    if (parent[node] >= 0) kept[parent[node]] = 1
  }
  return kept
}

/** Where a node stands among the nodes shown; -1 if it is not shown. Cost: log nodes. */
export function positionOfNode(nodes: Int32Array, node: RowNode): number {
  let low = 0
  let high = nodes.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (nodes[middle] === node) return middle
    if (nodes[middle] < node) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** The nearest ancestor that is shown, or the node itself; -1 if none is. For a selection inside a folded row. */
export function shownAncestor(tree: RowTree, nodes: Int32Array, node: RowNode): RowNode {
  let at = node
  while (at >= 0 && positionOfNode(nodes, at) < 0) at = tree.parent[at]
  return at
}

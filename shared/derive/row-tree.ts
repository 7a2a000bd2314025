/**
 * The rows a reader can be shown, as a tree of its own: spans that were taken out are not in it, and what they called has moved up to
 * the nearest span that is left. Nodes are positions in it, in the order they are drawn when nothing is folded.
 *
 *   spans          taken out: b      tree
 *   0 a                              0 a
 *   1   b                            1   c
 *   2     c                          2   d
 *   3   d
 */
import type { LineRows } from '#shared/derive/line-rows'
import type { RepeatedRows } from '#shared/derive/repeated-rows'
import type { SpanIndex, SpanTable } from '#shared/trace/table'

/** A position in a RowTree. */
export type RowNode = number & { readonly _index?: 'node' }

/** Parents come before children. */
export interface RowTree {
  readonly spans: SpanTable
  /** Number of nodes. */
  readonly length: number
  /** SpanIndex of a node; of a group of repeated siblings, `spans.length` and its number; of a log line, its row in `lines`. */
  readonly row: Int32Array
  /** RowNode of a span (-1 where it was taken out), then of each group, then of each line. */
  readonly at: Int32Array
  /** RowNode; -1 at the top. */
  readonly parent: Int32Array
  /** Node after the last descendant. */
  readonly end: Int32Array
  /** 0 at the top. */
  readonly level: Int32Array
  /** Repeated siblings that stand in a row of their own; undefined where none do. */
  readonly groups: RepeatedRows | undefined
  /** Log lines that stand among the spans; undefined where none do. */
  readonly lines?: LineRows | undefined
}

const wholeTrees = new WeakMap<SpanTable, RowTree>()

/** The tree with every span in it, as the trace has them; its columns are those of the spans. Made once for a table. */
export function wholeTree(spans: SpanTable): RowTree {
  let tree = wholeTrees.get(spans)
  if (tree === undefined) {
    const same = countUp(spans.length)
    const { length, parent, subtreeEnd, depth } = spans
    tree = { spans, length, row: same, at: same, parent, end: subtreeEnd, level: depth, groups: undefined }
    wholeTrees.set(spans, tree)
  }
  return tree
}

/** The tree of the spans that are left: one byte per row, 1 = left; undefined for all. Cost: two walks, 15 ms for a million. */
export function rowTree(spans: SpanTable, left: Uint8Array | undefined): RowTree {
  if (left === undefined) return wholeTree(spans)
  const at = new Int32Array(spans.length)
  // The node at or above each span: of its nearest ancestor that is left, itself if it is.
  const above = new Int32Array(spans.length)
  let length = 0
  for (let row = 0; row < spans.length; row++) {
    const parent = spans.parent[row]
    at[row] = left[row] === 1 ? length++ : -1
    above[row] = at[row] >= 0 ? at[row] : parent < 0 ? -1 : above[parent]
  }
  const tree = {
    spans,
    length,
    row: new Int32Array(length),
    at,
    parent: new Int32Array(length),
    end: new Int32Array(length),
    level: new Int32Array(length),
    groups: undefined,
  }
  for (let row = 0; row < spans.length; row++) {
    const node = at[row]
    if (node < 0) continue
    const parent = spans.parent[row] < 0 ? -1 : above[spans.parent[row]]
    tree.row[node] = row
    tree.parent[node] = parent
    tree.level[node] = parent < 0 ? 0 : tree.level[parent] + 1
  }
  // From the last to the first, every node is met after all that is below it.
  for (let node = length - 1; node >= 0; node--) {
    tree.end[node] = Math.max(tree.end[node], node + 1)
    const parent = tree.parent[node]
    if (parent >= 0) tree.end[parent] = Math.max(tree.end[parent], tree.end[node])
  }
  return tree
}

/** The span of a node; of a group, its first member; of a line, the span it lies under. */
export function spanOfNode({ spans, row, groups, lines }: RowTree, node: RowNode): SpanIndex {
  if (lines && row[node] >= lines.firstRow) return lines.span[row[node] - lines.firstRow]
  return groups && row[node] >= spans.length ? groups.first[row[node] - spans.length] : row[node]
}

/** The node of a span or group, or of its nearest ancestor that is in the tree; -1 if none is. Cost: its depth. */
export function nodeNear(tree: RowTree, row: SpanIndex): RowNode {
  if (row >= tree.at.length) return -1
  let at = row
  while (at >= 0 && tree.at[at] < 0) at = tree.spans.parent[at]
  return at < 0 ? -1 : tree.at[at]
}

/** Whether anything is below a node. */
export function hasBelow(tree: RowTree, node: RowNode): boolean {
  return tree.end[node] > node + 1
}

/** 0, 1, 2, … */
export function countUp(length: number): Int32Array {
  const numbers = new Int32Array(length)
  for (let at = 0; at < length; at++) numbers[at] = at
  return numbers
}

/** Tree order from parent pointers, without recursion: traces go 10,000 levels deep. */
import { release } from '#shared/base/release'

/** Children as linked lists, and the rows level by level; -1 ends a list. */
export interface ChildLists {
  readonly firstChild: Int32Array
  readonly nextSibling: Int32Array
  /** Every row, parents before children; within one parent in the order of `sorted`. */
  readonly order: Int32Array
}

/** Lists the children of every row, in the order of `sorted` (or of the rows). `parent` must have no cycles. */
export function childLists(parent: Int32Array, sorted?: Uint32Array): ChildLists {
  const n = parent.length
  const firstChild = new Int32Array(n).fill(-1)
  const nextSibling = new Int32Array(n).fill(-1)
  const order = new Int32Array(n)
  let filled = n
  for (let i = n - 1; i >= 0; i--) {
    const row = sorted === undefined ? i : sorted[i]
    const above = parent[row]
    if (above < 0) {
      order[--filled] = row
    } else {
      nextSibling[row] = firstChild[above]
      firstChild[above] = row
    }
  }
  const roots = n - filled
  order.copyWithin(0, filled)
  filled = roots
  for (let i = 0; i < filled; i++) {
    for (let child = firstChild[order[i]]; child >= 0; child = nextSibling[child]) order[filled++] = child
  }
  return { firstChild, nextSibling, order }
}

/** Where each row goes in pre-order, and what follows from it; all by the rows of `parent`. */
export interface Layout {
  readonly position: Int32Array
  /** Rows of the subtree, the row itself included. */
  readonly size: Int32Array
  readonly depth: Int32Array
  readonly childCount: Int32Array
}

/** Pre-order with roots and siblings in the order of `sorted`. O(n). */
export function layOut(parent: Int32Array, sorted: Uint32Array): Layout {
  const n = parent.length
  const { firstChild, nextSibling, order } = childLists(parent, sorted)
  const position = new Int32Array(n)
  const size = new Int32Array(n).fill(1)
  const depth = new Int32Array(n)
  const childCount = new Int32Array(n)
  for (let i = n - 1; i >= 0; i--) {
    const above = parent[order[i]]
    if (above >= 0) size[above] += size[order[i]]
  }
  let nextRoot = 0
  for (const row of order) {
    if (parent[row] < 0) {
      position[row] = nextRoot
      nextRoot += size[row]
    }
    let next = position[row] + 1
    for (let child = firstChild[row]; child >= 0; child = nextSibling[child]) {
      position[child] = next
      next += size[child]
      depth[child] = depth[row] + 1
      childCount[row]++
    }
  }
  release(firstChild, nextSibling, order)
  return { position, size, depth, childCount }
}

/**
 * The merged flame graph: spans that are reached through the same callers are one box, as wide as the time worked in it and in what it
 * called. Times are self times added up, so parallel work counts as often as it was done, and what a box holds always fits in it.
 */
import type { AttributeColumn } from '#shared/derive/attribute-column'
import { byLane, type Flame, type InView, withCallers } from '#shared/derive/flame'
import type { TimeWindow } from '#shared/derive/time-window'
import { radixOrder } from '#shared/base/radix-order'
import { childLists } from '#shared/trace/layout'
import { SpanFlag, type SpanTable, type Trace } from '#shared/trace/table'

export interface MergeOptions extends InView {
  /** Only what was done in this time counts; undefined for all of it. */
  readonly window: TimeWindow | undefined
  /** Merges by the values of an attribute; undefined for service and operation. */
  readonly column: AttributeColumn | undefined
}

/**
 * Merges; heaviest boxes first from the left. By attribute, a span without a value, or with the same as its caller, counts to the
 * caller's box. Cost: a few walks over the spans, one look-up for each.
 */
export function mergedFlame(trace: Trace, options: MergeOptions): Flame {
  const { spans } = trace
  const { keepsCallers, window, column } = options
  const counted = countedRows(spans, options)
  const kept = counted && keepsCallers ? withCallers(spans, counted) : counted
  const self = window === undefined ? spans.self : selfWithin(spans, window)
  const tree = new Tree(column === undefined ? operationKeys(trace) : column.valueOf, column !== undefined)
  const nodeOf = new Int32Array(spans.length).fill(-1)
  for (let row = 0; row < spans.length; row++) {
    const above = spans.parent[row]
    const caller = above < 0 ? -1 : nodeOf[above]
    // Whatever is below a row that is out of view belongs to its caller.
    const node = kept?.[row] === 0 ? caller : tree.nodeOf(row, caller)
    nodeOf[row] = node
    if (kept?.[row] === 0) continue
    if (counted?.[row] === 0 || (spans.flags[row] & SpanFlag.missing) !== 0) continue
    tree.add(node, row, self[row], spans.duration[row], (spans.flags[row] & SpanFlag.error) !== 0)
  }
  if (kept) for (let row = 0; row < spans.length; row++) if (kept[row] === 0) nodeOf[row] = -1
  return layOut(tree, nodeOf, column)
}

/** Rows that are in view and run within the window; undefined for all. */
function countedRows(spans: SpanTable, { included, window }: MergeOptions): Uint8Array | undefined {
  if (window === undefined) return included
  const { start, duration, length } = spans
  const counted = new Uint8Array(length)
  for (let row = 0; row < length; row++)
    if (included?.[row] !== 0 && start[row] <= window.to && start[row] + duration[row] >= window.from)
      counted[row] = 1
  return counted
}

/** Per row, nanoseconds within the window in which no child was running. As `SpanTable.self`, of the part in the window. */
function selfWithin(spans: SpanTable, window: TimeWindow): Float64Array {
  const { start, duration, parent, length } = spans
  const self = new Float64Array(length)
  /** Until when the children seen so far cover their parent; siblings come in order of start. */
  const covered = new Float64Array(length)
  for (let row = 0; row < length; row++) {
    const from = Math.max(start[row], window.from)
    const to = Math.min(start[row] + duration[row], window.to)
    self[row] = Math.max(0, to - from)
    covered[row] = from
    const above = parent[row]
    if (above < 0) continue
    const end = Math.min(to, start[above] + duration[above])
    const begin = Math.max(from, covered[above])
    if (end <= begin) continue
    self[above] = Math.max(0, self[above] - (end - begin))
    covered[above] = end
  }
  return self
}

/** A number for each pair of service and operation; -1 for a row that never arrived. */
function operationKeys({ spans, names }: Trace): Int32Array {
  const known = new Map<number, number>()
  const keys = new Int32Array(spans.length)
  for (let row = 0; row < spans.length; row++) {
    const pair = spans.service[row] * names.length + spans.name[row]
    let key = known.get(pair)
    if (key === undefined) known.set(pair, (key = known.size))
    keys[row] = (spans.flags[row] & SpanFlag.missing) === 0 ? key : -1
  }
  return keys
}

/** Boxes while they are found; callers come before what they call. */
class Tree {
  readonly parent: number[] = []
  readonly depth: number[] = []
  readonly key: number[] = []
  readonly row: number[] = []
  readonly self: number[] = []
  readonly duration: number[] = []
  readonly count: number[] = []
  readonly errors: number[] = []
  readonly #longest: number[] = []
  readonly #known = new Map<number, number>()
  readonly #keys: Int32Array
  readonly #keyCount: number
  readonly #joins: boolean

  constructor(keys: Int32Array, joins: boolean) {
    this.#keys = keys
    this.#keyCount = keys.reduce((most, key) => Math.max(most, key), -1) + 2
    this.#joins = joins
  }

  /** The node of a row below the node of its parent; -1 is above all. */
  nodeOf(row: number, above: number): number {
    const key = this.#keys[row]
    if (this.#joins && above >= 0 && (key < 0 || key === this.key[above])) return above
    // At most 2^31 nodes and as many keys: the product is exact up to four million of each.
    const place = (above + 1) * this.#keyCount + key + 1
    const known = this.#known.get(place)
    if (known !== undefined) return known
    const node = this.parent.push(above) - 1
    this.#known.set(place, node)
    this.depth.push(above < 0 ? 0 : this.depth[above] + 1)
    this.key.push(key)
    this.row.push(row)
    for (const column of [this.self, this.duration, this.count, this.errors]) column.push(0)
    this.#longest.push(-1)
    return node
  }

  add(node: number, row: number, self: number, duration: number, failed: boolean): void {
    this.self[node] += self
    this.duration[node] += duration
    this.count[node]++
    if (failed) this.errors[node]++
    if (duration <= this.#longest[node]) return
    this.#longest[node] = duration
    this.row[node] = row
  }
}

function layOut(tree: Tree, nodeOf: Int32Array, column: AttributeColumn | undefined): Flame {
  const length = tree.parent.length
  const parent = Int32Array.from(tree.parent)
  const depth = Int32Array.from(tree.depth)
  let width = widthsOf(tree.self, parent)
  // Where nothing took any time, boxes are as wide as they have spans.
  if (extentOf(width, parent) === 0) width = widthsOf(tree.count, parent)
  const most = width.reduce((a, b) => Math.max(a, b), 0)
  const sorted = radixOrder(width.map((of) => most - of))
  // Level by level, and on each level from left to right.
  const { order } = childLists(parent, sorted)
  const left = new Float64Array(length)
  const nextChild = new Float64Array(length)
  let nextRoot = 0
  const boxOf = new Int32Array(length)
  for (let box = 0; box < length; box++) {
    const node = order[box]
    const above = parent[node]
    boxOf[node] = box
    left[node] = above < 0 ? nextRoot : nextChild[above]
    nextChild[node] = left[node]
    if (above < 0) nextRoot += width[node]
    else nextChild[above] += width[node]
  }
  const laneCount = length === 0 ? 0 : depth[order[length - 1]] + 1
  const { laneStart } = byLane(
    order.map((node) => depth[node]),
    laneCount,
  )
  const ints = (values: readonly number[]) => order.map((node) => values[node])
  const floats = (values: readonly number[]) => Float64Array.from(order, (node) => values[node])
  return {
    length,
    laneCount,
    laneStart,
    lane: order.map((node) => depth[node]),
    from: Float64Array.from(order, (node) => left[node]),
    to: Float64Array.from(order, (node) => left[node] + width[node]),
    parent: order.map((node) => (parent[node] < 0 ? -1 : boxOf[parent[node]])),
    row: ints(tree.row),
    boxOfRow: nodeOf.map((node) => (node < 0 ? -1 : boxOf[node])),
    extentNs: Math.max(nextRoot, 1),
    merged: {
      self: floats(tree.self),
      duration: floats(tree.duration),
      count: ints(tree.count),
      errors: ints(tree.errors),
      value: column === undefined ? undefined : ints(tree.key),
      values: column?.values,
    },
  }
}

/** Each node's own and all in it. */
function widthsOf(own: readonly number[], parent: Int32Array): Float64Array {
  const width = Float64Array.from(own)
  for (let node = width.length - 1; node >= 0; node--)
    if (parent[node] >= 0) width[parent[node]] += width[node]
  return width
}

function extentOf(width: Float64Array, parent: Int32Array): number {
  let extent = 0
  for (let node = 0; node < width.length; node++) if (parent[node] < 0) extent += width[node]
  return extent
}

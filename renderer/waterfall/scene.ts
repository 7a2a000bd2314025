/** All that the cells of a row need to draw themselves: one object, remade when something in view changes, the same while only scrolling or selecting. */
import type { CriticalPath } from '#shared/derive/critical-path'
import type { RowTree } from '#shared/derive/row-tree'
import type { LogBatch } from '#shared/logs/batch'
import type { Trace } from '#shared/trace/table'
import type { RowColors } from '../state/row-colors'
import type { Timeline } from '#shared/derive/time-window'
import type { Connector } from './critical-thread'

export interface Scene {
  readonly trace: Trace
  readonly tree: RowTree
  /** RowNodes in the list, in order: those shown, or a stretch of them (`stretch.ts`). */
  readonly nodes: Int32Array
  /** Position of the first of them among all that are shown. */
  readonly from: number
  /** One byte per node; undefined when nothing is folded. */
  readonly folded: Uint8Array | undefined
  readonly colors: RowColors
  readonly timeline: Timeline
  /** One byte per row, 1 = matches what is sought; undefined when nothing is. */
  readonly matches: Uint8Array | undefined
  /** Failed spans above each node: how many lie inside a folded one. */
  readonly errorsBefore: Int32Array
  /** Matches above each node; undefined when nothing is sought. */
  readonly matchesBefore: Int32Array | undefined
  /** From `waitingNames`. */
  readonly waiting: Uint8Array
  /** Undefined when it is not drawn. */
  readonly path: CriticalPath | undefined
  readonly connectors: readonly Connector[]
  /** What the lines of the tree are read from; undefined where it has none. */
  readonly lineBatch: LogBatch | undefined
  /** Indentation stops here: names of spans ten thousand levels down must still be seen. */
  readonly indentLimitPx: number
}

/** How many nodes before each are of spans with any of these bits set in `flags`; one entry more than nodes. Cost: one walk. */
export function countBefore(
  { length, row }: RowTree,
  flags: Uint16Array | Uint8Array,
  bits: number,
): Int32Array {
  const before = new Int32Array(length + 1)
  let count = 0
  for (let node = 0; node < length; node++) {
    before[node] = count
    if ((flags[row[node]] & bits) !== 0) count += 1
  }
  before[length] = count
  return before
}

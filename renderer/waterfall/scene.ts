/** All that a row needs to draw itself: one object, remade when something in view changes, the same while only scrolling. */
import type { CriticalPath } from '#shared/derive/critical-path'
import type { SpanIndex, Trace } from '#shared/trace/table'
import type { Timeline } from '#shared/derive/time-window'
import type { Connector } from './critical-thread'

export interface Scene {
  readonly trace: Trace
  /** Rows shown, in order. */
  readonly rows: Int32Array
  /** One byte per row; undefined when nothing is folded. */
  readonly folded: Uint8Array | undefined
  /** Colour slot of each service. */
  readonly slots: readonly number[]
  readonly timeline: Timeline
  /** -1 for none. */
  readonly selected: SpanIndex
  /** Where the keyboard is; -1 while the grid has no focus. */
  readonly focused: SpanIndex
  /** One byte per row, 1 = matches what is sought; undefined when nothing is. */
  readonly matches: Uint8Array | undefined
  /** Failed rows above each row: how many lie inside a folded one. */
  readonly errorsBefore: Int32Array
  /** From `waitingNames`. */
  readonly waiting: Uint8Array
  /** Undefined when it is not drawn. */
  readonly path: CriticalPath | undefined
  readonly connectors: readonly Connector[]
  /** Indentation stops here: names of spans ten thousand levels down must still be seen. */
  readonly indentLimitPx: number
}

/** How many rows before each row have any of these flags; one entry more than rows. Cost: one walk. */
export function countBefore(flags: Uint16Array, bits: number): Int32Array {
  const before = new Int32Array(flags.length + 1)
  let count = 0
  for (let row = 0; row < flags.length; row++) {
    before[row] = count
    if ((flags[row] & bits) !== 0) count += 1
  }
  before[flags.length] = count
  return before
}

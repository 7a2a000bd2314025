/** Clocks that differ: a child that starts before its parent, on another process, is impossible; its clock is behind. */
import { SpanFlag } from './table.ts'

/** What `findSkew` needs to know of the spans, by draft row. */
export interface SkewInput {
  /** Rows with parents before children. */
  readonly order: Int32Array
  readonly parent: Int32Array
  readonly flags: Uint16Array
  /** Nanoseconds from any one moment, as recorded. */
  readonly start: Float64Array
  readonly duration: Float64Array
  /** Equal for rows whose times come from one clock; -1 = not known. */
  readonly process: Int32Array
  /** 1 where times were cut to microseconds: a child may then seem up to 1 µs too early. */
  readonly coarse: Uint8Array
}

/**
 * Nanoseconds to add to each start, as Jaeger does it: the subtree of the child's process moves so that the child lies centred in its
 * parent, or starts with it when it lasts longer. Undefined when no clock differs.
 *
 * ```
 *   parent        [==========]                     parent  [==========]
 *   child   [====]                   becomes       child      [====]
 * ```
 */
export function findSkew(input: SkewInput): Float64Array | undefined {
  const { order, parent, flags, start, duration, process, coarse } = input
  let shift: Float64Array | undefined
  for (const row of order) {
    const above = parent[row]
    if (above < 0 || (flags[above] & SpanFlag.missing) !== 0) continue
    const parentShift = shift === undefined ? 0 : shift[above]
    if (process[row] === process[above] || process[row] < 0 || process[above] < 0) {
      if (shift !== undefined) shift[row] = parentShift
      continue
    }
    if (((flags[row] | flags[above]) & SpanFlag.untimed) !== 0) continue
    const early = start[above] + parentShift - start[row]
    if (early <= (coarse[row] === coarse[above] ? 0 : 1_000)) continue
    const room = duration[above] - duration[row]
    shift ??= new Float64Array(start.length)
    shift[row] = early + (room > 0 ? Math.floor(room / 2) : 0)
  }
  return shift
}

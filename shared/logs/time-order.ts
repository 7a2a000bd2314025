import { radixOrder } from '#shared/base/radix-order'
import type { Order } from './read-lines.ts'

/**
 * The order of lines in time: the index of the first, of the second, and so on. `ms` holds whole milliseconds, of any sign. What is of the
 * same one is as `compare` of two indices says, and where that is 0, as it came. Only numbers are moved: to sort 60,000 objects takes
 * 200 ms, and this 10.
 */
export function timeOrder(
  ms: Float64Array,
  order: Order,
  compare: (a: number, b: number) => number,
): Uint32Array {
  const sign = order === 'newest' ? -1 : 1
  let least = Infinity
  for (const one of ms) least = Math.min(least, sign * one)
  const sorted = radixOrder(ms.map((one) => sign * one - least))
  const inTurn = (a: number, b: number): number => compare(a, b) || a - b
  for (let from = 0, to = 1; to <= sorted.length; to++) {
    if (to < sorted.length && ms[sorted[to]] === ms[sorted[from]]) continue
    if (to - from > 1) sorted.subarray(from, to).sort(inTurn)
    from = to
  }
  return sorted
}

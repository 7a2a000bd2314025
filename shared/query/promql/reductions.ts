/** Many numbers to one: the same over the samples of a range and over the series of a group. */
import { KahanSum } from './kahan.ts'

/** One number from those at `from` up to, not including, `to`; there is at least one. */
export type Reduction = (values: Float64Array, from: number, to: number) => number

export const sum: Reduction = (values, from, to) => {
  const total = new KahanSum()
  for (let at = from; at < to; at++) total.add(values[at])
  return total.value
}

/** The mean; taken step by step from where the sum is greater than any number. */
export const average: Reduction = (values, from, to) => {
  const total = new KahanSum()
  total.add(values[from])
  for (let at = from + 1; at < to; at++) {
    const { sum, missed } = total
    total.add(values[at])
    if (Math.abs(total.sum) === Infinity) return incrementalMean(values, from, to, at, sum, missed)
  }
  const count = to - from
  return total.sum / count + total.missed / count
}

function incrementalMean(
  values: Float64Array,
  from: number,
  to: number,
  next: number,
  sum: number,
  missed: number,
): number {
  const mean = new KahanSum()
  mean.sum = sum / (next - from)
  mean.missed = missed / (next - from)
  for (let at = next; at < to; at++) {
    const count = at - from + 1
    const weight = (count - 1) / count
    mean.sum *= weight
    mean.missed *= weight
    mean.add(values[at] / count)
  }
  return mean.value
}

/** NaN only where all are. */
export const minimum: Reduction = (values, from, to) => {
  let least = values[from]
  for (let at = from + 1; at < to; at++) if (values[at] < least || Number.isNaN(least)) least = values[at]
  return least
}

/** NaN only where all are. */
export const maximum: Reduction = (values, from, to) => {
  let most = values[from]
  for (let at = from + 1; at < to; at++) if (values[at] > most || Number.isNaN(most)) most = values[at]
  return most
}

/** The variance of all there is, not an estimate from a part (Welford's method). */
export const variance: Reduction = (values, from, to) => {
  const mean = new KahanSum()
  const squares = new KahanSum()
  for (let at = from; at < to; at++) {
    const delta = values[at] - mean.value
    mean.add(delta / (at - from + 1))
    squares.add(delta * (values[at] - mean.value))
  }
  return squares.value / (to - from)
}

/** The quantile by linear interpolation between the two nearest; NaN counts as less than all numbers. */
export function quantile(q: number, values: Float64Array, from: number, to: number): number {
  if (to === from || Number.isNaN(q)) return NaN
  if (q < 0) return -Infinity
  if (q > 1) return Infinity
  const inOrder = sorted(values, from, to)
  const last = to - from - 1
  const rank = q * last
  const lower = Math.floor(rank)
  const weight = rank - lower
  return inOrder[lower] * (1 - weight) + inOrder[Math.min(last, lower + 1)] * weight
}

/** Ranges are mostly short: sorted here one by one, without a new array for each, it takes a tenth of the time. */
const scratch = new Float64Array(64)

/** The numbers in order, NaN first; good until the next call. */
function sorted(values: Float64Array, from: number, to: number): Float64Array {
  const count = to - from
  if (count > scratch.length) {
    const all = values.slice(from, to).sort()
    const numbers = all.findLastIndex((value) => !Number.isNaN(value)) + 1
    return all.copyWithin(count - numbers, 0, numbers).fill(NaN, 0, count - numbers)
  }
  for (let at = 0; at < count; at++) {
    const value = values[from + at]
    let place = at
    for (; place > 0 && (scratch[place - 1] > value || Number.isNaN(value)); place--)
      scratch[place] = scratch[place - 1]
    scratch[place] = value
  }
  return scratch
}

/** Histograms as series with the label `le`: each counts what lies at or below its bound. */
import type { Gap } from './annotations.ts'

/** What lies at or below a bound. */
export interface ClassicBucket {
  readonly bound: number
  readonly count: number
}

/** A difference as small as this, relative to the counts, is taken for rounding. */
const roundingTolerance = 1e-12

/** Buckets in order, with counts that never fall, as quantiles are read off them. */
export interface GrowingBuckets {
  readonly buckets: readonly ClassicBucket[]
  readonly mended: Gap | undefined
}

/** The value below which the fraction `q` of the observations lies; within a bucket they are taken to be spread evenly. */
export function classicQuantile(
  q: number,
  given: readonly ClassicBucket[],
): { readonly value: number; readonly mended?: Gap | undefined } {
  if (Number.isNaN(q)) return { value: NaN }
  if (q < 0) return { value: -Infinity }
  if (q > 1) return { value: Infinity }
  const growing = growingBuckets(given)
  return growing === undefined
    ? { value: NaN }
    : { value: quantileOf(q, growing.buckets), mended: growing.mended }
}

/** Prepares buckets for any number of quantiles; undefined where none lies at or below every value. */
export function growingBuckets(given: readonly ClassicBucket[]): GrowingBuckets | undefined {
  const inOrder = coalesce(given)
  return inOrder.at(-1)?.bound === Infinity ? growing(inOrder) : undefined
}

/** The quantile of prepared buckets, of which the last has no bound; `q` from 0 to 1. */
export function quantileOf(q: number, buckets: readonly ClassicBucket[]): number {
  const last = buckets.length - 1
  const observations = buckets[last].count
  if (buckets.length < 2 || observations === 0) return NaN
  const rank = q * observations
  const found = buckets.findIndex(({ count }) => count >= rank)
  const at = found === -1 ? last : found
  // Nothing is known of what lies above the last bound but one, nor below a first one that is not above zero.
  if (at === last) return buckets[last - 1].bound
  if (at === 0 && buckets[0].bound <= 0) return buckets[0].bound
  const below = at === 0 ? { bound: 0, count: 0 } : buckets[at - 1]
  const width = buckets[at].bound - below.bound
  return below.bound + width * ((rank - below.count) / (buckets[at].count - below.count))
}

/** The fraction of the observations between two values. */
export function classicFraction(lower: number, upper: number, given: readonly ClassicBucket[]): number {
  const buckets = coalesce(given)
  const all = buckets.at(-1)
  if (all?.bound !== Infinity || all.count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return NaN
  if (lower >= upper) return 0
  const rankOf = (value: number): number => {
    let rank = 0
    let from = buckets[0].bound <= 0 ? -Infinity : 0
    for (const { bound, count } of buckets) {
      if (from >= value) return Math.min(rank, all.count)
      if (bound > value) {
        const within = from === -Infinity ? count : rank + ((count - rank) * (value - from)) / (bound - from)
        return Math.min(within, all.count)
      }
      rank = count
      from = bound
    }
    return all.count
  }
  return (rankOf(upper) - rankOf(lower)) / all.count
}

/** In order of bound, those of the same bound as one. */
function coalesce(given: readonly ClassicBucket[]): ClassicBucket[] {
  const buckets: ClassicBucket[] = []
  for (const bucket of given.toSorted((one, other) => one.bound - other.bound)) {
    const last = buckets.at(-1)
    if (last?.bound === bucket.bound)
      buckets[buckets.length - 1] = { bound: last.bound, count: last.count + bucket.count }
    else buckets.push(bucket)
  }
  return buckets
}

/** With counts that never fall: a lower one than before is raised, as after a scrape that caught the buckets at different moments. */
function growing(given: readonly ClassicBucket[]): GrowingBuckets {
  let previous = given[0].count
  let mended: Gap | undefined
  const buckets = given.map(({ bound, count }) => {
    if (count < previous && !almostEqual(previous, count))
      mended = {
        lowestBound: Math.min(mended?.lowestBound ?? Infinity, bound),
        highestBound: Math.max(mended?.highestBound ?? -Infinity, bound),
        greatestGap: Math.max(mended?.greatestGap ?? 0, previous - count),
      }
    if (!(count < previous) && !almostEqual(previous, count)) previous = count
    return { bound, count: Number.isNaN(count) ? count : previous }
  })
  return { buckets, mended }
}

function almostEqual(one: number, other: number): boolean {
  if (one === other) return true
  const size = Math.abs(one) + Math.abs(other)
  const gap = Math.abs(one - other)
  if (one === 0 || other === 0 || size < 2.2250738585072014e-308)
    return gap < roundingTolerance * 2.2250738585072014e-308
  return gap / Math.min(size, Number.MAX_VALUE) < roundingTolerance
}

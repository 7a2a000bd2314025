import { type Bucket, type Buckets, type Histogram, upperBound } from './histogram.ts'

const lowestSchema = -4
const highestSchema = 8
/** Bounds are written in full, but powers of two are not always worked out alike. */
const tolerance = 1e-6

/** The native histogram whose buckets, of those that hold something, are these; undefined where their bounds do not grow by such a factor. */
export function nativeOfBuckets(
  count: number,
  sum: number,
  buckets: readonly Bucket[],
): Histogram | undefined {
  const zero = buckets.find(({ lower, upper }) => lower <= 0 && upper >= 0)
  const others = buckets.filter((bucket) => bucket !== zero)
  const [first] = others
  const [near, far] = first ? [first.lower, first.upper].map(Math.abs).toSorted((a, b) => a - b) : [1, 2]
  // Without a zero that has a sign.
  const schema = Math.round(-Math.log2(Math.log2(far / near))) + 0
  if (!(schema >= lowestSchema && schema <= highestSchema)) return undefined
  const positive = sideOf(
    others.filter(({ lower }) => lower > 0).map(({ upper, count: held }) => ({ bound: upper, held })),
    schema,
  )
  const negative = sideOf(
    others.filter(({ upper }) => upper < 0).map(({ lower, count: held }) => ({ bound: -lower, held })),
    schema,
  )
  if (!positive || !negative) return undefined
  return {
    schema,
    count,
    sum,
    zeroThreshold: zero?.upper ?? 0,
    zeroCount: zero?.count ?? 0,
    positive,
    negative,
    isGauge: false,
  }
}

/** Buckets by their bounds away from zero. */
function sideOf(
  held: readonly { readonly bound: number; readonly held: number }[],
  schema: number,
): Buckets | undefined {
  const placed = held
    .map(({ bound, held: count }) => ({ index: Math.round(Math.log2(bound) * 2 ** schema), bound, count }))
    .toSorted((one, other) => one.index - other.index)
  const fits = placed.every(
    ({ index, bound }) => Math.abs(upperBound(index, schema) - bound) <= bound * tolerance,
  )
  return fits
    ? { indexes: placed.map(({ index }) => index), counts: placed.map(({ count }) => count) }
    : undefined
}

/** What native histograms tell of the values in them: quantiles, fractions, variance. */
import { type Bucket, type Histogram, bucketsOf } from './histogram.ts'

/** An estimate, and what must be known of it. */
export interface Estimate {
  readonly value: number
  /** There were observations of NaN: they count as greater than all others, or the answer would be one of them. */
  readonly nan?: 'result' | 'skew'
}

/** The value below which the fraction `q` of the observations lies; within a bucket it is taken to grow exponentially. */
export function histogramQuantile(q: number, histogram: Histogram): Estimate {
  if (q < 0) return { value: -Infinity }
  if (q > 1) return { value: Infinity }
  if (histogram.count === 0 || Number.isNaN(q)) return { value: NaN }
  const holdsNaN = Number.isNaN(histogram.sum)
  // From the nearer end, so that rounding in the many buckets of the other side does not count.
  const fromBelow = holdsNaN || q < 0.5
  const buckets = bucketsOf(histogram)
  if (!fromBelow) buckets.reverse()
  const rank = (fromBelow ? q : 1 - q) * histogram.count

  let seen = 0
  let at = 0
  for (; at < buckets.length; at++) {
    seen += buckets[at].count
    if (seen >= rank) break
  }
  const bucket = oneSided(
    buckets[Math.min(at, buckets.length - 1)] ?? { lower: 0, upper: 0, count: 0 },
    histogram,
  )
  seen = Math.min(seen, histogram.count)
  if (seen < rank) return holdsNaN ? { value: NaN, nan: 'result' } : { value: bucket.upper }
  const within = fromBelow ? rank - (seen - bucket.count) : seen - rank
  const value = between(bucket, within / bucket.count)
  if (!holdsNaN) return { value }
  const all = buckets.reduce((sum, { count }) => sum + count, 0)
  return all < histogram.count ? { value, nan: 'skew' } : { value }
}

/** The fraction of the observations between two values. */
export function histogramFraction(lower: number, upper: number, histogram: Histogram): Estimate {
  if (histogram.count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return { value: NaN }
  if (lower >= upper) return { value: 0 }
  const buckets = bucketsOf(histogram).map((bucket) => oneSided(bucket, histogram))
  const held = buckets.reduce((sum, { count }) => sum + count, 0)
  const holdsNaN = Number.isNaN(histogram.sum)
  const most = holdsNaN ? held : histogram.count
  const rankOf = (value: number): number => {
    let rank = 0
    for (const bucket of buckets) {
      if (bucket.lower >= value) return Math.min(rank, most)
      if (bucket.upper > value) return Math.min(rank + bucket.count * fractionBelow(value, bucket), most)
      rank += bucket.count
    }
    return most
  }
  const value = (rankOf(upper) - rankOf(lower)) / histogram.count
  return holdsNaN && held < histogram.count ? { value, nan: 'skew' } : { value }
}

/** The variance, each bucket standing at the geometric mean of its bounds. */
export function histogramVariance(histogram: Histogram): number {
  const mean = histogram.sum / histogram.count
  let sum = 0
  for (const { lower, upper, count } of bucketsOf(histogram)) {
    const middle = lower <= 0 && upper >= 0 ? 0 : Math.sign(upper) * Math.sqrt(upper * lower)
    sum += count * (middle - mean) ** 2
  }
  return sum / histogram.count
}

/** The bucket of zero reaches to one side only where all other observations lie there. */
function oneSided(bucket: Bucket, { negative, positive }: Histogram): Bucket {
  if (bucket.lower > 0 || bucket.upper < 0) return bucket
  if (negative.counts.length === 0 && positive.counts.length > 0) return { ...bucket, lower: 0 }
  if (positive.counts.length === 0 && negative.counts.length > 0) return { ...bucket, upper: 0 }
  return bucket
}

/** The value that the fraction of a bucket lies below. */
function between({ lower, upper }: Bucket, fraction: number): number {
  if (lower <= 0 && upper >= 0) return lower + (upper - lower) * fraction
  const logLower = Math.log2(Math.abs(lower))
  const logUpper = Math.log2(Math.abs(upper))
  if (lower > 0) return 2 ** (logLower + (logUpper - logLower) * fraction)
  return -(2 ** (logUpper + (logLower - logUpper) * (1 - fraction)))
}

/** The fraction of a bucket that lies below a value in it. */
function fractionBelow(value: number, { lower, upper }: Bucket): number {
  if (lower <= 0 && upper >= 0) return (value - lower) / (upper - lower)
  const logLower = Math.log2(Math.abs(lower))
  const logUpper = Math.log2(Math.abs(upper))
  const logValue = Math.log2(Math.abs(value))
  if (value > 0) return (logValue - logLower) / (logUpper - logLower)
  return 1 - (logValue - logUpper) / (logLower - logUpper)
}

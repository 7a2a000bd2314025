/** Quantiles of native histograms by the bounds of their buckets, as an answer has them. */

export interface Bucket {
  readonly lower: number
  readonly upper: number
  readonly count: number
}

/** Bounds grow by 2^(2^-schema), a whole number from -4 to 8; where they do not, they were chosen by hand. */
function growsExponentially(lower: number, upper: number): boolean {
  const schema = -Math.log2(Math.log2(upper / lower))
  return Math.abs(schema - Math.round(schema)) < 1e-6
}

/** The value so far into a bucket: values are taken to grow exponentially, or evenly where the bounds do. */
function within({ lower, upper }: Bucket, fraction: number): number {
  if (lower > 0 && upper < Infinity && growsExponentially(lower, upper))
    return lower * (upper / lower) ** fraction
  if (upper < 0 && lower > -Infinity && growsExponentially(-upper, -lower))
    return upper * (lower / upper) ** (1 - fraction)
  return lower + (upper - lower) * fraction
}

/** The value below which the fraction `q` of what the buckets hold lies; they come in rising order. Not a number where they hold nothing. */
export function nativeQuantile(q: number, buckets: readonly Bucket[]): number {
  const all = buckets.reduce((sum, { count }) => sum + count, 0)
  if (!(all > 0)) return Number.NaN
  const rank = q * all
  let seen = 0
  for (const bucket of buckets) {
    if (bucket.count > 0 && seen + bucket.count >= rank) return within(bucket, (rank - seen) / bucket.count)
    seen += bucket.count
  }
  return buckets.at(-1)?.upper ?? Number.NaN
}

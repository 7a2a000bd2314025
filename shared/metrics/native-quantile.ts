/** Quantiles of native histograms by the bounds of their buckets, as an answer has them. */

export interface Bucket {
  readonly lower: number
  readonly upper: number
  readonly count: number
}

/** Without end; the contract says so with the largest number there is. */
const isOpen = (bound: number): boolean => !(Math.abs(bound) < Number.MAX_VALUE)

/** Bounds are powers of 2^(2^-schema), a whole number from -4 to 8; where they are not, they were chosen by hand. */
function growsExponentially(lower: number, upper: number): boolean {
  const factor = Math.log2(upper / lower)
  const [schema, power] = [-Math.log2(factor), Math.log2(lower) / factor]
  return [schema, power].every((number) => Math.abs(number - Math.round(number)) < 1e-6)
}

/** The value so far into a bucket: values are taken to grow exponentially, or evenly where the bounds were chosen by hand. */
function within({ lower, upper }: Bucket, fraction: number): number {
  // Nothing is known of what lies above the last bound, nor below a first one that is not above zero.
  if (isOpen(upper)) return lower
  if (isOpen(lower)) return upper > 0 ? upper * fraction : upper
  if (lower > 0 && growsExponentially(lower, upper)) return lower * (upper / lower) ** fraction
  if (upper < 0 && growsExponentially(-upper, -lower)) return upper * (lower / upper) ** (1 - fraction)
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

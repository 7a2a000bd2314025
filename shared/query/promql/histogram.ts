/**
 * Native histograms: buckets whose bounds grow by a constant factor, only those that hold something.
 * https://prometheus.io/docs/specs/native_histograms/
 */

/** Buckets of one sign: where they are and how much they hold, in order of index. */
export interface Buckets {
  /** Bucket `i` holds what lies in (base^(i-1), base^i], base = 2^(2^-schema); mirrored for negative values. */
  readonly indexes: readonly number[]
  readonly counts: readonly number[]
}

export interface Histogram {
  /** -4 to 8: each step up halves the buckets' width. */
  readonly schema: number
  readonly count: number
  readonly sum: number
  /** Values from -zeroThreshold to zeroThreshold are in the bucket of zero. */
  readonly zeroThreshold: number
  readonly zeroCount: number
  readonly positive: Buckets
  readonly negative: Buckets
  /** A quantity that goes up and down, as a rate does, rather than a counter. */
  readonly isGauge: boolean
}

/** A bucket by its bounds. */
export interface Bucket {
  readonly lower: number
  readonly upper: number
  readonly count: number
}

export const noBuckets: Buckets = { indexes: [], counts: [] }

/** The upper bound of a positive bucket; the greatest number for the last one, as that one ends there. */
export function upperBound(index: number, schema: number): number {
  const exponent = index * 2 ** -schema
  return exponent === 1024 ? Number.MAX_VALUE : 2 ** exponent
}

/** All buckets that hold something, the lowest first; that of zero lies between the signs. */
export function bucketsOf({ schema, negative, positive, zeroThreshold, zeroCount }: Histogram): Bucket[] {
  const buckets: Bucket[] = []
  for (let at = negative.indexes.length - 1; at >= 0; at--)
    buckets.push({
      lower: -upperBound(negative.indexes[at], schema),
      upper: -upperBound(negative.indexes[at] - 1, schema),
      count: negative.counts[at],
    })
  // A difference may leave it with less than nothing; Prometheus passes over that, and over no other bucket of the kind.
  if (zeroCount > 0) buckets.push({ lower: -zeroThreshold, upper: zeroThreshold, count: zeroCount })
  for (let at = 0; at < positive.indexes.length; at++)
    buckets.push({
      lower: upperBound(positive.indexes[at] - 1, schema),
      upper: upperBound(positive.indexes[at], schema),
      count: positive.counts[at],
    })
  return buckets.filter(({ count }) => count !== 0)
}

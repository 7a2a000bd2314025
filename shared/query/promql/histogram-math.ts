/** Arithmetic of native histograms: none changes its operands. */
import { type Buckets, type Histogram, noBuckets, upperBound } from './histogram.ts'
import { KahanSum } from './kahan.ts'

/** Every count and the sum times a factor; as by a division, by zero nothing but the totals is left. */
export function scaleHistogram(histogram: Histogram, factor: number): Histogram {
  return {
    ...histogram,
    count: histogram.count * factor,
    sum: histogram.sum * factor,
    zeroCount: histogram.zeroCount * factor,
    positive: mapCounts(histogram.positive, (count) => count * factor),
    negative: mapCounts(histogram.negative, (count) => count * factor),
    isGauge: histogram.isGauge || factor < 0,
  }
}

export function divideHistogram(histogram: Histogram, divisor: number): Histogram {
  const { count, sum, zeroCount } = histogram
  const totals = { count: count / divisor, sum: sum / divisor, zeroCount: zeroCount / divisor }
  if (divisor === 0) return { ...histogram, ...totals, positive: noBuckets, negative: noBuckets }
  return {
    ...histogram,
    ...totals,
    positive: mapCounts(histogram.positive, (count) => count / divisor),
    negative: mapCounts(histogram.negative, (count) => count / divisor),
    isGauge: histogram.isGauge || divisor < 0,
  }
}

/** The sum of two, in the coarser schema and with the wider bucket of zero. */
export function addHistograms(one: Histogram, other: Histogram): Histogram {
  return combine(one, other, 1)
}

/** The difference of two, a gauge. */
export function subtractHistograms(one: Histogram, other: Histogram): Histogram {
  return { ...combine(one, other, -1), isGauge: true }
}

/** The sum of many, at least one; what rounding takes from the sum of values is made good. */
export function sumHistograms(histograms: readonly Histogram[]): Histogram {
  const sum = new KahanSum()
  for (const histogram of histograms) sum.add(histogram.sum)
  return withoutEmpty({ ...histograms.reduce(addHistograms), sum: sum.value })
}

/** The mean of many, at least one; also where their sum is greater than any number. */
export function averageHistograms(histograms: readonly Histogram[]): Histogram {
  const total = sumHistograms(histograms)
  const totals = [total.sum, total.count, total.zeroCount, ...total.positive.counts, ...total.negative.counts]
  const overflows = totals.some((value) => Math.abs(value) === Infinity)
  if (!overflows) return divideHistogram(total, histograms.length)
  return sumHistograms(histograms.map((histogram) => divideHistogram(histogram, histograms.length)))
}

/** Without buckets that hold nothing. */
export function withoutEmpty(histogram: Histogram): Histogram {
  return { ...histogram, positive: onlyFull(histogram.positive), negative: onlyFull(histogram.negative) }
}

export function equalHistograms(one: Histogram, other: Histogram): boolean {
  return (
    one.schema === other.schema &&
    one.zeroThreshold === other.zeroThreshold &&
    Object.is(one.count, other.count) &&
    Object.is(one.sum, other.sum) &&
    Object.is(one.zeroCount, other.zeroCount) &&
    equalBuckets(one.positive, other.positive) &&
    equalBuckets(one.negative, other.negative)
  )
}

/** Whether a counter must have started anew between two samples: something in it has become less, or finer. */
export function wasReset(current: Histogram, previous: Histogram): boolean {
  if (current.count < previous.count || current.schema > previous.schema) return true
  if (current.zeroThreshold < previous.zeroThreshold) return true
  const widened = widenZero(previous, current.zeroThreshold)
  if (widened.zeroThreshold !== current.zeroThreshold || current.zeroCount < widened.zeroCount) return true
  const coarser = toSchema(widened, current.schema)
  return lostCounts(current.positive, coarser.positive) || lostCounts(current.negative, coarser.negative)
}

/** The same in a schema that is as coarse or coarser. */
function toSchema(histogram: Histogram, schema: number): Histogram {
  if (histogram.schema === schema) return histogram
  const shift = histogram.schema - schema
  return {
    ...histogram,
    schema,
    positive: coarsen(histogram.positive, shift),
    negative: coarsen(histogram.negative, shift),
  }
}

function combine(one: Histogram, other: Histogram, sign: 1 | -1): Histogram {
  let left = one
  let right = other
  // Widening one to the other's bucket of zero may take in a bucket and so go further than asked.
  while (left.zeroThreshold !== right.zeroThreshold)
    if (left.zeroThreshold > right.zeroThreshold) right = widenZero(right, left.zeroThreshold)
    else left = widenZero(left, right.zeroThreshold)
  const schema = Math.min(left.schema, right.schema)
  left = toSchema(left, schema)
  right = toSchema(right, schema)
  return {
    schema,
    zeroThreshold: left.zeroThreshold,
    zeroCount: left.zeroCount + sign * right.zeroCount,
    count: left.count + sign * right.count,
    sum: left.sum + sign * right.sum,
    positive: mergeBuckets(left.positive, right.positive, sign),
    negative: mergeBuckets(left.negative, right.negative, sign),
    isGauge: left.isGauge || right.isGauge,
  }
}

/** With a wider bucket of zero; one that it would cut is taken in whole, and so it may become wider than asked. */
function widenZero(histogram: Histogram, wanted: number): Histogram {
  if (histogram.zeroThreshold >= wanted) return histogram
  let threshold = wanted
  const cut = ({ indexes, counts }: Buckets): number => {
    let to = 0
    while (to < indexes.length && upperBound(indexes[to] - 1, histogram.schema) < threshold) {
      if (counts[to] !== 0) threshold = Math.max(threshold, upperBound(indexes[to], histogram.schema))
      to++
    }
    return to
  }
  let positive = cut(histogram.positive)
  const negative = cut(histogram.negative)
  // What the negative side widened may cut a positive bucket; its bounds are the same, so one more look settles it.
  positive = cut(histogram.positive)
  const taken = [
    ...histogram.positive.counts.slice(0, positive),
    ...histogram.negative.counts.slice(0, negative),
  ]
  return {
    ...histogram,
    zeroThreshold: threshold,
    zeroCount: taken.reduce((sum, count) => sum + count, histogram.zeroCount),
    positive: dropFirst(histogram.positive, positive),
    negative: dropFirst(histogram.negative, negative),
  }
}

function dropFirst({ indexes, counts }: Buckets, count: number): Buckets {
  return { indexes: indexes.slice(count), counts: counts.slice(count) }
}

function coarsen({ indexes, counts }: Buckets, shift: number): Buckets {
  const merged: { indexes: number[]; counts: number[] } = { indexes: [], counts: [] }
  for (let at = 0; at < indexes.length; at++) {
    const index = ((indexes[at] - 1) >> shift) + 1
    if (merged.indexes.at(-1) === index) merged.counts[merged.counts.length - 1] += counts[at]
    else {
      merged.indexes.push(index)
      merged.counts.push(counts[at])
    }
  }
  return merged
}

function mergeBuckets(one: Buckets, other: Buckets, sign: 1 | -1): Buckets {
  const indexes: number[] = []
  const counts: number[] = []
  let left = 0
  let right = 0
  while (left < one.indexes.length || right < other.indexes.length) {
    const leftIndex = one.indexes[left] ?? Infinity
    const rightIndex = other.indexes[right] ?? Infinity
    indexes.push(Math.min(leftIndex, rightIndex))
    const fromLeft = leftIndex <= rightIndex ? one.counts[left++] : 0
    const fromRight = rightIndex <= leftIndex ? other.counts[right++] : 0
    counts.push(fromLeft + sign * fromRight)
  }
  return { indexes, counts }
}

function mapCounts({ indexes, counts }: Buckets, change: (count: number) => number): Buckets {
  return { indexes, counts: counts.map(change) }
}

function onlyFull(buckets: Buckets): Buckets {
  if (!buckets.counts.includes(0)) return buckets
  return {
    indexes: buckets.indexes.filter((_, at) => buckets.counts[at] !== 0),
    counts: buckets.counts.filter((count) => count !== 0),
  }
}

function equalBuckets(one: Buckets, other: Buckets): boolean {
  return (
    one.indexes.length === other.indexes.length &&
    one.indexes.every((index, at) => index === other.indexes[at]) &&
    one.counts.every((count, at) => Object.is(count, other.counts[at]))
  )
}

/** Whether a bucket holds less than before. */
function lostCounts(current: Buckets, previous: Buckets): boolean {
  let at = 0
  return previous.indexes.some((index, before) => {
    while (at < current.indexes.length && current.indexes[at] < index) at++
    const count = current.indexes[at] === index ? current.counts[at] : 0
    return count < previous.counts[before]
  })
}

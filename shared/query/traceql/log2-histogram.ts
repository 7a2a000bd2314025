/** Histograms whose buckets end at powers of two, as Tempo counts durations and whole numbers in them. */
import type { Value } from './value.ts'

/** Where the bucket of a value ends, that of a duration in seconds; undefined for what is in none: other values, and those below 2. */
export function bucketOf(value: Value | undefined): number | undefined {
  if ((value?.type !== 'int' && value?.type !== 'duration') || value.value < 2) return undefined
  const end = 2 ** Math.ceil(Math.log2(value.value))
  return value.type === 'duration' ? end / 1e9 : end
}

/** A quantile of what was counted at a step in buckets that ascend, between the ends of one in proportion to their logarithms; 0 of nothing. */
export function quantileOf(
  quantile: number,
  buckets: readonly (readonly [end: number, counts: Float64Array])[],
  step: number,
): number {
  const counted = buckets.filter(([, counts]) => counts[step] > 0)
  const total = counted.reduce((sum, [, counts]) => sum + counts[step], 0)
  if (total === 0) return 0
  const wanted = Math.max(1, Math.ceil(quantile * total))
  let before = 0
  for (let at = 0; at < counted.length; at++) {
    const [end, counts] = counted[at]
    if (before + counts[step] === wanted) return end
    if (before + counts[step] > wanted) {
      const upper = Math.log2(end)
      const lower = at === 0 ? upper - 1 : Math.log2(counted[at - 1][0])
      return 2 ** (lower + ((upper - lower) * (wanted - before)) / counts[step])
    }
    before += counts[step]
  }
  return 0
}

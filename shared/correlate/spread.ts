/** How durations are spread: of spans that were found, or as a histogram counted them. */

export interface Spread {
  /** Rising bounds of bars, nanoseconds, above 0; one more than there are bars. */
  readonly edges: readonly number[]
  readonly counts: readonly number[]
  /** May be a fraction where it was counted by rates. */
  readonly total: number
  /** Nanoseconds; `q` from 0 to 1. */
  readonly quantile: (q: number) => number
  /** Between which a quantile surely lies, nanoseconds: the bounds of its bucket, of which the last may be endless; twice the same where each duration is known. */
  readonly boundsOf: (q: number) => readonly [number, number]
  /** The share of 1 that took less than so many nanoseconds. */
  readonly shareBelow: (ns: number) => number
}

/** What a spread is made of: single durations, nanoseconds, or the buckets of a histogram (`spreadOfBuckets`). */
export type Durations =
  | { readonly kind: 'single'; readonly ns: readonly number[] }
  | {
      readonly kind: 'buckets'
      readonly bounds: readonly number[]
      readonly held: readonly number[]
      readonly isOpen: boolean
    }

/** Undefined where there are none. */
export const spreadOf = (durations: Durations): Spread | undefined =>
  durations.kind === 'single'
    ? spreadOfDurations(durations.ns)
    : spreadOfBuckets(durations.bounds, durations.held, durations.isOpen)

const mostBars = 24

/** Of single durations, nanoseconds; undefined where there are none. */
export function spreadOfDurations(durations: readonly number[]): Spread | undefined {
  // What took no time has no place on an axis of powers.
  const sorted = durations.map((ns) => Math.max(1, ns)).sort((one, other) => one - other)
  if (sorted.length === 0) return undefined
  const [low, high] = [sorted[0], sorted[sorted.length - 1]]
  const bars = high === low ? 1 : Math.min(mostBars, Math.ceil(2 * Math.sqrt(sorted.length)))
  const [from, to] = high === low ? [low / 1.2, high * 1.2] : [low, high]
  const ratio = Math.log(to / from) / bars
  const edges = Array.from({ length: bars + 1 }, (_, at) => from * Math.exp(ratio * at))
  const counts = edges.slice(1).map(() => 0)
  for (const ns of sorted) counts[Math.min(bars - 1, Math.floor(Math.log(ns / from) / ratio))]++
  const quantile = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]
  return {
    edges,
    counts,
    total: sorted.length,
    quantile,
    boundsOf: (q) => [quantile(q), quantile(q)],
    shareBelow: (ns) => firstAtLeast(sorted, ns) / sorted.length,
  }
}

function firstAtLeast(sorted: readonly number[], ns: number): number {
  const at = sorted.findIndex((one) => one >= ns)
  return at < 0 ? sorted.length : at
}

/**
 * Of the buckets of a histogram: rising bounds in nanoseconds, the last of which is as high as it is drawn where it has no end
 * (`isOpen`), and their counts. Undefined where they are empty.
 */
export function spreadOfBuckets(
  bounds: readonly number[],
  held: readonly number[],
  isOpen: boolean,
): Spread | undefined {
  const first = held.findIndex((count) => count > 0)
  if (first < 0) return undefined
  const last = held.findLastIndex((count) => count > 0)
  const counts = held.slice(first, last + 1)
  const edges = bounds.slice(first, last + 2)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const endsOpen = isOpen && last === held.length - 1
  /** The bar that holds a quantile, and how much of that bar lies below it, 0 to 1. */
  const barOf = (q: number): readonly [bar: number, part: number] => {
    let below = 0
    for (const [at, count] of counts.entries()) {
      if (below + count >= q * total && count > 0) return [at, (q * total - below) / count]
      below += count
    }
    return [counts.length - 1, 1]
  }
  return {
    edges,
    counts,
    total,
    quantile: (q) => {
      const [bar, part] = barOf(q)
      return edges[bar] + part * (edges[bar + 1] - edges[bar])
    },
    boundsOf: (q) => {
      const [bar] = barOf(q)
      // What is drawn of the first bucket begins above 0.
      const low = first + bar === 0 ? 0 : edges[bar]
      return [low, endsOpen && bar === counts.length - 1 ? Infinity : edges[bar + 1]]
    },
    shareBelow: (ns) => {
      let below = 0
      for (const [at, count] of counts.entries()) {
        // How long those past the last bound took is not known.
        if (endsOpen && at === counts.length - 1) break
        const part = (ns - edges[at]) / (edges[at + 1] - edges[at])
        below += count * Math.min(1, Math.max(0, part))
      }
      return below / total
    },
  }
}

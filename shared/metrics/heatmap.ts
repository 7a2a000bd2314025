/** Histograms over time as a grid of counts: classic ones (`le`) and native ones alike. */
import type { MetricSeries } from '#shared/api/metrics'
import { type ClassicBucket, growingBuckets, quantileOf } from '#shared/query/promql/classic-histogram'
import { gridOf, numberOf, type Point } from './frame'
import { type Bucket, nativeQuantile } from './native-quantile'

export interface Heatmap {
  /** Seconds since 1970; one column for each. */
  readonly times: readonly number[]
  /** Rising bounds of rows: row `i` lies between `edges[i]` and `edges[i + 1]`; the ends may be infinite. */
  readonly edges: readonly number[]
  /** Counts, column after column, the lowest row first. */
  readonly counts: Float64Array
  /** The smallest count above 0, and the largest; 0 where there is none. */
  readonly least: number
  readonly most: number
  /** What a quantile is at each moment: the buckets of all series are summed first. */
  readonly quantile: (q: number) => readonly Point[]
}

interface Asked {
  readonly startMs: number
  readonly endMs: number
  readonly stepMs: number
}

/** The series as a heatmap; undefined where they are no histogram. */
export function heatmapOf(series: readonly MetricSeries[], asked: Asked): Heatmap | undefined {
  if (series.length === 0) return undefined
  if (series.every(({ labels }) => readBound(labels['le']) !== undefined)) return ofClassic(series, asked)
  return series.every(({ histograms }) => histograms.length > 0) ? ofNative(series, asked) : undefined
}

/** The bound of a bucket; undefined where the label is none. */
function readBound(le: string | undefined): number | undefined {
  if (le === undefined || le === '') return undefined
  if (le === '+Inf') return Infinity
  const bound = Number(le)
  return Number.isNaN(bound) ? undefined : bound
}

const columnOf = (time: number, { startMs, stepMs }: Asked): number =>
  Math.round((time - startMs / 1_000) / (stepMs / 1_000))

function ofClassic(series: readonly MetricSeries[], asked: Asked): Heatmap {
  const times = gridOf(asked.startMs, asked.endMs, asked.stepMs)
  const bounds = [...new Set(series.map(({ labels }) => readBound(labels['le']) ?? Infinity))].sort(
    (one, other) => one - other,
  )
  const rows = bounds.length
  // How many lie at or below each bound; a bound without a sample at a moment is not known there.
  const below = new Float64Array(times.length * rows).fill(Number.NaN)
  for (const { labels, times: sampled, values } of series) {
    const row = bounds.indexOf(readBound(labels['le']) ?? Infinity)
    for (let index = 0; index < sampled.length; index++) {
      const column = columnOf(sampled[index], asked)
      const value = numberOf(values[index])
      if (column < 0 || column >= times.length || !Number.isFinite(value)) continue
      const at = column * rows + row
      below[at] = (Number.isNaN(below[at]) ? 0 : below[at]) + value
    }
  }
  const counts = new Float64Array(times.length * rows)
  for (let column = 0; column < times.length; column++) {
    let under = 0
    for (let row = 0; row < rows; row++) {
      const value = below[column * rows + row]
      if (Number.isNaN(value)) continue
      counts[column * rows + row] = Math.max(0, value - under)
      under = Math.max(under, value)
    }
  }
  // Several quantiles are read off the same buckets.
  const columns = times.map((_, column) => {
    const buckets: ClassicBucket[] = []
    for (let row = 0; row < rows; row++) {
      const count = below[column * rows + row]
      if (!Number.isNaN(count)) buckets.push({ bound: bounds[row], count })
    }
    return growingBuckets(buckets)?.buckets
  })
  const quantile = (q: number): readonly Point[] =>
    columns.map((buckets) => (buckets === undefined ? null : drawn(quantileOf(q, buckets))))
  const low = bounds[0] > 0 ? 0 : -Infinity
  return { times, edges: [low, ...bounds], counts, ...spanOf(counts), quantile }
}

function ofNative(series: readonly MetricSeries[], asked: Asked): Heatmap {
  const times = gridOf(asked.startMs, asked.endMs, asked.stepMs)
  const merged: Map<string, Bucket>[] = times.map(() => new Map())
  for (const { histograms } of series)
    for (const { time, buckets } of histograms) {
      const column = merged[columnOf(time, asked)]
      for (const [, lower, upper, held] of column === undefined ? [] : buckets) {
        const key = `${lower} ${upper}`
        column.set(key, { lower, upper, count: (column.get(key)?.count ?? 0) + held })
      }
    }
  const columns = merged.map((buckets) =>
    oneSided([...buckets.values()]).toSorted((one, other) => one.upper - other.upper),
  )
  const edges = [
    ...new Set(columns.flatMap((buckets) => buckets.flatMap(({ lower, upper }) => [lower, upper]))),
  ].sort((one, other) => one - other)
  const rowAt = new Map(edges.map((edge, row) => [edge, row]))
  const rows = Math.max(0, edges.length - 1)
  const counts = new Float64Array(times.length * rows)
  columns.forEach((buckets, column) => {
    for (const { lower, upper, count } of buckets) {
      const [from, to] = [rowAt.get(lower) ?? 0, rowAt.get(upper) ?? 0]
      // Histograms of other resolutions may split a bucket: each part has its share.
      for (let row = from; row < to; row++) counts[column * rows + row] += count / (to - from)
    }
  })
  return {
    times,
    edges,
    counts,
    ...spanOf(counts),
    quantile: (q) =>
      columns.map((buckets) => (buckets.length === 0 ? null : drawn(nativeQuantile(q, buckets)))),
  }
}

/** The bucket around zero reaches to one side only where all other values lie there. */
function oneSided(buckets: readonly Bucket[]): readonly Bucket[] {
  const hasNegative = buckets.some(({ lower, upper }) => lower < 0 && upper <= 0)
  const hasPositive = buckets.some(({ lower }) => lower > 0)
  return buckets.map(({ lower, upper, count }) => {
    const isAround = lower < 0 && upper > 0
    return {
      lower: isAround && hasPositive && !hasNegative ? 0 : lower,
      upper: isAround && hasNegative && !hasPositive ? 0 : upper,
      count,
    }
  })
}

const drawn = (value: number): Point => (Number.isFinite(value) ? value : null)

function spanOf(counts: Float64Array): Pick<Heatmap, 'least' | 'most'> {
  let least = Infinity
  let most = 0
  for (const count of counts) {
    if (!(count > 0)) continue
    least = Math.min(least, count)
    most = Math.max(most, count)
  }
  return { least: most === 0 ? 0 : least, most }
}

export interface DrawnEdges {
  readonly edges: readonly number[]
  /** The axis is logarithmic: nothing lies below 0. */
  readonly isLogarithmic: boolean
}

/** Without end; the contract says so with the largest number there is. */
const isOpen = (edge: number): boolean => !(Math.abs(edge) < Number.MAX_VALUE)

/** Edges as they are drawn: what has no end, or begins at 0 on a logarithmic axis, is as high as its neighbour. */
export function drawnEdges(given: readonly number[]): DrawnEdges {
  const isLogarithmic = given.every((edge) => edge >= 0) && given.some((edge) => edge > 0 && !isOpen(edge))
  const edges = [...given]
  const last = edges.length - 1
  const finite = edges.filter((edge) => !isOpen(edge) && (!isLogarithmic || edge > 0))
  const ratio = finite.length > 1 ? finite[1] / finite[0] : 2
  const topRatio = finite.length > 1 ? (finite.at(-1) ?? 1) / (finite.at(-2) ?? 1) : 2
  const width = finite.length > 1 ? finite[1] - finite[0] : 1
  if (last > 0 && (isLogarithmic ? edges[0] <= 0 : isOpen(edges[0])))
    edges[0] = isLogarithmic ? finite[0] / Math.max(1.1, Math.min(10, ratio)) : (finite[0] ?? 0) - width
  if (last > 0 && isOpen(edges[last])) {
    const below = edges[last - 1]
    edges[last] = isLogarithmic ? below * Math.max(1.1, Math.min(10, topRatio)) : below + width
  }
  return { edges, isLogarithmic }
}

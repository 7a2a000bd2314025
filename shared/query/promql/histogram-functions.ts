/** Functions of histograms, classic ones spread over series by `le` and native ones. */
import { invalidQuantile } from './annotations.ts'
import { type ClassicBucket, classicFraction, classicQuantile } from './classic-histogram.ts'
import { type Column, Kind, emptyColumn, mergeColumns, setAt, timeAt } from './columns.ts'
import type { Context } from './context.ts'
import type { Call } from './expression.ts'
import type { Histogram } from './histogram.ts'
import {
  type Estimate,
  histogramFraction,
  histogramQuantile,
  histogramVariance,
} from './histogram-quantile.ts'
import { type Labels, labelKey, labelValue, withLabel, withoutMetadata } from './labels.ts'
import { readGoFloat } from './literals.ts'
import type { TextRange } from '#shared/query/query-error'

/** Functions of one native histogram; numbers are passed over. */
export const histogramFunctions: Readonly<Record<string, (histogram: Histogram) => number>> = {
  histogram_count: ({ count }) => count,
  histogram_sum: ({ sum }) => sum,
  histogram_avg: ({ count, sum }) => sum / count,
  histogram_stdvar: histogramVariance,
  histogram_stddev: (histogram) => Math.sqrt(histogramVariance(histogram)),
}

/** `histogram_quantile`. */
export function quantileOfHistograms(
  call: Call,
  q: Float64Array,
  columns: readonly Column[],
  context: Context,
): Column[] {
  const { annotations, grid } = context
  const [parameter, range] = call.args
  const skewed = { result: 'result is NaN', skew: 'result is skewed higher' }
  for (const value of q) if (!(value >= 0 && value <= 1)) annotations.warn(invalidQuantile(value), parameter)
  return estimate(call, range, columns, context, {
    native: (histogram, step) => {
      const { value, nan } = histogramQuantile(q[step], histogram)
      if (nan !== undefined)
        annotations.inform(`input to histogram_quantile has NaN observations, ${skewed[nan]}`, range)
      return value
    },
    classic: (buckets, step) => {
      const { value, mended } = classicQuantile(q[step], buckets)
      if (mended !== undefined) annotations.mended(range, timeAt(grid, step), mended)
      return value
    },
  })
}

/** `histogram_fraction`. */
export function fractionOfHistograms(
  call: Call,
  [lower, upper]: readonly [Float64Array, Float64Array],
  columns: readonly Column[],
  context: Context,
): Column[] {
  const range = call.args[2]
  return estimate(call, range, columns, context, {
    native: (histogram, step) => {
      const { value, nan }: Estimate = histogramFraction(lower[step], upper[step], histogram)
      if (nan !== undefined)
        context.annotations.inform(
          'input to histogram_fraction has NaN observations, which are excluded from all fractions',
          range,
        )
      return value
    },
    classic: (buckets, step) => classicFraction(lower[step], upper[step], buckets),
  })
}

interface Estimators {
  readonly native: (histogram: Histogram, step: number) => number
  readonly classic: (buckets: readonly ClassicBucket[], step: number) => number
}

/** The series of one classic histogram, and native ones of the same labels. */
interface Group {
  readonly labels: Labels
  readonly buckets: { readonly bound: number; readonly column: Column }[]
  readonly natives: Column[]
}

function estimate(
  call: Call,
  range: TextRange,
  columns: readonly Column[],
  { grid, annotations }: Context,
  { native, classic }: Estimators,
): Column[] {
  const estimates = groupColumns(columns, range, annotations.warn.bind(annotations)).map((group) => {
    const column = emptyColumn(withoutMetadata(group.labels), grid.count)
    for (let step = 0; step < grid.count; step++) {
      const histogram = group.natives.find(({ kinds }) => kinds[step] === Kind.histogram)?.histograms?.[step]
      const buckets = group.buckets
        .filter((bucket) => bucket.column.kinds[step] === Kind.float)
        .map(({ bound, column }) => ({ bound, count: column.values[step] }))
      if (histogram !== undefined && buckets.length > 0)
        annotations.warn('vector contains a mix of classic and native histograms', range)
      else if (histogram !== undefined) setAt(column, step, native(histogram, step))
      else if (buckets.length > 0) setAt(column, step, classic(buckets, step))
    }
    return column
  })
  return mergeColumns(estimates, call)
}

function groupColumns(
  columns: readonly Column[],
  range: TextRange,
  warn: (words: string, range: TextRange) => void,
): Group[] {
  const groups = new Map<string, Group>()
  const groupOf = (labels: Labels): Group => {
    const key = labelKey(labels)
    const group = groups.get(key) ?? { labels, buckets: [], natives: [] }
    groups.set(key, group)
    return group
  }
  for (const column of columns) {
    if (column.histograms !== undefined) groupOf(column.labels).natives.push(column)
    if (!column.kinds.includes(Kind.float)) continue
    const le = labelValue(column.labels, 'le')
    const bound = readGoFloat(le)
    if (bound !== undefined) groupOf(withLabel(column.labels, 'le', '')).buckets.push({ bound, column })
    else warn(`bucket label "le" is missing or has a malformed value of ${JSON.stringify(le)}`, range)
  }
  return [...groups.values()]
}

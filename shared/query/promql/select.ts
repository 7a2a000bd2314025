/** Reads samples from the store: the latest at each step, or all of a range. */
import { type Column, emptyColumn, isEmpty, setAt } from './columns.ts'
import { type Context, lookingFrom } from './context.ts'
import type { MatrixSelector, VectorSelector } from './expression.ts'
import type { Histogram } from './histogram.ts'
import type { Labels } from './labels.ts'
import type { Series } from './series-store.ts'

/** The samples of a series without the moments at which it ended, numbers and histograms apart. */
export interface Samples {
  readonly labels: Labels
  readonly times: Float64Array
  readonly values: Float64Array
  readonly histogramTimes: Float64Array
  readonly histograms: readonly Histogram[]
}

/** At each step the latest sample within the lookback, unless the series has ended. */
export async function selectInstant(
  selector: VectorSelector,
  context: Context,
  /** The time of the sample, in seconds, in place of its value. */
  times = false,
): Promise<Column[]> {
  const { grid, lookbackMs, budget } = context
  const lookFrom = lookingFrom(selector, context)
  const found = context.store.select(selector.matchers, lookFrom(0) - lookbackMs, lookFrom(grid.count - 1))
  const columns: Column[] = []
  for (const series of found) {
    await budget.spend(grid.count, selector)
    const column = emptyColumn(series.labels, grid.count)
    // The row after the latest sample that is not later than the step.
    let next = 0
    for (let step = 0; step < grid.count; step++) {
      const timeMs = lookFrom(step)
      next = firstAfter(series.times, timeMs, next)
      if (next === 0 || series.times[next - 1] <= timeMs - lookbackMs) continue
      const row = next - 1
      if (series.ended?.[row] === 1) continue
      setAt(column, step, times ? series.times[row] / 1000 : (series.histograms?.[row] ?? series.values[row]))
    }
    if (!isEmpty(column)) columns.push(column)
  }
  return columns
}

/** All samples that any step's range may hold, and perhaps some more. */
export async function selectRange(
  { selector, rangeMs }: MatrixSelector,
  context: Context,
): Promise<Samples[]> {
  const lookFrom = lookingFrom(selector, context)
  const fromMs = lookFrom(0) - rangeMs
  const toMs = lookFrom(context.grid.count - 1)
  const samples: Samples[] = []
  for (const series of context.store.select(selector.matchers, fromMs, toMs)) {
    const from = firstAfter(series.times, fromMs, 0)
    const to = firstAfter(series.times, toMs, from)
    await context.budget.spend(to - from, selector)
    if (to > from) samples.push(splitSamples(series, from, to))
  }
  return samples
}

const noTimes = new Float64Array(0)

/** The samples of a series in the rows from `from` up to, not including, `to`. */
export function splitSamples(
  { labels, times, values, histograms, ended }: Series,
  from: number,
  to: number,
): Samples {
  if (histograms === undefined && ended === undefined)
    return {
      labels,
      times: times.subarray(from, to),
      values: values.subarray(from, to),
      histogramTimes: noTimes,
      histograms: [],
    }
  const floats: number[] = []
  const others: number[] = []
  for (let row = from; row < to; row++)
    if (ended?.[row] !== 1) (histograms?.[row] === undefined ? floats : others).push(row)
  return {
    labels,
    times: Float64Array.from(floats, (row) => times[row]),
    values: Float64Array.from(floats, (row) => values[row]),
    histogramTimes: Float64Array.from(others, (row) => times[row]),
    histograms: others.map((row) => histograms?.[row]).filter((histogram) => histogram !== undefined),
  }
}

/** The first index whose time is later; from `start` on, in steps that double, since the next step's is mostly near. */
export function firstAfter(times: Float64Array, timeMs: number, start: number): number {
  let from = start
  let stride = 1
  while (from + stride <= times.length && times[from + stride - 1] <= timeMs) {
    from += stride
    stride *= 2
  }
  let to = Math.min(from + stride - 1, times.length)
  while (from < to) {
    const middle = (from + to) >> 1
    if (times[middle] <= timeMs) from = middle + 1
    else to = middle
  }
  return from
}

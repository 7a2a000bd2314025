/** The answer to a range query on one grid of moments, as charts draw it. */
import type { MetricSeries, SampleValue } from '#shared/api/metrics'

/** A value that is drawn, or a gap. */
export type Point = number | null

export interface Frame {
  /** Seconds since 1970, a step apart, from the first moment that was asked for to the last. */
  readonly times: readonly number[]
  /** One list of points for each series, in the order of the answer. */
  readonly columns: readonly (readonly Point[])[]
  /** Samples that were there and cannot be drawn: NaN, and values without bound. */
  readonly undrawn: { readonly nan: number; readonly infinite: number }
}

/** What a sample is as a number. */
export function numberOf(value: SampleValue): number {
  if (typeof value === 'number') return value
  return value === 'NaN' ? Number.NaN : value === '+Inf' ? Infinity : -Infinity
}

/** Moments from `startMs` to `endMs`, a step apart, seconds. */
export function gridOf(startMs: number, endMs: number, stepMs: number): readonly number[] {
  const count = Math.floor((endMs - startMs) / stepMs + 1e-9) + 1
  return Array.from({ length: Math.max(0, count) }, (_, index) => (startMs + index * stepMs) / 1_000)
}

/** Most series have a sample at every step: their values are their column then, where a copy with room for gaps would box each number. */
const isOnGrid = (times: readonly number[], sampled: readonly number[]): boolean =>
  times.length === sampled.length && sampled.every((time, at) => Math.abs(time - times[at]) < 1e-3)

const areDrawable = (values: readonly SampleValue[]): values is readonly number[] =>
  values.every((value) => Number.isFinite(value))

/** Puts series onto the grid; where a series has no sample, or one that is no number, there is a gap. */
export function frameOf(
  series: readonly MetricSeries[],
  asked: { readonly startMs: number; readonly endMs: number; readonly stepMs: number },
): Frame {
  const times = gridOf(asked.startMs, asked.endMs, asked.stepMs)
  const [start, step] = [asked.startMs / 1_000, asked.stepMs / 1_000]
  let nan = 0
  let infinite = 0
  const columns = series.map(({ times: sampled, values }) => {
    if (isOnGrid(times, sampled) && areDrawable(values)) return values
    const column = Array.from<Point>({ length: times.length }).fill(null)
    for (let index = 0; index < sampled.length; index++) {
      const value = numberOf(values[index])
      const at = Math.round((sampled[index] - start) / step)
      if (at < 0 || at >= column.length) continue
      if (Number.isFinite(value)) column[at] = value
      else if (Number.isNaN(value)) nan += 1
      else infinite += 1
    }
    return column
  })
  return { times, columns, undrawn: { nan, infinite } }
}

/** Whether values lie so far apart (±1e308) that how far is no number: nothing can be placed between them. */
export function isBeyondScale({ columns }: Pick<Frame, 'columns'>): boolean {
  let least = Infinity
  let most = -Infinity
  for (const column of columns)
    for (const value of column)
      if (value !== null) {
        if (value < least) least = value
        if (value > most) most = value
      }
  return least < most && !Number.isFinite(most - least)
}

/** Each series on top of those before it; a gap is nothing to stand on, and stays a gap. */
export function stacked(columns: Frame['columns']): readonly (readonly Point[])[] {
  const below: number[] = []
  return columns.map((column) =>
    column.map((value, index) => {
      if (value === null) return null
      below[index] = (below[index] ?? 0) + value
      return below[index]
    }),
  )
}

/** Places of points that no line would touch: the points on both sides are gaps. */
export function alone(column: readonly Point[]): readonly number[] {
  const found: number[] = []
  for (let index = 0; index < column.length; index++)
    if (
      column[index] !== null &&
      (column[index - 1] ?? null) === null &&
      (column[index + 1] ?? null) === null
    )
      found.push(index)
  return found
}

/** The functions of a range that look at its samples one by one. */
import { invalidQuantile } from './annotations.ts'
import type { Histogram } from './histogram.ts'
import { averageHistograms, equalHistograms, sumHistograms, wasReset } from './histogram-math.ts'
import { KahanSum } from './kahan.ts'
import { PromqlError } from './promql-error.ts'
import { extrapolated, instant } from './rates.ts'
import { type Reduction, average, maximum, minimum, quantile, sum, variance } from './reductions.ts'
import { type RangeFunction, type Window, mixedWords } from './window.ts'

/** They pick a sample, and so leave it its name. */
export const keepsName: ReadonlySet<string> = new Set(['last_over_time', 'first_over_time'])

export const rangeFunctions: Readonly<Record<string, RangeFunction>> = {
  rate: (window) => extrapolated(window, { counter: true, perSecond: true }),
  increase: (window) => extrapolated(window, { counter: true, perSecond: false }),
  delta: (window) => extrapolated(window, { counter: false, perSecond: false }),
  irate: (window) => instant(window, true),
  idelta: (window) => instant(window, false),
  deriv: trend((window, from) => regression(window, window.times[from]).slope),
  predict_linear: trend((window) => {
    const { slope, intercept } = regression(window, window.timeMs)
    return slope * window.parameters[0] + intercept
  }),
  double_exponential_smoothing: trend(smoothed),
  resets: (window) =>
    countPairs(
      window,
      (before, after) => after < before,
      (before, after) => wasReset(after, before),
    ),
  changes: (window) =>
    countPairs(
      window,
      (before, after) => after !== before && !(Number.isNaN(after) && Number.isNaN(before)),
      (before, after) => !equalHistograms(before, after),
    ),
  sum_over_time: both(sum, sumHistograms),
  avg_over_time: both(average, averageHistograms),
  min_over_time: floatsOnly(minimum),
  max_over_time: floatsOnly(maximum),
  stdvar_over_time: floatsOnly(variance),
  stddev_over_time: floatsOnly((...range) => Math.sqrt(variance(...range))),
  mad_over_time: floatsOnly((values, from, to) => {
    const all = values.subarray(from, to)
    if (all.some(Number.isNaN)) return NaN
    const median = quantile(0.5, values, from, to)
    const deviations = all.map((value) => Math.abs(value - median))
    return quantile(0.5, deviations, 0, deviations.length)
  }),
  quantile_over_time: (window) => {
    if (window.from === window.to) return undefined
    const [q] = window.parameters
    if (!(q >= 0 && q <= 1)) window.warn(invalidQuantile(q))
    return floatsOnly((values, from, to) => quantile(q, values, from, to))(window)
  },
  count_over_time: ({ from, to, fromHistogram, toHistogram }) => to - from + toHistogram - fromHistogram,
  present_over_time: () => 1,
  first_over_time: ({ from, to, times, values, fromHistogram, toHistogram, histogramTimes, histograms }) => {
    if (fromHistogram === toHistogram) return values[from]
    return from < to && times[from] < histogramTimes[fromHistogram] ? values[from] : histograms[fromHistogram]
  },
  last_over_time: ({ from, to, times, values, fromHistogram, toHistogram, histogramTimes, histograms }) => {
    if (fromHistogram === toHistogram) return values[to - 1]
    return from < to && histogramTimes[toHistogram - 1] < times[to - 1]
      ? values[to - 1]
      : histograms[toHistogram - 1]
  },
  ts_of_first_over_time: ({ from, to, times, fromHistogram, toHistogram, histogramTimes }) =>
    Math.min(
      from < to ? times[from] : Infinity,
      fromHistogram < toHistogram ? histogramTimes[fromHistogram] : Infinity,
    ) / 1000,
  ts_of_last_over_time: ({ from, to, times, fromHistogram, toHistogram, histogramTimes }) =>
    Math.max(
      from < to ? times[to - 1] : 0,
      fromHistogram < toHistogram ? histogramTimes[toHistogram - 1] : 0,
    ) / 1000,
  ts_of_max_over_time: timeOf((value, best) => value >= best),
  ts_of_min_over_time: timeOf((value, best) => value <= best),
}

function both(floats: Reduction, histograms: (all: readonly Histogram[]) => Histogram): RangeFunction {
  return (window) => {
    const { from, to, fromHistogram, toHistogram } = window
    if (fromHistogram === toHistogram) return floats(window.values, from, to)
    if (from === to) return histograms(window.histograms.slice(fromHistogram, toHistogram))
    window.warn(mixedWords(window.metricName))
    return undefined
  }
}

function ignoreHistograms({ fromHistogram, toHistogram, inform, metricName }: Window): void {
  if (fromHistogram < toHistogram)
    inform(
      `ignored histograms in a range containing both floats and histograms for metric name ${JSON.stringify(metricName)}`,
    )
}

function floatsOnly(reduce: Reduction): RangeFunction {
  return (window) => {
    if (window.from === window.to) return undefined
    ignoreHistograms(window)
    return reduce(window.values, window.from, window.to)
  }
}

/** What needs two numbers at least. */
function trend(calculate: (window: Window, from: number) => number): RangeFunction {
  return (window) => {
    if (window.from < window.to) ignoreHistograms(window)
    return window.to - window.from < 2 ? undefined : calculate(window, window.from)
  }
}

function timeOf(isBetter: (value: number, best: number) => boolean): RangeFunction {
  return (window) =>
    floatsOnly((values, from, to) => {
      let best = from
      for (let at = from; at < to; at++)
        if (isBetter(values[at], values[best]) || Number.isNaN(values[best])) best = at
      return window.times[best] / 1000
    })(window)
}

/** The line through the samples with the least squares; its value at a moment, and its slope per second. */
function regression({ times, values, from, to }: Window, atMs: number): { slope: number; intercept: number } {
  const first = values[from]
  if (values.subarray(from, to).every((value) => value === first))
    return Math.abs(first) === Infinity ? { slope: NaN, intercept: NaN } : { slope: 0, intercept: first }
  const sums = [new KahanSum(), new KahanSum(), new KahanSum(), new KahanSum()]
  for (let at = from; at < to; at++) {
    const x = (times[at] - atMs) / 1000
    for (const [which, term] of [x, values[at], x * values[at], x * x].entries()) sums[which].add(term)
  }
  const [x, y, xy, xx] = sums.map(({ value }) => value)
  const count = to - from
  const slope = (xy - (x * y) / count) / (xx - (x * x) / count)
  return { slope, intercept: y / count - (slope * x) / count }
}

/** Smoothing by Holt and Winters: of the value with the first parameter, of the trend with the second. */
function smoothed({ values, from, to, parameters, range }: Window): number {
  const [valueFactor, trendFactor] = parameters
  for (const factor of parameters)
    if (!(factor > 0 && factor < 1))
      throw new PromqlError(
        'execution',
        range,
        `A factor of smoothing lies between 0 and 1, and this is ${factor}.`,
      )
  let before = 0
  let level = values[from]
  let slope = values[from + 1] - values[from]
  for (let at = from + 1; at < to; at++) {
    if (at > from + 1) slope = trendFactor * (level - before) + (1 - trendFactor) * slope
    before = level
    level = valueFactor * values[at] + (1 - valueFactor) * (level + slope)
  }
  return level
}

/** How often two samples in a row are thus; a number beside a histogram always is. */
function countPairs(
  window: Window,
  floats: (before: number, after: number) => boolean,
  histograms: (before: Histogram, after: Histogram) => boolean,
): number {
  let { from, fromHistogram } = window
  const { to, toHistogram, times, histogramTimes } = window
  let count = 0
  let before: number | Histogram | undefined
  while (from < to || fromHistogram < toHistogram) {
    const isFloat = fromHistogram >= toHistogram || (from < to && times[from] < histogramTimes[fromHistogram])
    const after = isFloat ? window.values[from++] : window.histograms[fromHistogram++]
    if (before !== undefined) {
      if (typeof before === 'number' && typeof after === 'number') count += floats(before, after) ? 1 : 0
      else if (typeof before === 'number' || typeof after === 'number') count++
      else count += histograms(before, after) ? 1 : 0
    }
    before = after
  }
  return count
}

/** Answers in the shapes of Prometheus's HTTP API: https://prometheus.io/docs/prometheus/latest/querying/api/ */
import { floatText } from './answer-text.ts'
import { type Column, type Grid, Kind, timeAt } from './columns.ts'
import { type Histogram, bucketsOf } from './histogram.ts'
import type { Labels } from './labels.ts'

/** Seconds since 1970, and the value as text. */
export type SampleAnswer = readonly [seconds: number, value: string]

/** How a bucket's bounds count: 0 = (l,r], 1 = [l,r), 2 = (l,r), 3 = [l,r]. */
export type BucketAnswer = readonly [rule: number, lower: string, upper: string, count: string]

export interface HistogramAnswer {
  readonly count: string
  readonly sum: string
  readonly buckets?: readonly BucketAnswer[]
}

export interface VectorAnswer {
  readonly metric: Readonly<Record<string, string>>
  readonly value?: SampleAnswer
  readonly histogram?: readonly [seconds: number, histogram: HistogramAnswer]
}

export interface MatrixAnswer {
  readonly metric: Readonly<Record<string, string>>
  readonly values?: readonly SampleAnswer[]
  readonly histograms?: readonly (readonly [seconds: number, histogram: HistogramAnswer])[]
}

/** What stands under `data`. */
export type PromqlData =
  | { readonly resultType: 'vector'; readonly result: readonly VectorAnswer[] }
  | { readonly resultType: 'matrix'; readonly result: readonly MatrixAnswer[] }
  | { readonly resultType: 'scalar' | 'string'; readonly result: SampleAnswer }

/** An answer; warnings and infos are left out where there are none. */
export interface PromqlAnswer {
  readonly data: PromqlData
  readonly warnings?: readonly string[]
  readonly infos?: readonly string[]
}

export function vectorAnswer(columns: readonly Column[], grid: Grid): PromqlData {
  const seconds = grid.startMs / 1000
  const result = columns.map(({ labels, kinds, values, histograms }): VectorAnswer => {
    const histogram = kinds[0] === Kind.histogram ? histograms?.[0] : undefined
    const metric = metricAnswer(labels)
    return histogram === undefined
      ? { metric, value: [seconds, floatText(values[0])] }
      : { metric, histogram: [seconds, histogramAnswer(histogram)] }
  })
  return { resultType: 'vector', result }
}

export function matrixAnswer(columns: readonly Column[], grid: Grid): PromqlData {
  const seconds = Array.from({ length: grid.count }, (_, step) => timeAt(grid, step) / 1000)
  const result = columns.map(({ labels, kinds, values, histograms = [] }): MatrixAnswer => {
    const floats: SampleAnswer[] = []
    const others: [number, HistogramAnswer][] = []
    for (let step = 0; step < grid.count; step++) {
      if (kinds[step] === Kind.float) floats.push([seconds[step], floatText(values[step])])
      const histogram = kinds[step] === Kind.histogram ? histograms[step] : undefined
      if (histogram !== undefined) others.push([seconds[step], histogramAnswer(histogram)])
    }
    return seriesAnswer(labels, floats, others)
  })
  return { resultType: 'matrix', result }
}

/** A series with what it has of numbers and histograms. */
export function seriesAnswer(
  labels: Labels,
  values: readonly SampleAnswer[],
  histograms: readonly (readonly [number, HistogramAnswer])[],
): MatrixAnswer {
  return {
    metric: metricAnswer(labels),
    ...(values.length > 0 && { values }),
    ...(histograms.length > 0 && { histograms }),
  }
}

export function histogramAnswer(histogram: Histogram): HistogramAnswer {
  const buckets = bucketsOf(histogram).map(({ lower, upper, count }): BucketAnswer => {
    const rule = lower < 0 ? (upper > 0 ? 3 : 1) : upper > 0 ? 0 : 2
    return [rule, floatText(lower), floatText(upper), floatText(count)]
  })
  return {
    count: floatText(histogram.count),
    sum: floatText(histogram.sum),
    ...(buckets.length > 0 && { buckets }),
  }
}

function metricAnswer(labels: Labels): Readonly<Record<string, string>> {
  return Object.fromEntries(labels)
}

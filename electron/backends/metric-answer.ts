/** Answers to PromQL as Prometheus gives them, brought into the shape of the contract; those of the demo shop's engine have the same shape. */
import type {
  HistogramSample,
  MetricAnswer,
  MetricLabels,
  MetricSeries,
  QueryStats,
  SampleValue,
} from '#shared/api/metrics'
import type { HistogramAnswer, PromqlAnswer, PromqlData, SampleAnswer } from '#shared/query/promql/answer'

type TimedHistogram = readonly [seconds: number, histogram: HistogramAnswer]

/** A number as Go writes it. */
export function readValue(text: string): SampleValue {
  const value = Number(text)
  if (text !== '' && Number.isFinite(value)) return value
  if (/^\+?Inf/i.test(text)) return '+Inf'
  return /^-Inf/i.test(text) ? '-Inf' : 'NaN'
}

/** The end of a bucket, which may be without end. */
function readBound(text: string): number {
  const value = readValue(text)
  if (typeof value === 'number') return value
  // JSON has no infinity; nothing real is larger.
  return value === '-Inf' ? -Number.MAX_VALUE : Number.MAX_VALUE
}

function readHistogram([time, { count, sum, buckets }]: TimedHistogram): HistogramSample {
  return {
    time,
    count: readValue(count),
    sum: readValue(sum),
    buckets: (buckets ?? []).map(([bounds, left, right, held]) => [
      bounds,
      readBound(left),
      readBound(right),
      Number(held) || 0,
    ]),
  }
}

function seriesOf(
  labels: MetricLabels,
  samples: readonly SampleAnswer[],
  histograms: readonly TimedHistogram[],
): MetricSeries {
  return {
    labels,
    times: samples.map(([time]) => time),
    values: samples.map(([, text]) => readValue(text)),
    histograms: histograms.map(readHistogram),
  }
}

function allSeries(data: PromqlData): readonly MetricSeries[] {
  switch (data.resultType) {
    case 'matrix':
      return data.result.map(({ metric, values, histograms }) =>
        seriesOf(metric, values ?? [], histograms ?? []),
      )
    case 'vector':
      return data.result.map(({ metric, value, histogram }) =>
        seriesOf(metric, value ? [value] : [], histogram ? [histogram] : []),
      )
    case 'scalar':
      return [seriesOf({}, [data.result], [])]
    default:
      return []
  }
}

/** The answer, and what it cost as far as that is known. */
export function metricAnswer(
  { data, warnings = [], infos = [] }: PromqlAnswer,
  stats: QueryStats = { evaluationTime: undefined, samples: undefined },
): MetricAnswer {
  return {
    kind: data.resultType,
    series: allSeries(data),
    text: data.resultType === 'string' ? data.result[1] : undefined,
    warnings,
    infos,
    stats,
  }
}

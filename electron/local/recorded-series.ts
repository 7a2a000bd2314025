/** The metrics of a run as the series that a Prometheus would have of them. */
import type { MetricLabels, MetricMetadata } from '#shared/api/metrics'
import { getOrSet } from '#shared/base/get-or-set'
import { floatText } from '#shared/query/promql/answer-text'
import { noBuckets, type Histogram as NativeHistogram } from '#shared/query/promql/histogram'
import { labelsOf, metricName } from '#shared/query/promql/labels'
import type { Series } from '#shared/query/promql/series-store'
import type { Histogram } from '#shared/simulate/metrics/histogram'
import type { Observation } from '#shared/simulate/metrics/observations'
import { type FilledHistogram, metricRounds } from '#shared/simulate/metrics/rounds'
import type { Instance } from '#shared/simulate/parts/service'
import type { Run } from '#shared/simulate/run'
import { labelsUnder, metadataOf, targetInfo, targetLabels } from './prometheus-names.ts'

/** A series, and the measurements that were kept with it, in order of the rounds that brought them. */
export interface RecordedSeries extends Series {
  readonly exemplars: readonly Observation[]
}

export interface RecordedMetrics {
  readonly series: readonly RecordedSeries[]
  readonly metadata: readonly MetricMetadata[]
}

/** All that the instances of a run exported, each at the time its clock showed. */
export function recordedMetrics(run: Run): RecordedMetrics {
  const numbers = new Map<object, Numbers>()
  const histograms = new Map<object, ClassicBuckets | NativeBuckets>()
  const metadata = new Map([[targetInfo.name, targetInfo]])

  for (const { exports } of metricRounds(run))
    for (const { instance, atNs, ...exported } of exports) {
      const timeMs = clockMs(run, instance, atNs)
      getOrSet(numbers, instance, () => new Numbers(targetInfo.name, targetLabels(instance))).add(timeMs, 1)
      for (const { series, value } of exported.samples)
        getOrSet(numbers, series, () => {
          const described = metadataOf(series.instrument)
          metadata.set(described.name, described)
          return new Numbers(described.name, labelsUnder(instance, series.attributes))
        }).add(timeMs, value)
      for (const filled of exported.histograms)
        getOrSet(histograms, filled.series, () => {
          const { instrument, attributes } = filled.series
          const described = metadataOf(instrument)
          metadata.set(described.name, described)
          const labels = labelsUnder(instance, attributes)
          return instrument.bounds === undefined
            ? new NativeBuckets(described.name, labels)
            : new ClassicBuckets(described.name, labels, instrument.bounds)
        }).add(timeMs, filled)
    }
  return {
    series: [...numbers.values(), ...histograms.values()].flatMap((recording) => recording.series()),
    metadata: [...metadata.values()],
  }
}

/** What the clock of that instance showed, in whole milliseconds since 1970. */
export function clockMs({ epochNs }: Run, instance: Instance, atNs: number): number {
  return Number(epochNs / 1_000_000n) + Math.floor(instance.clock(atNs) / 1e6)
}

/** A series of numbers. */
class Numbers {
  readonly #labels: MetricLabels
  readonly #times: number[] = []
  readonly #values: number[] = []

  constructor(name: string, labels: MetricLabels) {
    this.#labels = { ...labels, [metricName]: name }
  }

  add(timeMs: number, value: number): void {
    this.#times.push(timeMs)
    this.#values.push(value)
  }

  series(): RecordedSeries[] {
    return [seriesOf(this.#labels, Float64Array.from(this.#times), this.#values)]
  }
}

/** A histogram of given buckets: a series for each, which counts those below too, one of all and one of their sum. */
class ClassicBuckets {
  readonly #name: string
  readonly #labels: MetricLabels
  readonly #bounds: readonly number[]
  readonly #times: number[] = []
  readonly #sums: number[] = []
  /** By bucket; the last one is without end, and so holds all. */
  readonly #counts: readonly number[][]
  readonly #exemplars: readonly Observation[][]

  constructor(name: string, labels: MetricLabels, bounds: readonly number[]) {
    this.#name = name
    this.#labels = labels
    this.#bounds = [...bounds, Infinity]
    this.#counts = this.#bounds.map(() => [])
    this.#exemplars = this.#bounds.map(() => [])
  }

  add(timeMs: number, { histogram, exemplars }: FilledHistogram): void {
    this.#times.push(timeMs)
    this.#sums.push(histogram.sum)
    let count = 0
    histogram.counts.forEach((own, bucket) => this.#counts[bucket].push((count += own)))
    for (const one of exemplars)
      this.#exemplars[this.#bounds.findIndex((bound) => one.seconds <= bound)].push(one)
  }

  series(): RecordedSeries[] {
    const times = Float64Array.from(this.#times)
    const named = (suffix: string): MetricLabels => ({ ...this.#labels, [metricName]: this.#name + suffix })
    return [
      seriesOf(named('_sum'), times, this.#sums),
      seriesOf(named('_count'), times, this.#counts[this.#counts.length - 1]),
      ...this.#bounds.map((bound, bucket) =>
        seriesOf(
          { ...named('_bucket'), le: floatText(bound) },
          times,
          this.#counts[bucket],
          this.#exemplars[bucket],
        ),
      ),
    ]
  }
}

/** A histogram of exponential buckets: one series of native histograms. */
class NativeBuckets {
  readonly #labels: MetricLabels
  readonly #times: number[] = []
  readonly #histograms: NativeHistogram[] = []
  readonly #exemplars: Observation[] = []

  constructor(name: string, labels: MetricLabels) {
    this.#labels = { ...labels, [metricName]: name }
  }

  add(timeMs: number, { histogram, exemplars }: FilledHistogram): void {
    this.#times.push(timeMs)
    this.#histograms.push(nativeOf(histogram))
    this.#exemplars.push(...exemplars)
  }

  series(): RecordedSeries[] {
    const times = Float64Array.from(this.#times)
    const series = seriesOf(this.#labels, times, new Float64Array(times.length), this.#exemplars)
    return [{ ...series, histograms: this.#histograms }]
  }
}

function seriesOf(
  labels: MetricLabels,
  times: Float64Array,
  values: ArrayLike<number>,
  exemplars: readonly Observation[] = [],
): RecordedSeries {
  return { labels: labelsOf(labels), times, values: Float64Array.from(values), exemplars }
}

/** What Prometheus takes for the bucket of zero where OTLP names no width. */
const zeroThreshold = 1e-128

function nativeOf({ scale, count, sum, offset, counts }: Histogram): NativeHistogram {
  const indexes: number[] = []
  const held: number[] = []
  counts.forEach((own, bucket) => {
    if (own === 0) return
    // OTLP counts buckets by their lower bound, Prometheus by their upper one.
    indexes.push(offset + bucket + 1)
    held.push(own)
  })
  return {
    schema: scale,
    count,
    sum,
    zeroThreshold,
    zeroCount: 0,
    positive: { indexes, counts: held },
    negative: noBuckets,
    isGauge: false,
  }
}

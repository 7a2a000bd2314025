import { Histogram } from '../metrics/histogram.ts'
import type { Instrument, SampledInstrument } from '../metrics/instruments.ts'
import { observe, type Observation, type ObservedSeries } from '../metrics/observations.ts'
import type { SampledSeries } from '../metrics/sampler.ts'
import type { Instance } from '../parts/service.ts'
import type { Run } from '../run.ts'
import { attributesText, Clock, quoted, resourceText, spanIdText, traceIdText } from './json-text.ts'

/** What the instances of a run export at one moment: an ExportMetricsServiceRequest. */
export interface MetricsDocument {
  readonly atNs: number
  readonly text: string
}

/** A series of which so much has been written. */
interface Filling {
  readonly series: ObservedSeries
  readonly histogram: Histogram
  next: number
}

/** The metrics of a run, step after step; counts are cumulative, each from the start of its instance. */
export function* metricsDocuments(run: Run): Generator<MetricsDocument> {
  const filling = Map.groupBy(
    observe(run).map((series): Filling => ({ series, histogram: new Histogram(series.instrument), next: 0 })),
    ({ series }) => series.instance,
  )
  const sampled = Map.groupBy(run.sampled, ({ instance }) => instance)
  const clock = new Clock(run.epochNs)
  for (let step = 0; (step + 1) * run.intervalNs <= run.lengthNs; step++) {
    const atNs = (step + 1) * run.intervalNs
    const resources: string[] = []
    for (const instance of run.instances) {
      // An instance that ends exports once more as it goes.
      const isThere = instance.startedNs < atNs && instance.endedNs > atNs - run.intervalNs
      if (!isThere) continue
      const writer = new PointWriter(clock, instance, Math.min(atNs, instance.endedNs))
      for (const one of filling.get(instance) ?? []) writer.addHistogram(one)
      for (const one of sampled.get(instance) ?? []) writer.addSample(one, step)
      resources.push(writer.text())
    }
    yield { atNs, text: `{"resourceMetrics":[${resources.join()}]}` }
  }
}

/** Writes the points of one instance at one moment, those of one instrument together. */
class PointWriter {
  readonly #clock: Clock
  readonly #instance: Instance
  readonly #atNs: number
  readonly #times: string
  readonly #points = new Map<Instrument, string[]>()

  constructor(clock: Clock, instance: Instance, atNs: number) {
    this.#clock = clock
    this.#instance = instance
    this.#atNs = atNs
    this.#times = `"startTimeUnixNano":"${clock.text(instance.startedNs, instance)}","timeUnixNano":"${clock.text(atNs, instance)}"`
  }

  /** Takes in what was observed since the last time. A series begins with its first observation. */
  addHistogram(filling: Filling): void {
    const { series, histogram } = filling
    const { observations } = series
    while (filling.next < observations.length && observations[filling.next].atNs <= this.#atNs)
      histogram.add(observations[filling.next++])
    if (histogram.count === 0) return
    const exemplars = histogram.takeExemplars()
    this.#add(
      series.instrument,
      `{"attributes":[${attributesText(series.attributes)}],${this.#times},"count":"${histogram.count}","sum":${histogram.sum},` +
        `"min":${histogram.min},"max":${histogram.max},${bucketsText(histogram)}` +
        (exemplars.length === 0
          ? '}'
          : `,"exemplars":[${exemplars.map((one) => this.#exemplar(one)).join()}]}`),
    )
  }

  addSample({ instrument, attributes, firstStep, values }: SampledSeries, step: number): void {
    const value = values[step - firstStep]
    if (value === undefined) return
    const number = Number.isInteger(value) ? `"asInt":"${value}"` : `"asDouble":${value}`
    this.#add(instrument, `{"attributes":[${attributesText(attributes)}],${this.#times},${number}}`)
  }

  text(): string {
    const metrics = [...this.#points].map(
      ([instrument, points]) =>
        `{"name":"${instrument.name}","unit":"${instrument.unit}","description":${quoted(instrument.description)},` +
        `${kindText(instrument)}"dataPoints":[${points.join()}]}}`,
    )
    return `{"resource":${resourceText(this.#instance)},"scopeMetrics":[{"scope":{"name":"shop"},"metrics":[${metrics.join()}]}]}`
  }

  #add(instrument: Instrument, point: string): void {
    const points = this.#points.get(instrument)
    if (points) points.push(point)
    else this.#points.set(instrument, [point])
  }

  #exemplar({ atNs, seconds, span }: Observation): string {
    return (
      `{"timeUnixNano":"${this.#clock.text(atNs, this.#instance)}","asDouble":${seconds},` +
      `"traceId":"${traceIdText(span.trace)}","spanId":"${spanIdText(span)}"}`
    )
  }
}

/** Cumulative, in OTLP's numbers. */
const cumulative = '"aggregationTemporality":2,'

function kindText(instrument: Instrument): string {
  if ('bounds' in instrument)
    return `"${instrument.bounds === undefined ? 'exponentialHistogram' : 'histogram'}":{${cumulative}`
  const { kind } = instrument as SampledInstrument
  return kind === 'gauge' ? '"gauge":{' : `"sum":{${cumulative}"isMonotonic":${kind === 'counter'},`
}

function bucketsText({ bounds, counts, offset, scale }: Histogram): string {
  const text = counts.map((count) => `"${count}"`).join()
  if (bounds !== undefined) return `"bucketCounts":[${text}],"explicitBounds":[${bounds.join()}]`
  return `"scale":${scale},"zeroCount":"0","positive":{"offset":${offset},"bucketCounts":[${text}]}`
}

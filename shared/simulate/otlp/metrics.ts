import type { Histogram } from '../metrics/histogram.ts'
import type { Instrument, SampledInstrument } from '../metrics/instruments.ts'
import type { Observation } from '../metrics/observations.ts'
import { type FilledHistogram, metricRounds, type ReadSample } from '../metrics/rounds.ts'
import type { Instance } from '../parts/service.ts'
import type { Run } from '../run.ts'
import { attributesText, Clock, quoted, resourceText, spanIdText, traceIdText } from './json-text.ts'

/** What the instances of a run export at one moment: an ExportMetricsServiceRequest. */
export interface MetricsDocument {
  readonly atNs: number
  readonly text: string
}

/** The metrics of a run, step after step. */
export function* metricsDocuments(run: Run): Generator<MetricsDocument> {
  const clock = new Clock(run.epochNs)
  for (const { atNs, exports } of metricRounds(run)) {
    const resources = exports.map((one) => {
      const writer = new PointWriter(clock, one.instance, one.atNs)
      for (const histogram of one.histograms) writer.addHistogram(histogram)
      for (const sample of one.samples) writer.addSample(sample)
      return writer.text()
    })
    yield { atNs, text: `{"resourceMetrics":[${resources.join()}]}` }
  }
}

/** Writes the points of one instance at one moment, those of one instrument together. */
class PointWriter {
  readonly #clock: Clock
  readonly #instance: Instance
  readonly #times: string
  readonly #points = new Map<Instrument, string[]>()

  constructor(clock: Clock, instance: Instance, atNs: number) {
    this.#clock = clock
    this.#instance = instance
    this.#times = `"startTimeUnixNano":"${clock.text(instance.startedNs, instance)}","timeUnixNano":"${clock.text(atNs, instance)}"`
  }

  addHistogram({ series, histogram, exemplars }: FilledHistogram): void {
    this.#add(
      series.instrument,
      `{"attributes":[${attributesText(series.attributes)}],${this.#times},"count":"${histogram.count}","sum":${histogram.sum},` +
        `"min":${histogram.min},"max":${histogram.max},${bucketsText(histogram)}` +
        (exemplars.length === 0
          ? '}'
          : `,"exemplars":[${exemplars.map((one) => this.#exemplar(one)).join()}]}`),
    )
  }

  addSample({ series: { instrument, attributes }, value }: ReadSample): void {
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

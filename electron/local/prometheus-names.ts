/** Names and labels as Prometheus 3 makes them of what it is sent by OTLP. https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/ */
import type { MetricLabels, MetricMetadata } from '#shared/api/metrics'
import type { HistogramInstrument, SampledInstrument } from '#shared/simulate/metrics/instruments'
import { resourceAttributes } from '#shared/simulate/otlp/json-text'
import type { Attributes } from '#shared/simulate/parts/record'
import type { Instance } from '#shared/simulate/parts/service'

/** Units of UCUM that have a word; those in braces have none. */
const unitWords: Readonly<Record<string, string>> = { s: 'seconds', By: 'bytes' }

const withUnderscores = (name: string): string => name.replace(/\W/g, '_')

/** The name of the metric, and what is known of it. */
export function metadataOf(instrument: HistogramInstrument | SampledInstrument): MetricMetadata {
  const unit = unitWords[instrument.unit] ?? ''
  const type = 'bounds' in instrument ? 'histogram' : instrument.kind === 'counter' ? 'counter' : 'gauge'
  const parts = [withUnderscores(instrument.name), unit, type === 'counter' ? 'total' : '']
  return { name: parts.filter((part) => part !== '').join('_'), type, help: instrument.description, unit }
}

/** Which instance a series is of, and under which attributes. */
export function labelsUnder(instance: Instance, attributes: Attributes): MetricLabels {
  const labels = Object.entries(attributes).map(([key, value]) => [withUnderscores(key), String(value)])
  return { ...Object.fromEntries(labels), job: instance.service.name, instance: instance.name }
}

/** What carries all that a resource says beyond `job` and `instance`. */
export const targetInfo: MetricMetadata = {
  name: 'target_info',
  type: 'gauge',
  help: 'Target metadata',
  unit: '',
}

/** The labels of an instance's `target_info`. */
export function targetLabels(instance: Instance): MetricLabels {
  const { 'service.name': _job, 'service.instance.id': _instance, ...others } = resourceAttributes(instance)
  return labelsUnder(instance, others)
}

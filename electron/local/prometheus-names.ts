/** What Prometheus calls the demo shop's metrics and what they are of. */
import type { MetricLabels, MetricMetadata } from '#shared/api/metrics'
import { labelName, prometheusName, unitText } from '#shared/metrics/otlp-names'
import type { HistogramInstrument, SampledInstrument } from '#shared/simulate/metrics/instruments'
import { resourceAttributes } from '#shared/simulate/otlp/json-text'
import type { Attributes } from '#shared/simulate/parts/record'
import type { Instance } from '#shared/simulate/parts/service'

/** The name of the metric, and what is known of it. */
export function metadataOf(instrument: HistogramInstrument | SampledInstrument): MetricMetadata {
  const { name, unit, description } = instrument
  const type = 'bounds' in instrument ? 'histogram' : instrument.kind === 'counter' ? 'counter' : 'gauge'
  return { name: prometheusName(name, unit, type), type, help: description, unit: unitText(unit) }
}

/** Which instance a series is of, and under which attributes. */
export function labelsUnder(instance: Instance, attributes: Attributes): MetricLabels {
  const labels = Object.entries(attributes).map(([key, value]) => [labelName(key), String(value)])
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

/** The series of opened files: answers of Prometheus's HTTP API as they were saved, with exemplars, metadata, and rules that Clew wrote. */
import type { Exemplar, MetricMetadata, MetricRule } from '#shared/api/metrics'
import { getOrSet } from '#shared/base/get-or-set'
import { nativeOfBuckets } from '#shared/query/promql/histogram-of-buckets'
import type { Histogram } from '#shared/query/promql/histogram'
import { labelKey, labelsOf, type Labels } from '#shared/query/promql/labels'
import type { KeptMetrics, KeptSeries } from './metric-store.ts'

interface Reading {
  readonly labels: Labels
  readonly values: Map<number, number>
  readonly histograms: Map<number, Histogram>
  readonly exemplars: Exemplar[]
}

/** All that may be in one document, told without parsing it: answers begin so. */
const mayBeAnswer = /^\s*\{\s*"(?:status|data|kind)"\s*:/

/** Takes documents in; series with the same labels are one. */
export class OpenedSeries {
  readonly #series = new Map<string, Reading>()
  readonly #metadata = new Map<string, MetricMetadata>()
  readonly #rules: MetricRule[] = []

  /** How many series a document holds; undefined where it is none of these. Parts that make no sense are left out. */
  read(text: string): number | undefined {
    if (!mayBeAnswer.test(text.slice(0, 200))) return undefined
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      // Cut off, or something else: whoever reads traces or lines says so.
      return undefined
    }
    if (!isRecord(value)) return undefined
    if (value['kind'] === 'clew-rules') {
      this.#rules.push(...asList(value['rules']).filter(isRule))
      return 0
    }
    if (value['status'] !== 'success') return undefined
    const data = value['data']
    if (Array.isArray(data)) return this.#readExemplars(data as unknown[])
    if (!isRecord(data)) return undefined
    if (data['resultType'] === 'matrix' || data['resultType'] === 'vector')
      return this.#readSeries(asList(data['result']))
    return this.#readMetadata(data)
  }

  /** From the first sample to the last, milliseconds since 1970; undefined where there is none. */
  times(): { readonly startMs: number; readonly endMs: number } | undefined {
    let [startMs, endMs] = [Infinity, -Infinity]
    for (const { values, histograms } of this.#series.values())
      for (const times of [values, histograms])
        for (const time of times.keys()) {
          startMs = Math.min(startMs, time)
          endMs = Math.max(endMs, time)
        }
    return startMs > endMs ? undefined : { startMs, endMs }
  }

  metrics(): KeptMetrics {
    const rules = this.#rules
    return {
      series: [...this.#series.values()].map(keptSeries),
      metadata: [...this.#metadata.values()],
      rules: () => Promise.resolve(rules),
    }
  }

  #of(labels: unknown): Reading | undefined {
    if (!isRecord(labels)) return undefined
    const own = labelsOf(
      Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)])),
    )
    return getOrSet(this.#series, labelKey(own), () => ({
      labels: own,
      values: new Map<number, number>(),
      histograms: new Map<number, Histogram>(),
      exemplars: [],
    }))
  }

  #readSeries(result: readonly unknown[]): number {
    let count = 0
    for (const one of result) {
      const reading = isRecord(one) ? this.#of(one['metric']) : undefined
      if (!isRecord(one) || !reading) continue
      count++
      for (const sample of [...asList(one['values']), one['value']]) {
        if (!Array.isArray(sample)) continue
        const [time, value] = [timeMs(sample[0]), numberOf(sample[1])]
        if (time !== undefined) reading.values.set(time, value)
      }
      for (const sample of [...asList(one['histograms']), one['histogram']]) {
        if (!Array.isArray(sample)) continue
        const time = timeMs(sample[0])
        const histogram = histogramOf(sample[1])
        if (time !== undefined && histogram) reading.histograms.set(time, histogram)
      }
    }
    return count
  }

  #readExemplars(data: readonly unknown[]): number | undefined {
    if (!data.every((one) => isRecord(one) && 'seriesLabels' in one)) return undefined
    for (const one of data) {
      const reading = isRecord(one) ? this.#of(one['seriesLabels']) : undefined
      if (!isRecord(one) || !reading) continue
      for (const exemplar of asList(one['exemplars'])) {
        if (!isRecord(exemplar) || !isRecord(exemplar['labels'])) continue
        const [time, value] = [Number(exemplar['timestamp']), numberOf(exemplar['value'])]
        if (!Number.isFinite(time) || !Number.isFinite(value)) continue
        const labels = Object.entries(exemplar['labels']).map(([name, text]) => [name, String(text)])
        reading.exemplars.push({ labels: Object.fromEntries(labels), value, time })
      }
    }
    return 0
  }

  #readMetadata(data: Readonly<Record<string, unknown>>): number | undefined {
    const entries = Object.entries(data)
    if (!entries.every(([, described]) => Array.isArray(described))) return undefined
    for (const [name, described] of entries) {
      const [first] = asList(described)
      if (!isRecord(first)) continue
      const { type = 'unknown', help = '', unit = '' } = first
      this.#metadata.set(name, { name, type: String(type), help: String(help), unit: String(unit) })
    }
    return 0
  }
}

function keptSeries({ labels, values, histograms, exemplars }: Reading): KeptSeries {
  const times = Float64Array.from(new Set([...values.keys(), ...histograms.keys()])).toSorted()
  return {
    labels,
    times,
    values: Float64Array.from(times, (time) => values.get(time) ?? 0),
    ...(histograms.size > 0 && { histograms: Array.from(times, (time) => histograms.get(time)) }),
    exemplars: exemplars.toSorted((one, other) => one.time - other.time),
  }
}

function histogramOf(value: unknown): Histogram | undefined {
  // One that holds nothing has no buckets; any other without them is damaged.
  if (!isRecord(value) || (!Array.isArray(value['buckets']) && numberOf(value['count']) !== 0))
    return undefined
  const buckets = asList(value['buckets']).flatMap((bucket) => {
    if (!Array.isArray(bucket)) return []
    const [, lower, upper, count] = bucket.map(numberOf)
    return [{ lower, upper, count }]
  })
  return nativeOfBuckets(numberOf(value['count']), numberOf(value['sum']), buckets)
}

/** Whole milliseconds, as Prometheus keeps them; undefined for what is no time. */
function timeMs(seconds: unknown): number | undefined {
  const ms = Math.round(Number(seconds) * 1000)
  return Number.isFinite(ms) ? ms : undefined
}

/** A number as Go writes it; what is none is NaN. */
function numberOf(text: unknown): number {
  if (/^[-+]?inf/i.test(String(text))) return String(text).startsWith('-') ? -Infinity : Infinity
  return Number(text)
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the page needs of a rule to show it. */
const isRule = (value: unknown): value is MetricRule =>
  isRecord(value) &&
  ['kind', 'name', 'group', 'query', 'state'].every((key) => typeof value[key] === 'string') &&
  Array.isArray(value['alerts']) &&
  value['alerts'].every(
    (alert) => isRecord(alert) && isRecord(alert['labels']) && isRecord(alert['annotations']),
  ) &&
  isRecord(value['labels']) &&
  isRecord(value['annotations'])

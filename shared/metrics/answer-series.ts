/** Saved answers of Prometheus's API as series: `query`, `query_range`, `query_exemplars`, `metadata`. */
import type { Exemplar } from '#shared/api/metrics'
import type { Histogram } from '#shared/query/promql/histogram'
import { nativeOfBuckets } from '#shared/query/promql/histogram-of-buckets'
import { type Labels, labelsOf, labelsText, metricName } from '#shared/query/promql/labels'
import type { GatheredSeries } from './gathered-series.ts'

type Json = Readonly<Record<string, unknown>>

/** Seconds since 1970 to the year 9999: what is beyond is no time. */
const latestSeconds = 253_402_300_800
const isTime = (time: unknown): time is number => typeof time === 'number' && time > 0 && time < latestSeconds

/**
 * Adds what an answer holds; false where it is none that holds series or what belongs to them. Series that the query left no name are
 * found under that of the file. `onUnread` hears the series of each sample that could not be read.
 */
export function gatherAnswer(
  answer: Json,
  file: string,
  into: GatheredSeries,
  onUnread: (where: string) => void = () => undefined,
): boolean {
  const { status, data } = answer
  if (status !== 'success') return false
  if (Array.isArray(data)) return gatherExemplars(data as readonly unknown[], into)
  if (!isRecord(data)) return false
  const { resultType, result } = data
  if (resultType === undefined) return gatherMetadata(data, into)
  if (!Array.isArray(result)) return false
  // One number without labels.
  const items: readonly unknown[] = resultType === 'scalar' ? [{ value: result as unknown }] : result
  if (resultType !== 'matrix' && resultType !== 'vector' && resultType !== 'scalar') return false
  const name = nameOf(file)
  for (const one of items.filter(isRecord)) {
    const labels = readLabels(one['metric'])
    const named = labels.some(([key]) => key === metricName)
      ? labels
      : labelsOf([...labels, [metricName, name]])
    // Hundreds of thousands of pairs: to take them apart by place takes half as long.
    for (const sample of samplesIn(one, 'value', 'values')) {
      const time = sample[0]
      const value = sample[1]
      if (isTime(time) && typeof value === 'string')
        into.add(named, Math.round(time * 1000), readNumber(value))
      else onUnread(labelsText(named))
    }
    for (const [time, value] of samplesIn(one, 'histogram', 'histograms')) {
      const histogram = isRecord(value) ? readHistogram(value, named !== labels) : undefined
      if (isTime(time) && histogram !== undefined)
        into.addHistogram(named, Math.round(time * 1000), histogram)
      else onUnread(labelsText(named))
    }
  }
  return true
}

/** `saved/latency p95.json` → `latency_p95`. */
function nameOf(file: string): string {
  const base = file.replace(/^.*[/\\›]/u, '').replace(/\.\w+$/u, '')
  const name = base.trim().replaceAll(/\W+/gu, '_')
  return /^[a-z_]/iu.test(name) ? name : `file_${name}`
}

function samplesIn(series: Json, one: string, several: string): readonly (readonly unknown[])[] {
  const all = series[several] ?? (series[one] === undefined ? [] : [series[one]])
  return Array.isArray(all) ? (all as readonly unknown[]).filter((sample) => Array.isArray(sample)) : []
}

/** As Prometheus writes them; a JSON number has no infinity. */
function readNumber(text: string): number {
  const number = Number(text)
  if (!Number.isNaN(number)) return number
  return /^\+?Inf$/iu.test(text) ? Infinity : /^-Inf$/iu.test(text) ? -Infinity : number
}

function gatherExemplars(entries: readonly unknown[], into: GatheredSeries): boolean {
  const all = entries.filter(isRecord).filter(({ seriesLabels }) => isRecord(seriesLabels))
  for (const { seriesLabels, exemplars } of all)
    into.addExemplars(
      readLabels(seriesLabels),
      (Array.isArray(exemplars) ? (exemplars as readonly unknown[]) : [])
        .filter(isRecord)
        .flatMap(readExemplar),
    )
  return all.length > 0
}

function readExemplar({ labels, value, timestamp }: Json): readonly Exemplar[] {
  const number = Number(value)
  if (!isTime(timestamp) || !Number.isFinite(number)) return []
  return [{ labels: Object.fromEntries(readLabels(labels)), value: number, time: timestamp }]
}

function gatherMetadata(data: Json, into: GatheredSeries): boolean {
  let isMetadata = false
  for (const [name, entries] of Object.entries(data)) {
    const [first] = Array.isArray(entries) ? (entries as readonly unknown[]) : []
    if (!isRecord(first) || typeof first['type'] !== 'string') continue
    isMetadata = true
    const text = (key: string): string => (typeof first[key] === 'string' ? first[key] : '')
    into.describe({ name, type: text('type'), help: text('help'), unit: text('unit') })
  }
  return isMetadata
}

function readLabels(labels: unknown): Labels {
  return labelsOf(
    Object.entries(isRecord(labels) ? labels : {}).map(([name, value]) => [name, String(value)]),
  )
}

/** A native histogram from its buckets; undefined where they do not grow as such buckets do. What a function has made goes up and down. */
function readHistogram({ count, sum, buckets }: Json, isGauge: boolean): Histogram | undefined {
  const held = Number(count)
  // One that holds nothing has no buckets; any other without them is damaged.
  if (!Array.isArray(buckets) && held !== 0) return undefined
  const read = (Array.isArray(buckets) ? (buckets as readonly unknown[]) : []).flatMap((bucket) => {
    if (!Array.isArray(bucket)) return []
    const [, lower, upper, own] = (bucket as readonly unknown[]).map((one) => readNumber(String(one)))
    return [{ lower, upper, count: own }]
  })
  const histogram = nativeOfBuckets(held, readNumber(String(sum)), read)
  return histogram && { ...histogram, isGauge }
}

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

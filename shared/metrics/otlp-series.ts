/** Points of OTLP metrics as the series that a Prometheus makes of them. Format: opentelemetry-proto, metrics/v1. */
import type { Exemplar } from '#shared/api/metrics'
import { floatText } from '#shared/query/promql/answer-text'
import { type Buckets, type Histogram, noBuckets } from '#shared/query/promql/histogram'
import { type Labels, labelsOf, metricName } from '#shared/query/promql/labels'
import type { GatheredSeries } from './gathered-series.ts'
import { labelName, type OtlpKind, prometheusName, unitText } from './otlp-names.ts'

type Json = Readonly<Record<string, unknown>>

/** `aggregationTemporality` of points that say what came since the one before. */
const delta = new Set<unknown>([1, 'AGGREGATION_TEMPORALITY_DELTA'])
/** A bit of a point's flags: it only says that the series has ended. */
const noValue = 1
/** What Prometheus takes for the bucket of zero where OTLP names no width. */
const usualZeroThreshold = 1e-128
/** Buckets that a native histogram may have. */
const finestSchema = 8
const coarsestSchema = -4

/** Adds all points of the entries of `resourceMetrics`; `onUnread` is told of each that could not be read. */
export function gatherOtlp(
  resources: readonly unknown[],
  into: GatheredSeries,
  onUnread: (where: string) => void,
): void {
  for (const entry of resources.filter(isRecord)) {
    const attributes = attributesOf(record(entry['resource'])['attributes'])
    const target = targetOf(attributes)
    let newest = -Infinity
    for (const scope of list(pick(entry, 'scopeMetrics', 'scope_metrics')).filter(isRecord))
      for (const metric of list(scope['metrics']).filter(isRecord)) {
        newest = Math.max(newest, gatherMetric(metric, target, into, onUnread))
      }
    gatherTarget(attributes, target, newest, into)
  }
}

/** All that a resource says beyond `job` and `instance`, as Prometheus keeps it. */
function gatherTarget(
  attributes: ReadonlyMap<string, string>,
  target: Readonly<Record<string, string>>,
  newestMs: number,
  into: GatheredSeries,
): void {
  const others = [...attributes].filter(([key]) => !targetKeys.has(key))
  if (others.length === 0 || Object.keys(target).length === 0 || newestMs === -Infinity) return
  into.describe({ name: 'target_info', type: 'gauge', help: 'Target metadata', unit: '' })
  const labels = { ...Object.fromEntries(others.map(([key, value]) => [labelName(key), value])), ...target }
  into.add(labelsOf({ ...labels, [metricName]: 'target_info' }), newestMs, 1)
}

const targetKeys: ReadonlySet<string> = new Set(['service.name', 'service.namespace', 'service.instance.id'])

function targetOf(attributes: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const [name, space] = [attributes.get('service.name'), attributes.get('service.namespace')]
  const instance = attributes.get('service.instance.id')
  return {
    ...(name !== undefined && { job: space === undefined ? name : `${space}/${name}` }),
    ...(instance !== undefined && { instance }),
  }
}

/** Each kind of points, by its key. */
const kinds = [
  { key: 'gauge', snake: 'gauge', gather: gatherNumber },
  { key: 'sum', snake: 'sum', gather: gatherNumber },
  { key: 'histogram', snake: 'histogram', gather: gatherClassic },
  { key: 'exponentialHistogram', snake: 'exponential_histogram', gather: gatherNative },
  { key: 'summary', snake: 'summary', gather: gatherSummary },
] as const

/** What the points of a metric have in common. */
interface Metric {
  readonly name: string
  readonly target: Readonly<Record<string, string>>
  readonly isDelta: boolean
  readonly into: GatheredSeries
}

/** The time of the newest point. */
function gatherMetric(
  metric: Json,
  target: Readonly<Record<string, string>>,
  into: GatheredSeries,
  onUnread: (where: string) => void,
): number {
  const kind = kinds.find(({ key, snake }) => isRecord(pick(metric, key, snake)))
  const said = text(metric['name'])
  if (kind === undefined || said === '') {
    onUnread(said === '' ? 'a metric without a name' : `metric ${said}, of no known kind`)
    return -Infinity
  }
  const data = record(pick(metric, kind.key, kind.snake))
  const isDelta = delta.has(pick(data, 'aggregationTemporality', 'aggregation_temporality'))
  const isMonotonic = pick(data, 'isMonotonic', 'is_monotonic') === true
  const type: OtlpKind =
    kind.key === 'sum'
      ? isMonotonic
        ? 'counter'
        : 'gauge'
      : kind.key === 'exponentialHistogram'
        ? 'histogram'
        : kind.key
  const unit = text(metric['unit'])
  const name = prometheusName(said, unit, type)
  into.describe({ name, type, help: text(metric['description']), unit: unitText(unit) })
  let newestMs = -Infinity
  for (const [at, point] of list(pick(data, 'dataPoints', 'data_points')).entries()) {
    const timeMs = isRecord(point) ? msOf(pick(point, 'timeUnixNano', 'time_unix_nano')) : undefined
    const isRead = timeMs !== undefined && kind.gather(record(point), timeMs, { name, target, isDelta, into })
    if (isRead) newestMs = Math.max(newestMs, timeMs)
    else onUnread(`point ${at + 1} of metric ${said}`)
  }
  return newestMs
}

function labelsUnder(point: Json, { name, target }: Metric, suffix = '', more: Json = {}): Labels {
  const own = [...attributesOf(point['attributes'])].map(([key, value]) => [labelName(key), value] as const)
  return labelsOf({
    ...Object.fromEntries(own),
    ...target,
    ...(more as Record<string, string>),
    [metricName]: name + suffix,
  })
}

const hasNone = (point: Json): boolean => (number(point['flags']) & noValue) === noValue

function gatherNumber(point: Json, timeMs: number, metric: Metric): boolean {
  const { into, isDelta } = metric
  const labels = labelsUnder(point, metric)
  if (hasNone(point)) {
    into.addEnd(labels, timeMs)
    return true
  }
  const said = pick(point, 'asDouble', 'as_double') ?? pick(point, 'asInt', 'as_int')
  if (said === undefined) return false
  into.add(labels, timeMs, number(said), isDelta)
  into.addExemplars(labels, exemplarsOf(point))
  return true
}

/** A series for each bucket, which counts those below too, one of all and one of their sum. */
function gatherClassic(point: Json, timeMs: number, metric: Metric): boolean {
  const { into, isDelta } = metric
  const labels = (suffix: string, more?: Json): Labels => labelsUnder(point, metric, suffix, more)
  if (hasNone(point)) {
    for (const suffix of ['_count', '_sum']) into.addEnd(labels(suffix), timeMs)
    return true
  }
  const bounds = [...list(pick(point, 'explicitBounds', 'explicit_bounds')).map(number), Infinity]
  const counts = list(pick(point, 'bucketCounts', 'bucket_counts')).map(number)
  const total = number(point['count'] ?? 0)
  into.add(labels('_count'), timeMs, total, isDelta)
  if (point['sum'] !== undefined) into.add(labels('_sum'), timeMs, number(point['sum']), isDelta)
  let count = 0
  const exemplars = exemplarsOf(point)
  bounds.forEach((bound, bucket) => {
    count += counts[bucket] ?? 0
    const own = labels('_bucket', { le: floatText(bound) })
    into.add(own, timeMs, bound === Infinity ? total : count, isDelta)
    const below = bucket === 0 ? -Infinity : bounds[bucket - 1]
    into.addExemplars(
      own,
      exemplars.filter(({ value }) => value > below && value <= bound),
    )
  })
  return true
}

/** One series of native histograms; buckets finer than those can be are put together. */
function gatherNative(point: Json, timeMs: number, metric: Metric): boolean {
  const { into, isDelta } = metric
  const labels = labelsUnder(point, metric)
  if (hasNone(point)) {
    into.addEnd(labels, timeMs)
    return true
  }
  const scale = number(point['scale'] ?? 0)
  if (scale < coarsestSchema) return false
  const schema = Math.min(scale, finestSchema)
  const histogram: Histogram = {
    schema,
    count: number(point['count'] ?? 0),
    sum: number(point['sum'] ?? 0),
    zeroThreshold: number(pick(point, 'zeroThreshold', 'zero_threshold') ?? 0) || usualZeroThreshold,
    zeroCount: number(pick(point, 'zeroCount', 'zero_count') ?? 0),
    positive: bucketsOf(point['positive'], scale - schema),
    negative: bucketsOf(point['negative'], scale - schema),
    // What came since the sample before goes up and down.
    isGauge: isDelta,
  }
  into.addHistogram(labels, timeMs, histogram)
  into.addExemplars(labels, exemplarsOf(point))
  return true
}

/** OTLP counts buckets by their lower bound, Prometheus by their upper one; `finer`: by how many steps of the scale they are too fine. */
function bucketsOf(said: unknown, finer: number): Buckets {
  if (!isRecord(said)) return noBuckets
  const offset = number(said['offset'] ?? 0)
  const indexes: number[] = []
  const counts: number[] = []
  list(pick(said, 'bucketCounts', 'bucket_counts')).forEach((one, bucket) => {
    const count = number(one)
    if (!(count > 0)) return
    const index = Math.floor((offset + bucket) / 2 ** finer) + 1
    if (indexes[indexes.length - 1] === index) counts[counts.length - 1] += count
    else {
      indexes.push(index)
      counts.push(count)
    }
  })
  return { indexes, counts }
}

function gatherSummary(point: Json, timeMs: number, metric: Metric): boolean {
  const { into } = metric
  into.add(labelsUnder(point, metric, '_count'), timeMs, number(point['count'] ?? 0))
  into.add(labelsUnder(point, metric, '_sum'), timeMs, number(point['sum'] ?? 0))
  for (const one of list(pick(point, 'quantileValues', 'quantile_values')).filter(isRecord))
    into.add(
      labelsUnder(point, metric, '', { quantile: floatText(number(one['quantile'] ?? 0)) }),
      timeMs,
      number(one['value'] ?? 0),
    )
  return true
}

function exemplarsOf(point: Json): readonly Exemplar[] {
  return list(point['exemplars'])
    .filter(isRecord)
    .flatMap((one): readonly Exemplar[] => {
      const timeMs = msOf(pick(one, 'timeUnixNano', 'time_unix_nano'))
      const value = number(pick(one, 'asDouble', 'as_double') ?? pick(one, 'asInt', 'as_int'))
      if (timeMs === undefined || !Number.isFinite(value)) return []
      const attributes = attributesOf(pick(one, 'filteredAttributes', 'filtered_attributes'))
      const labels = Object.fromEntries([...attributes].map(([key, of]) => [labelName(key), of]))
      const [trace, span] = [text(pick(one, 'traceId', 'trace_id')), text(pick(one, 'spanId', 'span_id'))]
      return [
        {
          labels: {
            ...labels,
            ...(trace !== '' && { trace_id: trace }),
            ...(span !== '' && { span_id: span }),
          },
          value,
          time: timeMs / 1000,
        },
      ]
    })
}

/** Values as text: what is a list or a map as JSON. */
function attributesOf(attributes: unknown): ReadonlyMap<string, string> {
  return new Map(
    list(attributes)
      .filter(isRecord)
      .map(({ key, value }) => [String(key), valueText(value)]),
  )
}

function valueText(value: unknown): string {
  const [inner] = isRecord(value) ? Object.values(value) : [value]
  return typeof inner === 'string' ? inner : inner === undefined ? '' : JSON.stringify(inner)
}

/** Numbers of 64 bits are text in OTLP's JSON. */
function number(value: unknown): number {
  return typeof value === 'number'
    ? value
    : typeof value === 'string' && value !== ''
      ? Number(value)
      : Number.NaN
}

function msOf(ns: unknown): number | undefined {
  const digits = typeof ns === 'string' ? ns : typeof ns === 'number' ? BigInt(Math.round(ns)).toString() : ''
  return /^\d{1,19}$/u.test(digits) && !/^0+$/u.test(digits) ? Number(digits) / 1e6 : undefined
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const pick = (from: Json, camel: string, snake: string): unknown => from[camel] ?? from[snake]
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const record = (value: unknown): Json => (isRecord(value) ? value : {})
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

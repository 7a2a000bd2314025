/**
 * Rate, errors and duration of services: which of the metrics that are there tell them, and what to ask. Names and labels follow
 * OpenTelemetry's semantic conventions as exporters write them in Prometheus, old and stable, and the span metrics of collectors:
 * https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
 */

/** A histogram that measures how long a service takes to answer. */
interface RedKind {
  /** Base name, as a whole. */
  readonly name: RegExp
  /** Which of its series are answers of a service; empty for all. */
  readonly served: string
  /** Which of those failed; undefined where its labels do not tell. */
  readonly failed: string | undefined
}

const failedStatus = 'status_code="STATUS_CODE_ERROR"'

/** The first that fits a name is meant; those before others are preferred where a service has several. */
const kinds: readonly RedKind[] = [
  { name: /^http_server_request_duration_seconds$/, served: '', failed: 'http_response_status_code=~"5.."' },
  { name: /^http_server_duration(_milliseconds)?$/, served: '', failed: 'http_status_code=~"5.."' },
  {
    name: /^rpc_server_(call_)?duration_seconds$/,
    served: '',
    failed: 'rpc_response_status_code!~"|0|OK"',
  },
  {
    name: /^rpc_server_duration(_milliseconds)?$/,
    served: '',
    failed: 'rpc_grpc_status_code!~"|0|OK"',
  },
  { name: /^messaging_process_duration_seconds$/, served: '', failed: 'error_type!=""' },
  { name: /^traces_spanmetrics_latency$/, served: 'span_kind="SPAN_KIND_SERVER"', failed: failedStatus },
  {
    name: /^(traces_span_metrics_)?duration_(milliseconds|seconds)$/,
    served: 'span_kind="SPAN_KIND_SERVER"',
    failed: failedStatus,
  },
  { name: /^\w+_request_duration_seconds$/, served: '', failed: undefined },
]

/** A histogram of that kind which is there. */
export interface RedFamily extends Omit<RedKind, 'name'> {
  readonly metric: string
  /** Without series per bucket: a native histogram. */
  readonly isNative: boolean
}

/** More than these are looked at by nobody, and each is asked about. */
const mostFamilies = 6

/** The histograms among the metrics of a server that tell how services do, the most telling first. */
export function redFamilies(metrics: readonly string[]): readonly RedFamily[] {
  const all = new Set(metrics)
  const bases = new Set(metrics.map((name) => name.replace(/_bucket$/, '')))
  return kinds
    .flatMap(({ name, ...kind }) =>
      [...bases]
        .filter((base) => name.test(base))
        .map((metric) => ({ ...kind, metric, isNative: !all.has(`${metric}_bucket`) })),
    )
    .filter(({ metric }, index, found) => found.findIndex((one) => one.metric === metric) === index)
    .slice(0, mostFamilies)
}

/** Labels that name a service, the most telling first. */
export const serviceLabels = ['service_name', 'service', 'job', 'app'] as const

/** What the series of a family are asked to find out which label names their service. */
export const labelQuery = (family: RedFamily): string =>
  `count by (${serviceLabels.join(', ')}) (${family.metric}${family.isNative ? '' : '_count'}${braces(family.served)})`

/** The first label that every group has. */
export function serviceLabelOf(groups: readonly Readonly<Record<string, string>>[]): string | undefined {
  if (groups.length === 0) return undefined
  return serviceLabels.find((label) => groups.every((group) => (group[label] ?? '') !== ''))
}

/** A job may be written with its namespace before it. */
export const serviceName = (value: string): string => value.slice(value.lastIndexOf('/') + 1)

const braces = (...matchers: readonly (string | undefined)[]): string => {
  const given = matchers.filter((matcher) => matcher !== undefined && matcher !== '')
  return given.length === 0 ? '' : `{${given.join(', ')}}`
}

/** A matcher for one value of a label. */
export const oneOf = (label: string, value: string): string => `${label}=${JSON.stringify(value)}`

/** What of a family's series is asked about, where that is not all of them. */
const within = ({ served }: RedFamily, matcher: string): string =>
  [served, matcher].filter((one) => one !== '').join(', ')

/** Which stretch of time is asked about: `range` back from each moment (`5m`), and so long before (`1h`). */
export interface RedWindow {
  readonly range: string
  readonly before?: string | undefined
}

const spanOf = ({ range, before }: RedWindow): string =>
  `[${range}]${before === undefined ? '' : ` offset ${before}`}`

/** Requests a second, by service or any other label; of the series that `matcher` lets through. */
export function rateQuery(family: RedFamily, label: string, window: RedWindow, matcher = ''): string {
  const matchers = braces(within(family, matcher))
  return family.isNative
    ? `sum by (${label}) (histogram_count(rate(${family.metric}${matchers}${spanOf(window)})))`
    : `sum by (${label}) (rate(${family.metric}_count${matchers}${spanOf(window)}))`
}

/** Failed requests a second, likewise; undefined where the labels do not tell. */
export function errorQuery(
  family: RedFamily,
  label: string,
  window: RedWindow,
  matcher = '',
): string | undefined {
  if (family.failed === undefined) return undefined
  return rateQuery(family, label, window, [family.failed, matcher].filter((one) => one !== '').join(', '))
}

/** A quantile of the durations, likewise: buckets are summed first. */
export function quantileQuery(
  family: RedFamily,
  label: string,
  q: number,
  window: RedWindow,
  matcher = '',
): string {
  const matchers = braces(within(family, matcher))
  return family.isNative
    ? `histogram_quantile(${q}, sum by (${label}) (rate(${family.metric}${matchers}${spanOf(window)})))`
    : `histogram_quantile(${q}, sum by (${label}, le) (rate(${family.metric}_bucket${matchers}${spanOf(window)})))`
}

/** The share of one service's requests that fail, over time; undefined where the labels do not tell. */
export function errorShareQuery(
  family: RedFamily,
  label: string,
  value: string,
  range: string,
): string | undefined {
  const failed = errorQuery(family, label, { range }, oneOf(label, value))
  return failed && `${failed} / ${rateQuery(family, label, { range }, oneOf(label, value))}`
}

/** The durations of one service as a heatmap. */
export function heatmapQuery(family: RedFamily, label: string, value: string, range: string): string {
  const matchers = braces(within(family, oneOf(label, value)))
  return family.isNative
    ? `sum(rate(${family.metric}${matchers}[${range}]))`
    : `sum by (le) (rate(${family.metric}_bucket${matchers}[${range}]))`
}

/** How a service does now, and did before. Seconds; shares of 1. What is not known is undefined. */
export interface ServiceFigures {
  readonly rate: number | undefined
  readonly rateBefore: number | undefined
  readonly errors: number | undefined
  readonly errorsBefore: number | undefined
  readonly p50: number | undefined
  readonly p95: number | undefined
  readonly p99: number | undefined
  readonly p99Before: number | undefined
}

/** How much worse a service does than before: a doubled p99 counts as much as ten more in a hundred requests that fail. */
export function worsening({ errors, errorsBefore, p99, p99Before }: ServiceFigures): number {
  const failing = ((errors ?? 0) - (errorsBefore ?? 0)) * 10
  const slower = p99 && p99Before ? Math.log2(p99 / p99Before) : 0
  return Math.max(failing, slower)
}

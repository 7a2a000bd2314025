/**
 * Rate, errors and duration of services: which of the metrics that are there tell them, and what to ask. Names and labels follow
 * OpenTelemetry's semantic conventions as exporters write them in Prometheus, old and stable, and the span metrics of collectors:
 * https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
 */
import { unitOfMetric } from './unit'

/** A histogram that measures how long a service takes to answer. */
interface RedKind {
  /** Base name, as a whole. */
  readonly name: RegExp
  /** Which of its series are answers of a service; empty for all. */
  readonly served: string
  /** Which of those failed; undefined where its labels do not tell. */
  readonly failed: string | undefined
  /** Labels that name an operation, in the order in which they stand in the name of its spans. */
  readonly operation: readonly string[]
  /** What stands between them there. */
  readonly between: ' ' | '/'
  /** Labels that may name the service. */
  readonly services?: readonly string[]
  /** The label that says how a request ended, of every one that did; a histogram that lacks it tells no failures. */
  readonly status?: string | undefined
  /** A counter of what failed, where that is not told by labels. */
  readonly failures?: string
}

const failedStatus = 'status_code="STATUS_CODE_ERROR"'
/** Also who takes messages answers someone. */
const served = 'span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"'

/** The first that fits a name is meant; those before others are preferred where a service has several. */
const kinds: readonly RedKind[] = [
  {
    name: /^http_server_request_duration_seconds$/,
    served: '',
    failed: 'http_response_status_code=~"5.."',
    status: 'http_response_status_code',
    operation: ['http_request_method', 'http_route'],
    between: ' ',
  },
  {
    name: /^http_server_duration(_milliseconds)?$/,
    served: '',
    failed: 'http_status_code=~"5.."',
    status: 'http_status_code',
    operation: ['http_method', 'http_route'],
    between: ' ',
  },
  {
    name: /^rpc_server_(call_)?duration_seconds$/,
    served: '',
    failed: 'rpc_response_status_code!~"|0|OK"',
    status: 'rpc_response_status_code',
    operation: ['rpc_service', 'rpc_method'],
    between: '/',
  },
  {
    name: /^rpc_server_duration(_milliseconds)?$/,
    served: '',
    failed: 'rpc_grpc_status_code!~"|0|OK"',
    status: 'rpc_grpc_status_code',
    operation: ['rpc_service', 'rpc_method'],
    between: '/',
  },
  {
    name: /^messaging_process_duration_seconds$/,
    served: '',
    failed: 'error_type!=""',
    operation: [
      'messaging_operation_name',
      'messaging_operation',
      'messaging_destination_name',
      'messaging_destination',
    ],
    between: ' ',
  },
  {
    name: /^traces_spanmetrics_latency$/,
    served,
    failed: failedStatus,
    operation: ['span_name'],
    between: ' ',
  },
  {
    // Of the collector, by any name space, and of Jaeger's monitoring; `latency` is what older ones wrote, `operation` its label.
    name: /^((traces_)?span_?metrics_)?(duration_(milliseconds|seconds)|latency)$/,
    served,
    failed: failedStatus,
    operation: ['span_name', 'operation'],
    between: ' ',
  },
  {
    // The service graph: who has no metrics of its own, such as a database, is known by those who call it.
    name: /^traces_service_graph_request_server_seconds$/,
    served: '',
    failed: undefined,
    failures: 'traces_service_graph_request_failed_total',
    services: ['server'],
    operation: [],
    between: ' ',
  },
  {
    // Those of its own calls to others say nothing of how it answers.
    name: /^(?!\w*client)\w+_request_duration_seconds$/,
    served: '',
    failed: undefined,
    operation: ['method', 'handler', 'route', 'path', 'uri', 'endpoint', 'operation'],
    between: ' ',
  },
]

/** A histogram of that kind which is there. */
export interface RedFamily extends Omit<RedKind, 'name'> {
  readonly metric: string
  /** Without series per bucket: a native histogram. */
  readonly isNative: boolean
}

/** More than these are looked at by nobody, and each is asked about. */
const mostFamilies = 8

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

/** A histogram that a person says measures a service, whatever it is called. */
export function saidFamily(metric: string, metrics: readonly string[]): RedFamily {
  const { name: _, ...kind } = kinds.find(({ name }) => name.test(metric)) ?? kinds[kinds.length - 1]
  return { ...kind, metric, isNative: !metrics.includes(`${metric}_bucket`) }
}

/** The metric whose series are its buckets. */
export const bucketsOf = ({ metric, isNative }: Pick<RedFamily, 'metric' | 'isNative'>): string =>
  isNative ? metric : `${metric}_bucket`

/** Those, and after them the histograms that a person named besides. */
export function familiesAmong(metrics: readonly string[], said: readonly string[]): readonly RedFamily[] {
  const usual = redFamilies(metrics)
  const added = said.filter((metric) => usual.every((family) => family.metric !== metric))
  return [...usual, ...added.map((metric) => saidFamily(metric, metrics))]
}

/** Labels that name a service, the most telling first. */
export const serviceLabels = ['service_name', 'service', 'job', 'app'] as const

/** Labels of a family that may be missing, and what it tells by them. */
const tellingLabels = ({ status, operation }: RedFamily): readonly string[] =>
  status === undefined ? operation : [status, ...operation]

/** The label of a group that says whether its series have that one. */
const hasOf = (label: string): string => `has_${label}`

/**
 * What the series of a family are asked to find out which label names their service, and which of the labels that it tells by they have,
 * whatever their values; with a range, those too that ended within it.
 */
export function labelQuery(family: RedFamily, range?: string): string {
  const labels = tellingLabels(family)
  const marked = labels.reduce(
    (series, label) => `label_replace(${series}, "${hasOf(label)}", "yes", "${label}", ".+")`,
    seriesOf(family, '', range),
  )
  return `count by (${[...(family.services ?? serviceLabels), ...labels.map(hasOf)].join(', ')}) (${marked})`
}

/** A family as the series of one of its services are labelled, by the groups of that query: what no label tells is not told. */
export function asLabelled(
  family: RedFamily,
  groups: readonly Readonly<Record<string, string>>[],
): RedFamily {
  // A service that was named by hand may be in no group.
  if (groups.length === 0) return family
  const isThere = (label: string) => groups.some((group) => (group[hasOf(label)] ?? '') !== '')
  const { status, operation } = family
  return {
    ...family,
    operation: operation.filter(isThere),
    failed: status === undefined || isThere(status) ? family.failed : undefined,
  }
}

/** How many of a family's series there are, by some labels. */
export const countQuery = (family: RedFamily, labels: readonly string[], matcher: string): string =>
  `count by (${labels.join(', ')}) (${seriesOf(family, matcher)})`

function seriesOf(family: RedFamily, matcher: string, range?: string): string {
  const series = `${family.metric}${family.isNative ? '' : '_count'}${braces(within(family, matcher))}`
  return range === undefined ? series : `last_over_time(${series}[${range}])`
}

/** The first label that every group has. */
const firstOfAll = (
  labels: readonly string[],
  groups: readonly Readonly<Record<string, string>>[],
): string | undefined =>
  groups.length === 0
    ? undefined
    : labels.find((label) => groups.every((group) => (group[label] ?? '') !== ''))

/** The label that names the service in the groups that the label query of a family answers with. */
export const serviceLabelOf = (
  { services }: RedFamily,
  groups: readonly Readonly<Record<string, string>>[],
): string | undefined => firstOfAll(services ?? serviceLabels, groups)

/**
 * Each label that names the service of some of those groups, with a matcher of the series that no better one names: one label where all
 * groups have it, several where series were labelled by several hands.
 */
export function namingLabels(
  family: RedFamily,
  groups: readonly Readonly<Record<string, string>>[],
): readonly { readonly label: string; readonly matcher: string }[] {
  const ofAll = serviceLabelOf(family, groups)
  if (ofAll !== undefined) return [{ label: ofAll, matcher: '' }]
  const labels = family.services ?? serviceLabels
  return labels.flatMap((label, at) => {
    const better = labels.slice(0, at)
    const isNeeded = groups.some(
      (group) => (group[label] ?? '') !== '' && better.every((one) => (group[one] ?? '') === ''),
    )
    return isNeeded
      ? [{ label, matcher: [...better.map((one) => `${one}=""`), `${label}!=""`].join(', ') }]
      : []
  })
}

/** Labels that name an instance of a service, the most telling first. */
export const instanceLabels = ['service_instance_id', 'k8s_pod_name', 'pod', 'instance', 'host_name'] as const

/** The label that names the instances, in groups by those labels. */
export const instanceLabelOf = (groups: readonly Readonly<Record<string, string>>[]): string | undefined =>
  firstOfAll(instanceLabels, groups)

/** What an operation is called, as its spans are; empty where its labels do not tell. */
export function operationName(
  { operation, between }: RedFamily,
  labels: Readonly<Record<string, string>>,
): string {
  const parts = operation.map((label) => labels[label] ?? '').filter((part) => part !== '')
  // Newer conventions write the service into the method.
  if (between === '/' && parts.at(-1)?.includes('/') === true) return parts[parts.length - 1]
  return parts.join(between)
}

/** A job may be written with its namespace before it. */
export const serviceName = (value: string): string => value.slice(value.lastIndexOf('/') + 1)

const braces = (...matchers: readonly (string | undefined)[]): string => {
  const given = matchers.filter((matcher) => matcher !== undefined && matcher !== '')
  return given.length === 0 ? '' : `{${given.join(', ')}}`
}

/** A matcher for one value of a label. */
export const oneOf = (label: string, value: string): string => `${label}=${JSON.stringify(value)}`

/** Matchers for the values of some labels; an empty value is that of a series without the label. */
export const allOf = (labels: readonly string[], values: Readonly<Record<string, string>>): string =>
  labels.map((label) => oneOf(label, values[label] ?? '')).join(', ')

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
  if (family.failures !== undefined)
    return `sum by (${label}) (rate(${family.failures}${braces(matcher)}${spanOf(window)}))`
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

/** The durations of what `matcher` lets through, such as one service, as a heatmap. */
export function heatmapQuery(family: RedFamily, matcher: string, range: string): string {
  const matchers = braces(within(family, matcher))
  return family.isNative
    ? `sum(rate(${family.metric}${matchers}[${range}]))`
    : `sum by (le) (rate(${family.metric}_bucket${matchers}[${range}]))`
}

/** How many seconds its values are. `latency` is in milliseconds as older collectors wrote it, and in seconds as Tempo does. */
export const secondsIn = ({ metric }: RedFamily): number =>
  /^(span_?metrics_)?latency$/.test(metric) ? 1e-3 : unitOfMetric(metric, undefined).scale

/** Whether failures are told at all. */
export const tellsFailures = ({ failed, failures }: RedFamily): boolean =>
  failed !== undefined || failures !== undefined

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

/** Whether a service that was asked before is not asked any more: it may be down. */
export const isSilent = ({ rate, rateBefore }: Pick<ServiceFigures, 'rate' | 'rateBefore'>): boolean =>
  (rate ?? 0) === 0 && (rateBefore ?? 0) > 0

/** How much worse a service does than before: a doubled p99 counts as much as ten more in a hundred requests that fail; silence as much as all of them. */
export function worsening(figures: ServiceFigures): number {
  const { errors, errorsBefore, p99, p99Before } = figures
  if (isSilent(figures)) return 10
  const failing = ((errors ?? 0) - (errorsBefore ?? 0)) * 10
  const slower = p99 && p99Before ? Math.log2(p99 / p99Before) : 0
  return Math.max(failing, slower)
}

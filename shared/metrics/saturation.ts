/**
 * Pools, queues, runtimes and containers of services: which of the metrics that are there tell of them, and what to ask. Names follow
 * OpenTelemetry's semantic conventions as exporters write them in Prometheus, old and stable, and what is common besides:
 * https://opentelemetry.io/docs/specs/semconv/database/database-metrics/
 */
import type { Least } from './change-point'
import { oneOf, serviceLabels } from './red'

/** Something that can be used up, and how it is read. */
interface ResourceKind {
  readonly name: RegExp
  readonly group: 'pool' | 'queue' | 'runtime' | 'container'
  readonly title: string
  /** Which of its series are meant; empty for all. */
  readonly matcher: string
  /** Counters are read as so much a second. */
  readonly isCounter: boolean
  /** From how much on a rise is a sign of trouble; undefined where it is none by itself. */
  readonly trouble: Least | undefined
}

const kind = (
  name: RegExp,
  group: ResourceKind['group'],
  title: string,
  rest: Partial<ResourceKind> = {},
): ResourceKind => ({ name, group, title, matcher: '', isCounter: false, trouble: undefined, ...rest })

const waits = { trouble: { factor: 1.5, difference: 1 } }

const kinds: readonly ResourceKind[] = [
  kind(
    /^(db_client_connections?_pending_requests|hikaricp_connections_pending)$/,
    'pool',
    'Waiting for a connection',
    waits,
  ),
  kind(/^db_client_connection_count$/, 'pool', 'Connections in use', {
    matcher: 'db_client_connection_state="used"',
  }),
  kind(/^db_client_connections_usage$/, 'pool', 'Connections in use', { matcher: 'state="used"' }),
  kind(/^hikaricp_connections_active$/, 'pool', 'Connections in use'),
  kind(/^(db_client_connections?_max|hikaricp_connections_max)$/, 'pool', 'Connections at most'),
  kind(
    /^(db_client_connections?_timeouts|hikaricp_connections_timeout)_total$/,
    'pool',
    'Gave up waiting for a connection',
    { isCounter: true, trouble: { factor: 1.5, difference: 0.05 } },
  ),
  kind(
    /^(kafka_consumer_(records_)?lag(_max)?|kafka_consumergroup_lag|rabbitmq_queue_messages_ready)$/,
    'queue',
    'Messages that wait',
    { trouble: { factor: 2, difference: 10 } },
  ),
  kind(/^(http|rpc)_server_active_requests$/, 'queue', 'Requests in progress', {
    trouble: { factor: 2, difference: 5 },
  }),
  kind(/^process_cpu_(time_)?seconds_total$/, 'runtime', 'Cores in use', { isCounter: true }),
  kind(/^process_(memory_usage|resident_memory)_bytes$/, 'runtime', 'Memory in use'),
  kind(/^jvm_memory_used_bytes$/, 'runtime', 'JVM memory in use'),
  kind(/^jvm_gc_(duration|pause)_seconds_sum$/, 'runtime', 'Collecting garbage, share of time', {
    isCounter: true,
  }),
  kind(/^jvm_threads?_(count|live_threads)$/, 'runtime', 'JVM threads'),
  kind(/^nodejs_eventloop_(delay|lag)_p99_seconds$/, 'runtime', 'Event loop delay, p99'),
  kind(/^nodejs_eventloop_utilization(_ratio)?$/, 'runtime', 'Event loop in use'),
  kind(/^go_goroutines?(_count)?$/, 'runtime', 'Goroutines'),
  kind(/^go_mem(ory_used|stats_heap_inuse)_bytes$/, 'runtime', 'Go memory in use'),
  kind(/^container_cpu_(usage|time)_seconds_total$/, 'container', 'Cores of the container in use', {
    isCounter: true,
  }),
  kind(/^container_cpu_cfs_throttled_seconds_total$/, 'container', 'Held back by its share of cores', {
    isCounter: true,
  }),
  kind(/^container_memory_(working_set|usage)_bytes$/, 'container', 'Memory of the container'),
  kind(/^k8s_container_cpu_limit$/, 'container', 'Cores it may use'),
]

/** A metric that is there, and what it tells. */
export interface Resource extends Omit<ResourceKind, 'name'> {
  readonly metric: string
}

/** The metrics of a server that tell how much of something is used, in the order people look at them. */
export function resourcesAmong(metrics: readonly string[]): readonly Resource[] {
  return kinds.flatMap(({ name, ...kind }) =>
    metrics.filter((metric) => name.test(metric)).map((metric) => ({ ...kind, metric })),
  )
}

/** Labels that name one of several pools or queues of a service. */
const itemLabels = [
  'db_client_connection_pool_name',
  'pool_name',
  'pool',
  'messaging_destination_name',
  'topic',
  'queue',
] as const

/** The fullest of a service's instances, for each of its pools and queues, in each step of a chart. */
export function troubleQuery({ metric, matcher, isCounter }: Resource, step: string): string {
  const of = matcher === '' ? metric : `${metric}{${matcher}}`
  const by = [...serviceLabels, ...itemLabels].join(', ')
  return `max by (${by}) (${isCounter ? 'rate' : 'max_over_time'}(${of}[${step}]))`
}

/** Which pool or queue a series is of; empty where it is the only one. */
export const itemOf = (labels: Readonly<Record<string, string>>): string =>
  itemLabels.map((label) => labels[label]).find((value) => (value ?? '') !== '') ?? ''

/** The series of one service, or of one of its pools or queues, as charts show them. */
export function resourceQuery(
  { metric, matcher, isCounter }: Resource,
  labels: Readonly<Record<string, string>>,
  range: string,
): string {
  const given = Object.entries(labels)
    .filter(([, value]) => value !== '')
    .map(([label, value]) => oneOf(label, value))
  const of = `${metric}{${[matcher, ...given].filter((one) => one !== '').join(', ')}}`
  return isCounter ? `rate(${of}[${range}])` : of
}

/**
 * Pools, queues, runtimes and containers of services: which of the metrics that are there tell of them, and what to ask. Names follow
 * OpenTelemetry's semantic conventions as exporters write them in Prometheus, old and stable, and what is common besides:
 * https://opentelemetry.io/docs/specs/semconv/database/database-metrics/
 */
import type { Least } from './change-point'
import { instanceLabels, oneOf, serviceLabels } from './red'

/** How full it is, how much waits for it, and what it failed to give. */
type Sign = 'utilisation' | 'saturation' | 'errors'

/** Something that can be used up, and how it is read. */
interface ResourceKind {
  readonly name: RegExp
  readonly group: 'pool' | 'queue' | 'runtime' | 'container'
  readonly sign: Sign
  readonly title: string
  /** Which of its series are meant; empty for all. */
  readonly matcher: string
  /** Counters are read as so much a second. */
  readonly isCounter: boolean
  /** From how much on a rise is a sign of trouble; undefined where it is none by itself. */
  readonly trouble: Least | undefined
  /** The metric of how much there is of it, with the same labels. */
  readonly limit: RegExp | undefined
  /** Each instance tells of its own share of one thing: what there is, is all of it, not what the fullest instance has. */
  readonly isShared: boolean
  /** Labels by which it belongs to a service. */
  readonly owners: readonly string[]
}

/** What tells of containers knows them by their own names. */
const containerOwners = ['k8s_deployment_name', 'k8s_container_name', 'container', ...serviceLabels]
/** What a broker tells of its consumers. */
const consumerOwners = [...serviceLabels, 'consumergroup', 'consumer_group', 'group']

const ownersOf = (group: ResourceKind['group']): readonly string[] =>
  group === 'container' ? containerOwners : group === 'queue' ? consumerOwners : serviceLabels

const kind = (
  name: RegExp,
  group: ResourceKind['group'],
  sign: Sign,
  title: string,
  rest: Partial<ResourceKind> = {},
): ResourceKind => ({
  name,
  group,
  sign,
  title,
  matcher: '',
  isCounter: false,
  trouble: undefined,
  limit: undefined,
  isShared: false,
  owners: ownersOf(group),
  ...rest,
})

const waits = { trouble: { factor: 1.5, difference: 1 } }
const counts = { isCounter: true }

const kinds: readonly ResourceKind[] = [
  kind(/^db_client_connection_count$/, 'pool', 'utilisation', 'Connections in use', {
    matcher: 'db_client_connection_state="used"',
    limit: /^db_client_connection_max$/,
  }),
  kind(/^db_client_connections_usage$/, 'pool', 'utilisation', 'Connections in use', {
    matcher: 'state="used"',
    limit: /^db_client_connections_max$/,
  }),
  kind(/^hikaricp_connections_active$/, 'pool', 'utilisation', 'Connections in use', {
    limit: /^hikaricp_connections_max$/,
  }),
  kind(/^go_sql_in_use_connections$/, 'pool', 'utilisation', 'Connections in use', {
    limit: /^go_sql_max_open_connections$/,
  }),
  kind(
    /^(db_client_connections?_pending_requests|hikaricp_connections_pending)$/,
    'pool',
    'saturation',
    'Waiting for a connection',
    waits,
  ),
  kind(/^go_sql_wait_count_total$/, 'pool', 'saturation', 'Had to wait for a connection', counts),
  kind(
    /^(db_client_connections?_timeouts|hikaricp_connections_timeout)_total$/,
    'pool',
    'errors',
    'Gave up waiting for a connection',
    { isCounter: true, trouble: { factor: 1.5, difference: 0.05 } },
  ),
  kind(/^(http|rpc)_server_active_requests$/, 'queue', 'utilisation', 'Requests in progress', {
    trouble: { factor: 2, difference: 5 },
  }),
  kind(
    /^(kafka_consumer_(records_)?lag|kafka_consumergroup_lag|rabbitmq_queue_messages_ready)$/,
    'queue',
    'saturation',
    'Messages that wait',
    { trouble: { factor: 2, difference: 10 }, isShared: true },
  ),
  kind(/^kafka_consumer_(records_)?lag_max$/, 'queue', 'saturation', 'Messages that wait', {
    trouble: { factor: 2, difference: 10 },
  }),
  kind(/^process_cpu_(time_)?seconds_total$/, 'runtime', 'utilisation', 'Cores in use', {
    isCounter: true,
    limit: /^k8s_container_cpu_limit$/,
  }),
  kind(/^process_(memory_usage|resident_memory)_bytes$/, 'runtime', 'utilisation', 'Memory in use', {
    limit: /^k8s_container_memory_limit_bytes$/,
  }),
  kind(/^jvm_memory_used_bytes$/, 'runtime', 'utilisation', 'JVM heap in use', {
    // As OpenTelemetry calls it, and as Micrometer does.
    matcher: 'jvm_memory_type!="non_heap", area!="nonheap"',
    limit: /^jvm_memory_(limit|max)_bytes$/,
  }),
  kind(/^jvm_threads?_(count|live_threads)$/, 'runtime', 'utilisation', 'JVM threads'),
  kind(/^v8js_memory_heap_used_bytes$/, 'runtime', 'utilisation', 'Heap in use', {
    limit: /^v8js_memory_heap_limit_bytes$/,
  }),
  kind(/^nodejs_heap_size_used_bytes$/, 'runtime', 'utilisation', 'Heap in use', {
    limit: /^nodejs_heap_size_total_bytes$/,
  }),
  kind(/^nodejs_eventloop_utilization(_ratio)?$/, 'runtime', 'utilisation', 'Event loop in use'),
  kind(/^go_mem(ory_used|stats_heap_inuse)_bytes$/, 'runtime', 'utilisation', 'Go memory in use'),
  kind(/^go_goroutines?(_count)?$/, 'runtime', 'utilisation', 'Goroutines'),
  kind(/^process_open_fds$/, 'runtime', 'utilisation', 'Open files', { limit: /^process_max_fds$/ }),
  kind(
    /^(jvm_gc_(duration|pause)|v8js_gc_duration|go_gc_duration)_seconds_sum$/,
    'runtime',
    'saturation',
    'Collecting garbage, share of time',
    counts,
  ),
  kind(/^nodejs_eventloop_(delay|lag)_p99_seconds$/, 'runtime', 'saturation', 'Event loop delay, p99'),
  kind(/^dotnet_thread_pool_queue_length$/, 'runtime', 'saturation', 'Waiting for a thread'),
  kind(/^dotnet_exceptions_total$/, 'runtime', 'errors', 'Exceptions', counts),
  kind(/^container_cpu_(usage|time)_seconds_total$/, 'container', 'utilisation', 'Cores in use', {
    isCounter: true,
    limit: /^k8s_container_cpu_limit$/,
  }),
  kind(/^container_memory_(working_set|usage)_bytes$/, 'container', 'utilisation', 'Memory in use', {
    limit: /^(k8s_container_memory_limit|container_spec_memory_limit)_bytes$/,
  }),
  kind(
    /^container_cpu_cfs_throttled_seconds_total$/,
    'container',
    'saturation',
    'Held back by its share of cores',
    counts,
  ),
  kind(/^container_oom_events_total$/, 'container', 'errors', 'Killed for lack of memory', counts),
  kind(/^k(8s_container|ube_pod_container_status)_restarts(_total)?$/, 'container', 'errors', 'Restarts'),
]

/** A metric that is there, and what it tells. */
export interface Resource extends Omit<ResourceKind, 'name' | 'limit'> {
  readonly metric: string
  /** The metric of how much there is of it, where that is there too. */
  readonly limit: string | undefined
}

/** The metrics of a server that tell how much of something is used, in the order people look at them. */
export function resourcesAmong(metrics: readonly string[]): readonly Resource[] {
  return kinds.flatMap(({ name, limit, ...kind }) =>
    metrics
      .filter((metric) => name.test(metric))
      .map((metric) => ({
        ...kind,
        metric,
        limit: limit && metrics.find((one) => limit.test(one)),
      })),
  )
}

/** Labels that name one of several pools or queues of a service. */
export const itemLabels = [
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

/** Asks which services, and which of their pools and queues, a metric has series of. */
export const ownersQuery = (resource: Resource): string =>
  `count by (${groupsOf(resource).join(', ')}) (${resource.metric}${resource.matcher === '' ? '' : `{${resource.matcher}}`})`

/** Owners and their pools and queues. */
const groupsOf = ({ owners }: Resource): readonly string[] => [...owners, ...itemLabels]

/** Instances are told apart by whichever of these a metric has. */
const perInstance = `sum by (${instanceLabels.join(', ')})`

/** How much each instance uses, of what these labels let through. */
export const usedQuery = (
  resource: Resource,
  labels: Readonly<Record<string, string>>,
  range: string,
): string => `${perInstance} (${resourceQuery(resource, labels, range)})`

/** A heap has its parts; what is used of a pool is not how it says how much there is. */
const partMatcher = ({ metric, matcher }: Pick<Resource, 'metric' | 'matcher'>): string =>
  metric.startsWith('jvm_') ? matcher : ''

/** How much there is for each instance, at least; undefined where nothing tells. */
export const limitQuery = (
  { limit, matcher, metric }: Resource,
  labels: Readonly<Record<string, string>>,
): string | undefined => {
  if (limit === undefined) return undefined
  const own = partMatcher({ metric, matcher })
  const given = Object.entries(labels).map(([label, value]) => oneOf(label, value))
  return `min(${perInstance} (${limit}{${[own, ...given].filter((one) => one !== '').join(', ')}} > 0))`
}

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

const perGroupAndInstance = (resource: Resource, query: string): string =>
  `sum by (${[...new Set([...groupsOf(resource), ...instanceLabels])].join(', ')}) (${query})`

/**
 * Of every owner at once, how much the fullest of its instances used at most (or at least) within a stretch of time, or all of them together of what they
 * share; looked at `step` by `step`.
 */
export const extremeUseQuery = (
  resource: Resource,
  extreme: 'max' | 'min',
  range: string,
  step: string,
): string => {
  const each = resourceQuery(resource, {}, range)
  const used = resource.isShared
    ? `sum by (${groupsOf(resource).join(', ')}) (${each})`
    : perGroupAndInstance(resource, each)
  return `max by (${groupsOf(resource).join(', ')}) (${extreme}_over_time(${used}[${range}:${step}]))`
}

/** Of every owner at once, how much there is for each instance, at least; undefined where nothing tells. */
export const limitsQuery = (resource: Resource): string | undefined =>
  resource.limit === undefined
    ? undefined
    : `min by (${groupsOf(resource).join(', ')}) (${perGroupAndInstance(resource, `${resource.limit}{${partMatcher(resource)}} > 0`)})`

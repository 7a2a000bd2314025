/**
 * A Prometheus that holds the numbers of one incident: order-service slows down two thirds into the window, while payment-service stays.
 * It answers the few queries that the tests write, computed from the window it is asked for.
 */
import type { IncomingMessage } from 'node:http'
import { json, type Answer } from './fake-servers.ts'

const bounds = ['0.01', '0.05', '0.1', '0.5', '1', '5', '+Inf'] as const

/** Requests a second in each bucket, not summed up: before and after it slowed down. */
const before = [10, 30, 8, 2, 0, 0, 0] as const
const after = [5, 10, 5, 2, 3, 20, 1] as const

/** The trace that the first exemplar belongs to. */
export const exemplarTraceId = '4be1f0c2a9d34e5f8b7a6c5d4e3f9a7e'

/** What moved, in order of time: a share of the window after which it is seen. */
const moved = { version: 0.5, pool: 0.6 } as const

const success = (data: unknown, rest: object = {}): Answer => json({ status: 'success', data, ...rest })

const failed = (status: number, errorType: string, error: string): Answer =>
  json({ status: 'error', errorType, error }, status)

interface Window {
  readonly start: number
  readonly end: number
  readonly step: number
}

const moments = ({ start, end, step }: Window): readonly number[] =>
  Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => start + index * step)

const isPast = (share: number, time: number, { start, end }: Window): boolean =>
  time > start + (end - start) * share

const isAfter = (time: number, window: Window): boolean => isPast(2 / 3, time, window)

/** One answer to a range query. */
const matrix = (
  window: Window,
  series: readonly { readonly metric: object; readonly value: (time: number) => string | undefined }[],
): object => ({
  resultType: 'matrix',
  result: series.map(({ metric, value }) => ({
    metric,
    values: moments(window).flatMap((time) => {
      const text = value(time)
      return text === undefined ? [] : [[time, text]]
    }),
  })),
})

function rangeAnswer(query: string, window: Window): Answer {
  if ((window.end - window.start) / window.step > 11_000)
    return failed(400, 'bad_data', 'exceeded maximum resolution of 11,000 points per timeseries.')
  if (query.endsWith('('))
    return failed(
      400,
      'bad_data',
      `invalid parameter "query": 1:${query.length}: parse error: unclosed left parenthesis`,
    )
  if (query === 'a * b') return failed(422, 'execution', 'found duplicate series for the match group')
  if (query === 'empty') return success({ resultType: 'matrix', result: [] })
  if (query === 'odd')
    return success(
      matrix(window, [
        { metric: { __name__: 'odd' }, value: (time) => (isAfter(time, window) ? 'NaN' : '+Inf') },
      ]),
      { warnings: ['one store did not answer'] },
    )
  if (query === 'far')
    return success(
      matrix(window, [
        { metric: { __name__: 'far' }, value: (time) => (isAfter(time, window) ? '1e308' : '-1e308') },
      ]),
    )
  if (query === 'nothing_seen')
    return success({
      resultType: 'matrix',
      result: [{ metric: {}, histograms: [[window.start, { count: '0', sum: '0', buckets: [] }]] }],
    })
  if (query === 'lonely')
    return success(
      matrix(window, [
        {
          metric: { __name__: 'lonely' },
          value: (time) => (time === window.start + 10 * window.step ? '7' : undefined),
        },
      ]),
    )
  if (query.includes('target_info'))
    return success(
      matrix(
        window,
        ['2.13.4', '2.14.0'].map((service_version, index) => ({
          metric: { job: 'payment-service', service_version },
          value: (time) => (isPast(moved.version, time, window) === (index === 1) ? '6' : undefined),
        })),
      ),
    )
  if (query.includes('db_client_connection_count'))
    return success(
      matrix(window, [
        {
          metric: { instance: 'payment-1' },
          value: (time) => (isPast(moved.pool, time, window) ? '20' : '6'),
        },
      ]),
    )
  if (query.includes('pending_requests'))
    return success(
      matrix(window, [
        {
          metric: { job: 'payment-service', db_client_connection_pool_name: 'payments-db' },
          value: (time) => (isPast(moved.pool, time, window) ? '37' : '0'),
        },
      ]),
    )
  if (/histogram_quantile/.test(query))
    return success(
      matrix(window, [
        {
          metric: query.includes('by (job') ? { job: 'order-service' } : {},
          value: (time) => (isAfter(time, window) ? '4.6' : '0.3'),
        },
      ]),
    )
  if (/sum by \(le\)/.test(query))
    return success(
      matrix(
        window,
        bounds.map((le, index) => ({
          metric: { le },
          value: (time) =>
            String(
              (isAfter(time, window) ? after : before)
                .slice(0, index + 1)
                .reduce((sum: number, count) => sum + count, 0),
            ),
        })),
      ),
    )
  return success(
    matrix(
      window,
      ['order-service', 'payment-service'].map((job, index) => ({
        metric: { job },
        value: (time) => String(job === 'order-service' && isAfter(time, window) ? 46 : 50 - index * 20),
      })),
    ),
  )
}

const histogram = 'http_server_request_duration_seconds'

const exemplar = (traceId: string, value: string, timestamp: number) => ({
  labels: { trace_id: traceId, span_id: '00f067aa0ba902b7', route: 'POST /orders' },
  value,
  timestamp,
})

function exemplarAnswer(query: string, { start, end }: Window): Answer {
  if (!query.includes('_bucket')) return success([])
  const at = (share: number): number => start + (end - start) * share
  const seriesLabels = { __name__: `${histogram}_bucket`, job: 'order-service' }
  return success([
    {
      seriesLabels: { ...seriesLabels, le: '5' },
      exemplars: [exemplar(exemplarTraceId, '4.81', at(0.87)), exemplar('a'.repeat(32), '0.3', at(0.2))],
    },
    // The same request is kept in each series it was counted in.
    {
      seriesLabels: { ...seriesLabels, le: '+Inf' },
      exemplars: [exemplar(exemplarTraceId, '4.81', at(0.87))],
    },
  ])
}

/** Figures of the overview: what each service has now, and had an hour before. */
const figures: Readonly<
  Record<string, { readonly now: number; readonly before: number; readonly p99: number }>
> = {
  'order-service': { now: 46, before: 50, p99: 4.6 },
  'payment-service': { now: 30, before: 30, p99: 0.3 },
}

/** Its heaviest metric has a label for users, of whom there are ever more. */
const heavy = {
  metric: 'http_requests_total',
  held: 500,
  now: 90,
  before: 40,
  dayBefore: 80,
  withoutUser: 3,
} as const

/** Too small to be among the heaviest, and four times as many within an hour. */
const growing = { metric: 'jobs_total', now: 80, before: 20, dayBefore: 10 } as const

const users = Array.from(
  { length: 30 },
  (_, index) => `${String(index).padStart(8, '0')}-0000-4000-8000-00000000000a`,
)

/** Answers to what is counted of series; undefined for other questions. */
function countAnswer(query: string, time: number): Answer | undefined {
  const one = (value: number, metric: object = {}): Answer =>
    success({ resultType: 'vector', result: [{ metric, value: [time, String(value)] }] })
  const grows = { clew_metric: growing.metric }
  if (query.includes(') - count by (')) return one(growing.now - growing.before, grows)
  if (query.includes('count by (__name__)')) {
    const counts = [{ ...heavy }, ...(query.startsWith('topk') ? [] : [{ ...growing }])]
    const before = query.includes(' offset 1d') ? 'dayBefore' : query.includes(' offset ') ? 'before' : 'now'
    return success({
      resultType: 'vector',
      result: counts.map((metric) => ({
        metric: { __name__: metric.metric },
        value: [time, String(metric[before])],
      })),
    })
  }
  if (query.startsWith('count(count without (user_id)')) return one(heavy.withoutUser)
  return query.startsWith('count(') ? one(heavy.now) : undefined
}

const tsdb = {
  headStats: { numSeries: 508, minTime: 1_790_000_000_000, maxTime: 1_790_003_600_000 },
  seriesCountByMetricName: [{ name: heavy.metric, value: heavy.held }],
  labelValueCountByLabelName: [{ name: 'user_id', value: 480 }],
  memoryInBytesByLabelName: [{ name: 'user_id', value: 17_280 }],
  seriesCountByLabelValuePair: [{ name: 'job=order-service', value: 504 }],
}

/** Parts of order-service: its operations by the labels of HTTP, and its instances; each with its share of the requests. */
const parts = {
  http_route: [
    { metric: { http_request_method: 'POST', http_route: '/orders' }, share: 0.75 },
    { metric: { http_request_method: 'GET', http_route: '/orders/{id}' }, share: 0.25 },
  ],
  instance: [
    { metric: { instance: 'order-1' }, share: 0.5 },
    { metric: { instance: 'order-2' }, share: 0.5 },
  ],
} as const

/** The parts a query asks to be told apart by, if any. */
const partsIn = (query: string) =>
  /by \([^)]*\bhttp_route\b/.test(query)
    ? parts.http_route
    : /by \([^)]*\binstance\b/.test(query)
      ? parts.instance
      : undefined

/** Its pool is full: twenty of twenty. */
const pool = { job: 'payment-service', db_client_connection_pool_name: 'payments-db' }

function poolAnswer(query: string, time: number): Answer | undefined {
  const vector = (metric: object, value: number): Answer =>
    success({ resultType: 'vector', result: [{ metric, value: [time, String(value)] }] })
  if (query.startsWith('min(')) return vector({}, 20)
  if (query.includes('min_over_time')) return vector(pool, 0)
  if (query.startsWith('max by') && query.includes('pending')) return vector(pool, 37)
  if (/^m(ax|in) by .*db_client_connection_/.test(query)) return vector(pool, 20)
  return /^count by .*db_client_connection/.test(query) ? vector(pool, 6) : undefined
}

function partAnswer(query: string, time: number): Answer | undefined {
  const found = partsIn(query)
  if (!found) return undefined
  const { now, before, p99 } = figures['order-service']
  const isBefore = query.includes(' offset ')
  const value = (share: number): number => {
    if (query.includes('histogram_quantile(0.99')) return isBefore ? 0.3 : p99
    if (query.includes('histogram_quantile')) return 0.05
    return share * (query.includes('5..') ? (isBefore ? 0 : 23) : isBefore ? before : now)
  }
  return success({
    resultType: 'vector',
    result: found.map(({ metric, share }) => ({ metric, value: [time, String(value(share))] })),
  })
}

/** What its series have, by the query for that. */
const labelled = {
  has_http_response_status_code: 'yes',
  has_http_request_method: 'yes',
  has_http_route: 'yes',
}

function instantAnswer(query: string, time: number): Answer {
  const counted = poolAnswer(query, time) ?? countAnswer(query, time) ?? partAnswer(query, time)
  if (counted) return counted
  const services = Object.entries(figures)
  const isBefore = query.includes(' offset ')
  const value = (now: number, before: number): [number, string] => [time, String(isBefore ? before : now)]
  const vector = (of: (name: string, one: (typeof figures)[string]) => [number, string]): Answer =>
    success({
      resultType: 'vector',
      result: services.map(([job, one]) => ({ metric: { job }, value: of(job, one) })),
    })
  if (query.startsWith('count by'))
    return success({
      resultType: 'vector',
      result: services.map(([job]) => ({
        metric: { job, ...(query.includes(histogram) && labelled) },
        value: [time, '1'],
      })),
    })
  if (query.startsWith('histogram_quantile(0.99')) return vector((_, { p99 }) => value(p99, 0.3))
  if (query.startsWith('histogram_quantile')) return vector(() => value(0.05, 0.05))
  // Of order-service's requests half fail now.
  if (query.includes('5..')) return vector((job) => value(job === 'order-service' ? 23 : 0, 0))
  return vector((_, { now, before }) => value(now, before))
}

/** A rule that fires, of this query; its labels name no service. */
export const firingRule = (query: string) => ({
  type: 'alerting',
  name: 'OrderLatencyHigh',
  query,
  duration: 60,
  state: 'firing',
  alerts: [
    {
      labels: { alertname: 'OrderLatencyHigh' },
      annotations: { summary: 'p99 over 500 ms' },
      state: 'firing',
      activeAt: '2026-09-21T14:54:00Z',
      value: '4.6e+00',
    },
  ],
})

const rules = [
  firingRule(
    'histogram_quantile(0.99, sum by (le) (rate(http_server_request_duration_seconds_bucket[5m]))) > 0.5',
  ),
  { type: 'alerting', name: 'Quiet', query: 'up == 0', duration: 0, state: 'inactive', alerts: [] },
  { type: 'recording', name: 'a:b', query: 'nope(', lastError: 'it could not be parsed' },
]

const read = (request: IncomingMessage): URL => new URL(request.url ?? '/', 'http://prometheus.test')

/** Its answers. */
export const prometheusAnswers: Answer = (request, response) => {
  const { pathname, searchParams } = read(request)
  const number = (name: string): number => Number(searchParams.get(name))
  const window = { start: number('start'), end: number('end'), step: number('step') }
  const query = searchParams.get('query') ?? ''
  const answers: Readonly<Record<string, () => Answer>> = {
    '/api/v1/query_range': () => rangeAnswer(query, window),
    '/api/v1/query_exemplars': () => exemplarAnswer(query, window),
    '/api/v1/query': () => instantAnswer(query, number('time')),
    '/api/v1/rules': () => success({ groups: [{ name: 'shop', rules }] }),
    '/api/v1/status/tsdb': () => success(tsdb),
    '/api/v1/labels': () =>
      success(
        searchParams.get('match[]')?.includes(heavy.metric) === true
          ? ['__name__', 'job', 'user_id']
          : ['__name__', 'job', 'le'],
      ),
    '/api/v1/label/user_id/values': () => success(users),
    '/api/v1/label/__name__/values': () =>
      success([
        `${histogram}_bucket`,
        'http_requests_total',
        'up',
        'target_info',
        'db_client_connection_pending_requests',
        'db_client_connection_count',
        'db_client_connection_max',
      ]),
    '/api/v1/label/le/values': () => success(bounds),
    '/api/v1/label/job/values': () => success(['order-service', 'payment-service']),
    '/api/v1/metadata': () =>
      success({
        [histogram]: [{ type: 'histogram', help: 'How long requests take.', unit: 'seconds' }],
        http_requests_total: [{ type: 'counter', help: 'Requests so far.', unit: '' }],
      }),
    '/api/v1/status/buildinfo': () => success({ version: '3.14.0', revision: '' }),
    '/api/v1/status/flags': () => success({ 'enable-feature': 'exemplar-storage' }),
  }
  const answer = answers[pathname] ?? (() => json({}, 404))
  answer()(request, response)
}

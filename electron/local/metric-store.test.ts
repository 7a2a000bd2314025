/** Answers are compared with what is worked out from the spans of the run. */
import { beforeAll, expect, test } from 'vitest'
import type { PromqlError } from '#shared/query/promql/promql-error'
import { spanIdText, traceIdText } from '#shared/simulate/otlp/json-text'
import type { Span } from '#shared/simulate/parts/record'
import { simulate, type Run } from '#shared/simulate/run'
import { demoMetrics } from './demo-metrics.ts'
import { createMetricStore, type MetricStore } from './metric-store.ts'

const endMs = 1_793_000_000_000
const lengthMinutes = 10
const window = { startMs: endMs - lengthMinutes * 60_000, endMs }

let run: Run
let store: MetricStore
beforeAll(() => {
  run = simulate({ scenario: 'pool-exhaustion', seed: 1, endNs: BigInt(endMs) * 1_000_000n, lengthMinutes })
  store = createMetricStore(demoMetrics(run))
})

/** Of a service, in which an attribute has a value; those that ended later than so many seconds before the run's end. */
function serverSpans(service: string, key: string, value: string, lastSeconds = Infinity): Span[] {
  const fromNs = run.lengthNs - lastSeconds * 1e9
  return run.traces
    .flatMap(({ spans }) => spans)
    .filter(
      ({ instance, kind, endNs }) => instance.service.name === service && kind === 'server' && endNs > fromNs,
    )
    .filter(({ own, common }) => (own[key] ?? common[key]) === value)
}

const secondsOf = ({ startNs, endNs }: Span): number => (endNs - startNs) / 1e9

async function valueOf(query: string): Promise<number> {
  const { series } = await store.query(query, endMs)
  expect(series).toHaveLength(1)
  return Number(series[0].values[0])
}

/** The quantile of buckets: where the rank lies between the bounds of its bucket. */
function quantile(q: number, bounds: readonly number[], lengths: readonly number[]): number {
  const rank = q * lengths.length
  const countTo = (bound: number): number => lengths.filter((length) => length <= bound).length
  const at = bounds.findIndex((bound) => countTo(bound) >= rank)
  const [lower, upper] = [bounds[at - 1] ?? 0, bounds[at]]
  return lower + ((upper - lower) * (rank - countTo(lower))) / (countTo(upper) - countTo(lower))
}

const charges = '{job="payment-service",http_route="/payments/charge"}'
const charged = () => serverSpans('payment-service', 'http.route', '/payments/charge')
/** Eight rounds lie in two minutes; the others are counted from the first. */
const betweenRoundsSeconds = 105
const near = (value: number): unknown => expect.closeTo(value, 9)

test('a counter counts the spans there were, and its rate those of the last minutes', async () => {
  const all = charged()
  expect(all.length).toBeGreaterThan(100)
  expect(await valueOf(`sum(http_server_request_duration_seconds_count${charges})`)).toBe(all.length)
  expect(await valueOf(`sum(http_server_request_duration_seconds_sum${charges})`)).toEqual(
    near(all.reduce((sum, span) => sum + secondsOf(span), 0)),
  )
  const steady = '{job="edge-gateway",http_route="/api/products",http_response_status_code="200"}'
  const late = serverSpans('edge-gateway', 'http.route', '/api/products', betweenRoundsSeconds).filter(
    ({ own, common }) => (own['http.response.status_code'] ?? common['http.response.status_code']) === 200,
  )
  expect(await valueOf(`sum(rate(http_server_request_duration_seconds_count${steady}[2m]))`)).toEqual(
    near(late.length / betweenRoundsSeconds),
  )
})

test('a quantile is that of the spans, in buckets of either kind', async () => {
  const bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
  const bucket = `sum by (le) (http_server_request_duration_seconds_bucket${charges})`
  const p99 = quantile(0.99, bounds, charged().map(secondsOf))
  expect(p99).toBeGreaterThan(2.5)
  expect(await valueOf(`histogram_quantile(0.99, ${bucket})`)).toEqual(near(p99))

  const reserved = serverSpans('inventory-service', 'rpc.method', 'Inventory/Reserve').map(secondsOf)
  const reserve = 'sum(rpc_server_call_duration_seconds{rpc_method="Inventory/Reserve"})'
  expect(await valueOf(`histogram_count(${reserve})`)).toBe(reserved.length)
  const median = reserved.toSorted((one, other) => one - other)[Math.ceil(reserved.length / 2) - 1]
  const ratio = (await valueOf(`histogram_quantile(0.5, ${reserve})`)) / median
  expect(Math.abs(Math.log2(ratio))).toBeLessThan(1 / 8)
})

test('an exemplar names a span, when it ended and how long it took, in the bucket it was counted in', () => {
  const spans = new Map(charged().map((span) => [spanIdText(span), span]))
  const found = store.exemplars(
    `histogram_quantile(0.99, rate(http_server_request_duration_seconds_bucket${charges}[5m]))`,
    window,
  )
  expect(found.length).toBeGreaterThan(10)
  for (const { labels, exemplars } of found)
    for (const { labels: ids, value, time } of exemplars) {
      const span = spans.get(ids.span_id)
      if (span === undefined) throw new Error(`there is no span ${ids.span_id}`)
      expect(ids.trace_id).toBe(traceIdText(span.trace))
      expect([value, span.instance.name]).toEqual([secondsOf(span), labels.instance])
      expect(time).toBe((endMs - run.lengthNs / 1e6 + Math.floor(span.endNs / 1e6)) / 1000)
      expect(value).toBeLessThanOrEqual(labels.le === '+Inf' ? Infinity : Number(labels.le))
    }
  const afterEndMs = endMs + 1
  expect(store.exemplars('{__name__=~".+"}', { startMs: afterEndMs, endMs: afterEndMs })).toEqual([])
})

test('names, labels and values are those a Prometheus would have', () => {
  const names = store.labelValues('__name__', '', window)
  expect(names).toEqual(
    expect.arrayContaining([
      'db_client_connection_count',
      'db_client_connection_timeouts_total',
      'http_server_active_requests',
      'http_server_request_duration_seconds_bucket',
      'process_cpu_time_seconds_total',
      'process_memory_usage_bytes',
      'rpc_server_call_duration_seconds',
      'target_info',
    ]),
  )
  // Every series belongs to a metric that is described.
  const described = new Set(store.metadata(undefined).map(({ name }) => name))
  expect(
    names.filter((name) => !described.has(name.replace(/_(bucket|sum|count)$/, '')) && !described.has(name)),
  ).toEqual([])
  expect(store.metadata('process_memory_usage_bytes')).toEqual([
    { name: 'process_memory_usage_bytes', type: 'gauge', help: 'Memory in use.', unit: 'bytes' },
  ])
  expect(store.labels(`http_server_request_duration_seconds_count${charges}`, window)).toEqual([
    '__name__',
    'error_type',
    'http_request_method',
    'http_response_status_code',
    'http_route',
    'instance',
    'job',
  ])
  expect(store.labelValues('http_route', '{job="payment-service"}', window)).toEqual(['/payments/charge'])
  const targets = store.series('target_info{job="payment-service"}', window)
  expect(targets.map(({ instance }) => instance).sort()).toEqual(
    run.instances
      .filter(({ service }) => service.name === 'payment-service')
      .map(({ name }) => name)
      .sort(),
  )
  expect(targets).toContainEqual(
    expect.objectContaining({ service_version: '2.14.0', k8s_namespace_name: 'shop' }),
  )
  expect(store.series('target_info', { startMs: 0, endMs: window.startMs })).toEqual([])
})

test('where only a selector may stand, anything else is refused at its place', () => {
  expect(() => store.labels('(rate(up[5m]))', window)).toThrow(
    expect.objectContaining({ kind: 'type', from: 1, to: 13 }) as PromqlError,
  )
})

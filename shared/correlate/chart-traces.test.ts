import { expect, test } from 'vitest'
import { noUnit, unitOfQuery } from '#shared/metrics/unit'
import { parsePromql } from '#shared/query/promql/parse'
import { type ChartMeaning, meaningOfLogql, meaningOfPromql, tracesAt } from './chart-traces'

const meaningOf = (query: string, isHeatmap = false): ChartMeaning => {
  const { expression } = parsePromql(query)
  const measured = { kind: 'seconds', scale: 1, perSecond: false } as const
  return meaningOfPromql(
    expression,
    isHeatmap ? measured : unitOfQuery(expression, () => undefined),
    isHeatmap,
  )
}

const minute = 60_000

test.each<[string, Partial<ChartMeaning>, boolean?]>([
  [
    'histogram_quantile(0.99, sum by (job, le) (rate(http_server_request_duration_seconds_bucket{job="shop/a"}[5m])))',
    {
      service: 'a',
      seconds: 1,
      isErrors: false,
      reachMs: 5 * minute,
      histogram: 'http_server_request_duration_seconds_bucket',
    },
  ],
  ['histogram_quantile(0.5, rate(http_server_duration_milliseconds_bucket[1m]))', { seconds: 1e-3 }],
  ['histogram_quantile(0.5, rate(traces_spanmetrics_latency_bucket[1m]))', { seconds: 1 }],
  ['histogram_quantile(0.5, rate(latency_bucket[1m]))', { seconds: 1e-3 }],
  ['histogram_quantile(0.5, rate(response_size_bytes_bucket[1m]))', { seconds: undefined }],
  ['sum by (le) (rate(x_bucket{app="b"}[2m]))', { seconds: 1, service: 'b', histogram: undefined }, true],
  ['sum(rate(a_seconds_sum[1m])) / sum(rate(a_seconds_count[1m]))', { seconds: 1, histogram: undefined }],
  ['process_start_time_seconds{job="a"}', { seconds: undefined, reachMs: 0, service: 'a' }],
  ['rate(process_cpu_seconds_total[5m])', { seconds: undefined }],
  [
    'sum(rate(x_count{http_response_status_code=~"5.."}[5m] offset 1h))',
    { isErrors: true, offsetMs: 60 * minute },
  ],
  ['rate(x_count{status_code="STATUS_CODE_ERROR"}[5m]) / rate(x_count[5m])', { isErrors: true }],
  ['rate(x_count{rpc_grpc_status_code!~"|0|OK"}[5m])', { isErrors: true }],
  ['rate(x_count{error_type!=""}[5m])', { isErrors: true }],
  ['rate(traces_service_graph_request_failed_total{server="db"}[5m])', { isErrors: true, service: 'db' }],
  ['rate(x_count{status_code!~"5.."}[5m])', { isErrors: false }],
  ['rate(x_count{http_response_status_code="200"}[5m])', { isErrors: false }],
  ['rate({__name__="http_server_request_duration_seconds_count"}[1m])', { kind: 'server' }],
  ['rate(http_server_duration_milliseconds_count[1m])', { kind: 'server' }],
  ['rate(messaging_process_duration_seconds_bucket[1m])', { kind: 'consumer' }],
  ['rate(http_client_request_duration_seconds_bucket[1m])', { kind: 'client' }],
  ['rate(db_client_operation_duration_seconds_bucket[1m])', { kind: 'client' }],
  ['rate(rpc_client_call_duration_seconds_bucket[1m])', { kind: 'client' }],
  ['rate(traces_span_metrics_duration_milliseconds_bucket[1m])', { kind: undefined }],
  ['rate(traces_spanmetrics_latency_bucket{span_kind="SPAN_KIND_CLIENT"}[1m])', { kind: 'client' }],
  [
    'rate(traces_spanmetrics_latency_bucket{span_kind=~"SPAN_KIND_CONSUMER|SPAN_KIND_SERVER"}[1m])',
    { kind: 'server' },
  ],
  [
    'rate(http_server_request_duration_seconds_count[1m]) + rate(http_client_request_duration_seconds_count[1m])',
    { kind: undefined },
  ],
  ['process_cpu_seconds_total', { kind: undefined }],
  ['max_over_time(rate(x[1m])[30m:1m])', { reachMs: 30 * minute }],
])('%s means %j', (query, meaning, isHeatmap) => {
  expect(meaningOf(query, isHeatmap)).toMatchObject(meaning)
})

test.each<[string, Partial<ChartMeaning>]>([
  [
    'sum by (level) (count_over_time({service_name="a", level="error"}[1m]))',
    { service: 'a', isErrors: true, reachMs: minute },
  ],
  ['rate({app="b"} |= "x" [5m])', { service: 'b', isErrors: false, reachMs: 5 * minute }],
  ['sum(rate({namespace="c"} [5m]))', { service: undefined }],
])('lines counted by %s mean %j', (query, meaning) => {
  expect(meaningOfLogql(query)).toMatchObject(meaning)
})

test('a query that cannot be read means nothing but its time', () => {
  expect(meaningOfPromql(undefined, noUnit, false)).toMatchObject({ service: undefined, reachMs: 0 })
})

const at = 1_700_000_000_000
const place = { startMs: at, endMs: at, least: undefined, labels: {} }
const p99 = meaningOf(
  'histogram_quantile(0.99, sum by (service_name, le) (rate(x_request_duration_seconds_bucket{job="j"}[5m])))',
)

test.each([
  [
    'a point of a quantile: at least its bucket',
    p99,
    { least: 4.9 },
    [0.5, 2.5, 5],
    { minDurationNs: 2.5e9 },
  ],
  ['a quantile without known buckets: its value', p99, { least: 0.25 }, [], { minDurationNs: 0.25e9 }],
  ['a point in the lowest bucket: all', p99, { least: 0.2 }, [0.5, 2.5], { minDurationNs: undefined }],
  ['labels of its series come first', p99, { labels: { service_name: 'b' } }, [], { service: 'b' }],
  [
    'the answering end of a call in a service graph',
    meaningOf('traces_service_graph_request_total'),
    { labels: { client: 'a', server: 'b', job: 'tempo' } },
    [],
    { service: 'b' },
  ],
  ['then what the query says', p99, {}, [], { service: 'j' }],
  ['failures', meaningOf('x_errors_total'), {}, [], { errorsOnly: true, service: '' }],
  ['requests', p99, {}, [], { kind: 'server', maxDurationNs: undefined }],
  [
    'a series of span metrics',
    meaningOf('rate(calls_total[1m])'),
    { labels: { span_kind: 'SPAN_KIND_CONSUMER' } },
    [],
    { kind: 'consumer' },
  ],
  [
    'a rectangle that is bounded above',
    meaningOf('sum by (le) (rate(http_server_request_duration_seconds_bucket[1m]))', true),
    { least: 0.5, most: 1 },
    [],
    { minDurationNs: 0.5e9, maxDurationNs: 1e9, kind: 'server' },
  ],
  ['no durations', meaningOf('up{job="j"}'), { least: 1 }, [], { minDurationNs: undefined }],
])('traces behind %s', (_name, meaning, change, bounds, expected) => {
  expect(tracesAt(meaning, { ...place, ...change }, 10_000, bounds)).toMatchObject(expected)
})

test('the window is what a point tells of: its range before it and a step after, a minute for the scrape; offset goes back', () => {
  expect(tracesAt(p99, { ...place, endMs: at + minute }, 10_000, [])).toMatchObject({
    startMs: at - 6 * minute,
    endMs: at + minute + 10_000,
  })
  const [before] = [meaningOf('up{job="j"} offset 1h')]
  expect(tracesAt(before, place, 10_000, [])).toMatchObject({
    startMs: at - 61 * minute - 10_000,
    endMs: at - 60 * minute + 10_000,
  })
})

test('what a person said that names services, and what they are called, wins', () => {
  const { expression } = parsePromql('x{team="t", job="j"}')
  const meaning = meaningOfPromql(expression, noUnit, false, {
    service: 'team',
    names: { 'order-service': 't' },
  })
  expect(tracesAt(meaning, place, 1_000, []).service).toBe('order-service')
  expect(tracesAt(meaning, { ...place, labels: { team: 'u', job: 'j' } }, 1_000, []).service).toBe('u')
})

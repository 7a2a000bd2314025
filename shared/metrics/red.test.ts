import { describe, expect, test } from 'vitest'
import { parsePromql } from '#shared/query/promql/parse'
import {
  namingLabels,
  allOf,
  asLabelled,
  countQuery,
  errorQuery,
  heatmapQuery,
  instanceLabelOf,
  instanceLabels,
  labelQuery,
  oneOf,
  operationName,
  quantileQuery,
  rateQuery,
  type RedFamily,
  redFamilies,
  secondsIn,
  serviceLabelOf,
  serviceName,
  tellsFailures,
  worsening,
} from './red'

const family = (name: string): RedFamily => redFamilies([name])[0]
const stable = family('http_server_request_duration_seconds_bucket')
const graph = family('traces_service_graph_request_server_seconds_bucket')
const native = family('rpc_server_duration_seconds')

test('histograms that tell how services do are found by their names, the most telling first', () => {
  const found = redFamilies([
    'up',
    'go_gc_duration_seconds_count',
    'traces_spanmetrics_latency_bucket',
    'grpc_request_duration_seconds_bucket',
    // What a service asks of others says nothing of how it answers.
    'http_client_request_duration_seconds_bucket',
    'traces_service_graph_request_server_seconds_bucket',
    'latency_bucket',
    'http_server_duration_milliseconds_bucket',
    'http_server_request_duration_seconds_bucket',
    'http_server_request_duration_seconds_count',
    'rpc_server_call_duration_seconds',
    'duration_milliseconds_bucket',
  ])
  expect(found.map(({ metric, isNative }) => `${metric}${isNative ? ' (native)' : ''}`)).toEqual([
    'http_server_request_duration_seconds',
    'http_server_duration_milliseconds',
    'rpc_server_call_duration_seconds (native)',
    'traces_spanmetrics_latency',
    'latency',
    'duration_milliseconds',
    'traces_service_graph_request_server_seconds',
    'grpc_request_duration_seconds',
  ])
})

describe('what is asked', () => {
  const spans = family('traces_spanmetrics_latency_bucket')
  const plain = family('x_request_duration_seconds_bucket')
  const last = { range: '5m' }
  const before = { range: '5m', before: '1h' }

  test('sums before it takes a quantile', () => {
    expect(quantileQuery(stable, 'job', 0.99, before)).toBe(
      'histogram_quantile(0.99, sum by (job, le) (rate(http_server_request_duration_seconds_bucket[5m] offset 1h)))',
    )
    expect(quantileQuery(native, 'job', 0.5, last)).toBe(
      'histogram_quantile(0.5, sum by (job) (rate(rpc_server_duration_seconds[5m])))',
    )
  })

  test('counts what was served, and of that what failed', () => {
    expect(errorQuery(spans, 'service', last)).toBe(
      'sum by (service) (rate(traces_spanmetrics_latency_count{span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER", status_code="STATUS_CODE_ERROR"}[5m]))',
    )
    expect(errorQuery(plain, 'job', last)).toBeUndefined()
  })

  test.each([stable, native, spans, plain])('is PromQL ($metric)', (family) => {
    const queries = [
      labelQuery(family),
      labelQuery(family, '1h'),
      rateQuery(family, 'job', before),
      quantileQuery(family, 'job', 0.9, last),
      heatmapQuery(family, oneOf('job', 'the "old" one'), '1m'),
      countQuery(family, instanceLabels, oneOf('job', 'a')),
      quantileQuery(family, family.operation.join(', '), 0.9, last, oneOf('job', 'a')),
    ]
    expect(queries.map((query) => parsePromql(query).type)).toEqual(queries.map(() => 'vector'))
  })
})

test('a histogram tells by the labels that it has', () => {
  expect(labelQuery(graph)).toBe('count by (server) (traces_service_graph_request_server_seconds_count)')
  expect(labelQuery(family('http_server_duration_bucket'), '1h')).toBe(
    'count by (service_name, service, job, app, has_http_status_code, has_http_method, has_http_route) (' +
      'label_replace(label_replace(label_replace(last_over_time(http_server_duration_count[1h]), ' +
      '"has_http_status_code", "yes", "http_status_code", ".+"), ' +
      '"has_http_method", "yes", "http_method", ".+"), "has_http_route", "yes", "http_route", ".+"))',
  )
  const method = { has_http_request_method: 'yes' }
  const all = { ...method, has_http_route: 'yes', has_http_response_status_code: 'yes' }
  // What no route fits is counted without one.
  expect(asLabelled(stable, [method, all])).toEqual(stable)
  const poor = asLabelled(stable, [method])
  expect([poor.operation, poor.failed]).toEqual([['http_request_method'], undefined])
  expect([tellsFailures(poor), errorQuery(poor, 'job', { range: '5m' })]).toEqual([false, undefined])
  // A service that was named by hand may be in none of its groups.
  expect(asLabelled(stable, [])).toBe(stable)
})

test('the label that every series has names the service', () => {
  expect(serviceLabelOf(stable, [{ service: 'a', job: 'x' }, { job: 'y' }])).toBe('job')
  expect(serviceLabelOf(stable, [{ service_name: 'a', job: 'x' }])).toBe('service_name')
  expect(serviceLabelOf(stable, [{ pod: 'a' }])).toBeUndefined()
  expect(serviceLabelOf(stable, [])).toBeUndefined()
  expect(serviceLabelOf(graph, [{ server: 'postgres', job: 'tempo' }])).toBe('server')
  expect(serviceName('shop/order-service')).toBe('order-service')
})

test('series that were labelled by several hands are told apart by the best label of each', () => {
  expect(namingLabels(stable, [{ service: 'a', job: 'x' }, { job: 'y' }])).toEqual([
    { label: 'job', matcher: '' },
  ])
  expect(namingLabels(stable, [{ service_name: 'a' }, { app: 'c' }, { app: 'c', job: 'b' }])).toEqual([
    { label: 'service_name', matcher: 'service_name!=""' },
    { label: 'job', matcher: 'service_name="", service="", job!=""' },
    { label: 'app', matcher: 'service_name="", service="", job="", app!=""' },
  ])
})

test.each([
  [stable, { http_request_method: 'GET', http_route: '/orders/{id}' }, 'GET /orders/{id}'],
  // What was not found has no route.
  [stable, { http_request_method: 'GET' }, 'GET'],
  [native, { rpc_service: 'shop.Cart', rpc_method: 'Add' }, 'shop.Cart/Add'],
  [native, { rpc_service: 'shop.Cart', rpc_method: 'shop.Cart/Add' }, 'shop.Cart/Add'],
  [
    family('messaging_process_duration_seconds'),
    { messaging_operation_name: 'process', messaging_destination_name: 'orders' },
    'process orders',
  ],
  [family('traces_spanmetrics_latency_bucket'), { span_name: 'GET /orders' }, 'GET /orders'],
  [family('latency_bucket'), { operation: 'HTTP GET' }, 'HTTP GET'],
  [family('x_request_duration_seconds_bucket'), { method: 'GET', handler: '/' }, 'GET /'],
  [graph, { client: 'web' }, ''],
])('an operation is called as its spans are (%#: %j)', (of, labels, name) => {
  expect(operationName(of, labels)).toBe(name)
})

test('instances are told apart by the most telling label that all have', () => {
  expect(instanceLabelOf([{ instance: 'a:80', pod: 'a' }, { instance: 'b:80' }])).toBe('instance')
  expect(instanceLabelOf([{ instance: 'a:80', pod: 'a' }])).toBe('pod')
  expect(instanceLabelOf([{}])).toBeUndefined()
  expect(allOf(['method', 'route'], { method: 'GET' })).toBe('method="GET", route=""')
})

test('durations are in the unit of their name; old collectors wrote milliseconds and did not say so', () => {
  expect(
    ['latency_bucket', 'traces_spanmetrics_latency_bucket', 'duration_milliseconds_bucket'].map((name) =>
      secondsIn(family(name)),
    ),
  ).toEqual([1e-3, 1, 1e-3])
})

test('what fails in a service graph is a counter of its own', () => {
  expect(errorQuery(graph, 'server', { range: '5m' }, oneOf('server', 'postgres'))).toBe(
    'sum by (server) (rate(traces_service_graph_request_failed_total{server="postgres"}[5m]))',
  )
})

test('more failures and a longer p99 are worse', () => {
  const figures = {
    rate: 1,
    rateBefore: 1,
    errors: 0,
    errorsBefore: 0,
    p50: 0.1,
    p95: 0.2,
    p99: 0.3,
    p99Before: 0.3,
  }
  expect(worsening(figures)).toBe(0)
  expect(worsening({ ...figures, p99: 1.2 })).toBe(2)
  expect(worsening({ ...figures, errors: 0.4 })).toBe(4)
  expect(worsening({ ...figures, p99: undefined, errors: undefined })).toBe(0)
  // One that fell silent is told before one of whose requests half fail; one that never was asked is not.
  expect(worsening({ ...figures, rate: undefined })).toBeGreaterThan(worsening({ ...figures, errors: 0.5 }))
  expect(worsening({ ...figures, rate: undefined, rateBefore: undefined })).toBe(0)
})

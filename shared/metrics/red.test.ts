import { describe, expect, test } from 'vitest'
import { parsePromql } from '#shared/query/promql/parse'
import {
  errorQuery,
  heatmapQuery,
  labelQuery,
  quantileQuery,
  rateQuery,
  type RedFamily,
  redFamilies,
  serviceLabelOf,
  serviceName,
  worsening,
} from './red'

const family = (name: string): RedFamily => redFamilies([name])[0]
const stable = family('http_server_request_duration_seconds_bucket')
const native = family('rpc_server_duration_seconds')

test('histograms that tell how services do are found by their names, the most telling first', () => {
  const found = redFamilies([
    'up',
    'go_gc_duration_seconds_count',
    'traces_spanmetrics_latency_bucket',
    'grpc_request_duration_seconds_bucket',
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
    'duration_milliseconds',
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
      'sum by (service) (rate(traces_spanmetrics_latency_count{span_kind="SPAN_KIND_SERVER", status_code="STATUS_CODE_ERROR"}[5m]))',
    )
    expect(errorQuery(plain, 'job', last)).toBeUndefined()
  })

  test.each([stable, native, spans, plain])('is PromQL ($metric)', (family) => {
    const queries = [
      labelQuery(family),
      rateQuery(family, 'job', before),
      quantileQuery(family, 'job', 0.9, last),
      heatmapQuery(family, 'job', 'the "old" one', '1m'),
    ]
    expect(queries.map((query) => parsePromql(query).type)).toEqual(queries.map(() => 'vector'))
  })
})

test('the label that every series has names the service', () => {
  expect(serviceLabelOf([{ service: 'a', job: 'x' }, { job: 'y' }])).toBe('job')
  expect(serviceLabelOf([{ service_name: 'a', job: 'x' }])).toBe('service_name')
  expect(serviceLabelOf([{ pod: 'a' }])).toBeUndefined()
  expect(serviceLabelOf([])).toBeUndefined()
  expect(serviceName('shop/order-service')).toBe('order-service')
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
})

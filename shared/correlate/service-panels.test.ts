import { expect, test } from 'vitest'
import { redFamilies } from '#shared/metrics/red'
import { parsePromql } from '#shared/query/promql/parse'
import { measureOf, serviceOfExpression, serviceOfLabels, servicePanels } from './service-panels'
import { aroundPlace, subjectOfAlert, tracesLikeSpan, tracesOfRegion } from './trace-questions'

const at = 1_700_000_000_000
const [http] = redFamilies(['http_server_request_duration_seconds_bucket'])
const [spans] = redFamilies(['traces_spanmetrics_latency_bucket'])

test('a service is found under the job or the label that corresponds to it', () => {
  const groups = [{ job: 'shop/payment-service' }, { job: 'shop/order-service' }]
  expect(measureOf('payment-service', http, groups)).toMatchObject({
    label: 'job',
    value: 'shop/payment-service',
  })
  expect(measureOf('cart-service', http, groups)).toBeUndefined()
  expect(measureOf('payment-service', http, [])).toBeUndefined()
})

test('its panels are durations, p99, rate and errors of it alone', () => {
  const panels = servicePanels({ family: spans, label: 'service', value: 'payment-service' })
  expect(panels).toEqual([
    'sum by (le) (rate(traces_spanmetrics_latency_bucket{span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER", service="payment-service"}[5m]))',
    'histogram_quantile(0.99, sum by (service, le) (rate(traces_spanmetrics_latency_bucket{span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER", service="payment-service"}[5m])))',
    'sum by (service) (rate(traces_spanmetrics_latency_count{span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER", service="payment-service"}[5m]))',
    'sum by (service) (rate(traces_spanmetrics_latency_count{span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER", status_code="STATUS_CODE_ERROR", service="payment-service"}[5m]))',
  ])
  for (const query of panels) expect(() => parsePromql(query)).not.toThrow()
  const [plain] = redFamilies(['x_request_duration_seconds_bucket'])
  expect(servicePanels({ family: plain, label: 'job', value: 'x' }).length).toBe(3)
  expect(servicePanels({ family: http, label: 'job', value: 'x' }, 'http_route="/"')[0]).toBe(
    'sum by (le) (rate(http_server_request_duration_seconds_bucket{job="x", http_route="/"}[5m]))',
  )
})

test.each([
  [{ service_name: 'a', job: 'x/b' }, 'a'],
  [{ job: 'x/b' }, 'b'],
  [{ le: '5' }, undefined],
])('labels %j name the service %s', (labels, service) => {
  expect(serviceOfLabels(labels)).toBe(service)
})

test.each([
  ['rate(x_bucket{job="shop/order-service"}[5m]) / rate(y{job="shop/order-service"}[5m])', 'order-service'],
  ['x{service=~"a|b"}', undefined],
  ['x{service="a"} / x{service="b"}', undefined],
  ['sum by (le) (x{app="a"})', 'a'],
])('%s asks about the service %s', (query, service) => {
  expect(serviceOfExpression(parsePromql(query).expression)).toBe(service)
})

test('a region of a chart, a span and an alert lead to traces', () => {
  const window = { startMs: at, endMs: at + 60_000 }
  expect(tracesOfRegion('order-service', { ...window, leastSeconds: 0.5, isErrors: false })).toEqual({
    service: 'order-service',
    operation: '',
    minDurationNs: 500_000_000,
    maxDurationNs: undefined,
    kind: undefined,
    errorsOnly: false,
    startMs: at - 60_000,
    endMs: at + 60_000,
  })
  expect(
    tracesOfRegion('order-service', { ...window, leastSeconds: undefined, isErrors: true }),
  ).toMatchObject({
    minDurationNs: undefined,
    errorsOnly: true,
  })
  expect(tracesLikeSpan({ service: 'a', operation: 'GET /', ...window })).toMatchObject({
    service: 'a',
    operation: 'GET /',
    startMs: at - 600_000,
    endMs: at + 660_000,
  })
  expect(subjectOfAlert({ job: 'shop/order-service' }, at, at + 1, 'another')).toEqual({
    service: 'order-service',
    startMs: at - 300_000,
    endMs: at + 1,
  })
  expect(subjectOfAlert({ severity: 'page' }, at, at, 'order-service')?.service).toBe('order-service')
  expect(subjectOfAlert({ severity: 'page' }, at, at, undefined)).toBeUndefined()
  expect(aroundPlace(window)).toEqual({ startMs: at - 300_000, endMs: at + 360_000 })
})

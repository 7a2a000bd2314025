import { expect, test } from 'vitest'
import type { MetricSeries } from '#shared/api/metrics'
import {
  answeredOf,
  callsOfServiceGraph,
  serviceGraphIn,
  serviceGraphQueries,
} from '#shared/map/service-graph'

const series = (labels: Record<string, string>, value: number | 'NaN'): MetricSeries => ({
  labels,
  times: [0],
  values: [value],
  histograms: [],
})

const pair = (client: string, server: string, connection_type = '') => ({ client, server, connection_type })

test.each([
  [
    'Tempo',
    ['traces_service_graph_request_total', 'traces_service_graph_request_client_seconds_bucket'],
    'client_seconds',
    false,
  ],
  [
    'native histograms',
    ['traces_service_graph_request_total', 'traces_service_graph_request_server_seconds'],
    'server_seconds',
    true,
  ],
  [
    'an old Collector',
    ['traces_service_graph_request_total', 'traces_service_graph_request_client_bucket'],
    'client',
    false,
  ],
] as const)('the service graph of %s is known', (_, metrics, side, isNative) => {
  expect(serviceGraphIn(metrics)).toMatchObject({
    duration: `traces_service_graph_request_${side}`,
    isNative,
  })
})

test('without its counter there is none', () => {
  expect(serviceGraphIn(['traces_spanmetrics_latency_bucket'])).toBeUndefined()
})

test('buckets are summed before a quantile is taken', () => {
  const names = serviceGraphIn([
    'traces_service_graph_request_total',
    'traces_service_graph_request_client_seconds_bucket',
  ])
  if (!names) throw new Error('no graph')
  const { rate, quantiles, answered } = serviceGraphQueries(names, '300s')
  expect(rate).toBe(
    'sum by (client, server, connection_type) (rate(traces_service_graph_request_total[300s]))',
  )
  expect(quantiles[1]).toBe(
    'histogram_quantile(0.95, sum by (client, server, le) (rate(traces_service_graph_request_client_seconds_bucket[300s])))',
  )
  expect(answered[2]).toContain('sum by (server, le)')
})

test('answers become calls: kinds, shares, and nothing of pairs that rest', () => {
  const calls = callsOfServiceGraph({
    rate: [
      series(pair('user', 'gateway', 'virtual_node'), 2),
      series(pair('order', 'payments', 'database'), 4),
      series(pair('order', 'idle'), 0),
      series(pair('order', ''), 1),
      series(pair('order', 'broken'), 'NaN'),
    ],
    failed: [series(pair('order', 'payments'), 1)],
    quantiles: [[], [series(pair('order', 'payments'), 2.5)], [series(pair('order', 'payments'), 'NaN')]],
  })
  expect(calls).toHaveLength(2)
  expect(calls[0]).toMatchObject({ parentKind: 'outside', childKind: 'service', figures: { errors: 0 } })
  expect(calls[1]).toMatchObject({
    childKind: 'database',
    figures: { rate: 4, errors: 0.25, p50: undefined, p95: 2.5, p99: undefined },
  })
  const answered = answeredOf(calls, [[], [series({ server: 'payments' }, 3)], []])
  expect(answered.get('payments')).toMatchObject({ rate: 4, p95: 3, p99: undefined })
})

test('a pair of several connection types is one call, and no share of it fails more than it is called', () => {
  const calls = callsOfServiceGraph({
    rate: [
      series(pair('order', 'pay', 'virtual_node'), 1),
      series(pair('order', 'pay'), 3),
      series(pair('order', 'cache', 'database'), 2),
      series(pair('order', 'bank', 'virtual_node'), 1),
      series(pair('order', 'mail', 'messaging_system'), 1),
    ],
    failed: [series(pair('order', 'pay'), 2), series(pair('order', 'cache'), 2.1)],
    quantiles: [[], [], []],
  })
  expect(
    calls.map(({ child, childKind, figures: { rate, errors } }) => [child, childKind, rate, errors]),
  ).toEqual([
    ['pay', 'service', 4, 0.5],
    ['cache', 'database', 2, 1],
    ['bank', 'outside', 1, 0],
    ['mail', 'service', 1, 0],
  ])
})

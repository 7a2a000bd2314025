import { expect, test } from 'vitest'
import { rawSelectionsOf } from './raw-series'
import { overviewMetrics } from './overview-series'
import { errorQuery, familiesAmong, quantileQuery, rateQuery } from '#shared/metrics/red'
import { extremeUseQuery, limitsQuery, resourcesAmong, troubleQuery } from '#shared/metrics/saturation'

const names = [
  'up',
  'http_server_request_duration_seconds_bucket',
  'http_server_request_duration_seconds_count',
  'traces_service_graph_request_server_seconds_bucket',
  'traces_service_graph_request_server_seconds_count',
  'traces_service_graph_request_failed_total',
  'till_latency_bucket',
  'till_latency_count',
  'db_client_connection_count',
  'db_client_connection_max',
  'process_cpu_time_seconds_total',
  'k8s_container_cpu_limit',
  'jvm_memory_used_bytes',
  'jvm_memory_limit_bytes',
  'process_open_fds',
  'process_max_fds',
  'orders_total',
  'node_build_info',
]

test('all that the overview and the page of a service ask is asked of these metrics, and nothing else is among them', () => {
  const window = { range: '5m' }
  const queries = [
    ...familiesAmong(names, ['till_latency']).flatMap((family) => [
      rateQuery(family, 'job', window),
      errorQuery(family, 'job', window),
      quantileQuery(family, 'job', 0.99, window),
    ]),
    ...resourcesAmong(names).flatMap((resource) => [
      extremeUseQuery(resource, 'max', '5m', '1m'),
      troubleQuery(resource, '1m'),
      limitsQuery(resource),
    ]),
    'node_build_info',
  ]
  const asked = queries
    .flatMap((query) => (query === undefined ? [] : (rawSelectionsOf(query) ?? [])))
    .map(({ selector }) => selector.replace(/\{.*/, ''))
  expect(overviewMetrics(names, ['till_latency']).toSorted()).toEqual([...new Set(asked)].toSorted())
})

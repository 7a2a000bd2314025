import { expect, test } from 'vitest'
import { labelName, type OtlpKind, prometheusName } from './otlp-names.ts'

test.each<[name: string, unit: string, kind: OtlpKind, wanted: string]>([
  ['http.server.request.duration', 's', 'histogram', 'http_server_request_duration_seconds'],
  ['http.server.active_requests', '{request}', 'gauge', 'http_server_active_requests'],
  ['jvm.memory.used', 'By', 'gauge', 'jvm_memory_used_bytes'],
  ['system.cpu.utilization', '1', 'gauge', 'system_cpu_utilization_ratio'],
  ['network.io', 'By/s', 'gauge', 'network_io_bytes_per_second'],
  ['requests', '{request}/s', 'gauge', 'requests_per_second'],
  ['orders.total', '1', 'counter', 'orders_total'],
  ['db.client.connection.timeouts', '{timeout}', 'counter', 'db_client_connection_timeouts_total'],
  ['duration_seconds', 's', 'histogram', 'duration_seconds'],
  ['5xx', '', 'counter', '_5xx_total'],
])('%s in %s as a %s is %s', (name, unit, kind, wanted) => {
  expect(prometheusName(name, unit, kind)).toBe(wanted)
})

test('attributes become labels', () => {
  expect(['http.route', '2nd', 'a-b'].map(labelName)).toEqual(['http_route', 'key_2nd', 'a_b'])
})

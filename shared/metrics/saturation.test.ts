import { expect, test } from 'vitest'
import { parsePromql } from '#shared/query/promql/parse'
import {
  extremeUseQuery,
  itemLabels,
  itemOf,
  limitQuery,
  ownersQuery,
  type Resource,
  resourceQuery,
  resourcesAmong,
  troubleQuery,
  usedQuery,
} from './saturation'

const names = [
  'up',
  'go_goroutines',
  'container_cpu_usage_seconds_total',
  'jvm_memory_used_bytes',
  'kafka_consumer_records_lag',
  'hikaricp_connections_active',
  'db_client_connection_pending_requests',
  'db_client_connection_count',
  'process_cpu_time_seconds_total',
  'nodejs_eventloop_delay_p99_seconds',
]

test('pools, queues, runtimes and containers are found by the names of their metrics, pools first', () => {
  expect(resourcesAmong(names).map(({ group, metric }) => `${group} ${metric}`)).toEqual([
    'pool db_client_connection_count',
    'pool hikaricp_connections_active',
    'pool db_client_connection_pending_requests',
    'queue kafka_consumer_records_lag',
    'runtime process_cpu_time_seconds_total',
    'runtime jvm_memory_used_bytes',
    'runtime go_goroutines',
    'runtime nodejs_eventloop_delay_p99_seconds',
    'container container_cpu_usage_seconds_total',
  ])
})

test('what is asked is PromQL, of one pool of one service', () => {
  const [used, , , , cpu] = resourcesAmong(names)
  expect(resourceQuery(used, { job: 'pay "x"', pool_name: 'db', queue: '' }, '1m')).toBe(
    String.raw`db_client_connection_count{db_client_connection_state="used", job="pay \"x\"", pool_name="db"}`,
  )
  expect(resourceQuery(cpu, { job: 'pay' }, '1m')).toBe('rate(process_cpu_time_seconds_total{job="pay"}[1m])')
  for (const one of resourcesAmong(names)) {
    expect(parsePromql(troubleQuery(one, '1m')).type).toBe('vector')
    expect(parsePromql(usedQuery(one, { job: 'a' }, '1m')).type).toBe('vector')
    expect(parsePromql(ownersQuery(one)).type).toBe('vector')
  }
})

test('how much there is of something is asked with the same labels, where a metric tells', () => {
  const [used, , , , , heap] = resourcesAmong([
    ...names,
    'db_client_connection_max',
    'jvm_memory_limit_bytes',
  ])
  const each = 'sum by (service_instance_id, k8s_pod_name, pod, instance, host_name)'
  expect(limitQuery(used, { job: 'a', pool_name: 'b' })).toBe(
    `min(${each} (db_client_connection_max{job="a", pool_name="b"} > 0))`,
  )
  expect(limitQuery(heap, { job: 'a' })).toBe(
    `min(${each} (jvm_memory_limit_bytes{jvm_memory_type!="non_heap", area!="nonheap", job="a"} > 0))`,
  )
  expect(limitQuery(resourcesAmong(names)[0], { job: 'a' })).toBeUndefined()
})

const usedOf = (resource: Resource) => extremeUseQuery(resource, 'max', '5m', '15s').split('_over_time(')[1]

test('of what consumers share all of it waits, of connections the fullest instance tells', () => {
  const [pool, , , lag] = resourcesAmong(names)
  expect(usedOf(pool)).toMatch(/^sum by \(.*instance.*\) \(db_client/)
  expect(usedOf(lag)).toBe(
    `sum by (${[...lag.owners, ...itemLabels].join(', ')}) (kafka_consumer_records_lag{})[5m:15s]))`,
  )
})

test('a pool is called by whichever label names it', () => {
  expect(itemOf({ job: 'a', pool: 'main' })).toBe('main')
  expect(itemOf({ job: 'a', pool: '', topic: 'orders' })).toBe('orders')
  expect(itemOf({ job: 'a' })).toBe('')
})

import { expect, test } from 'vitest'
import type { Labels } from '#shared/api/logs'
import { resourcesAmong } from '#shared/metrics/saturation'
import { ownersAmong } from './service-resources'

const [pool, lag, cpu] = resourcesAmong([
  'db_client_connection_count',
  'kafka_consumergroup_lag',
  'container_cpu_usage_seconds_total',
])

test('a pool belongs to the service of its series, each by its name, and once', () => {
  const groups: readonly Labels[] = [
    { job: 'shop/payment-service', pool_name: 'main' },
    { job: 'shop/payment-service', pool_name: 'main', app: 'x' },
    { job: 'shop/payment-service', pool_name: 'audit' },
    { job: 'shop/order-service', pool_name: 'main' },
  ]
  expect(ownersAmong(pool, groups)('payment-service')).toEqual([
    { job: 'shop/payment-service', pool_name: 'main' },
    { job: 'shop/payment-service', pool_name: 'audit' },
  ])
  expect(ownersAmong(pool, groups)('cart-service')).toEqual([])
})

test('what a broker tells belongs to the service of its consumers, and a container to that of its name', () => {
  expect(
    ownersAmong(lag, [{ job: 'kafka-exporter', consumergroup: 'mailer', topic: 'orders' }])('mailer'),
  ).toEqual([{ consumergroup: 'mailer', topic: 'orders' }])
  expect(ownersAmong(cpu, [{ job: 'kubelet', container: 'payment' }])('payment-service')).toEqual([
    { container: 'payment' },
  ])
})

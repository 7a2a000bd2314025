import { expect, test } from 'vitest'
import { resourcesAmong } from '#shared/metrics/saturation'
import { saturationAmong } from './service-saturation'

const [pool, waiting, lag, heap, routines] = resourcesAmong([
  'db_client_connection_count',
  'db_client_connection_max',
  'db_client_connection_pending_requests',
  'kafka_consumergroup_lag',
  'v8js_memory_heap_used_bytes',
  'v8js_memory_heap_limit_bytes',
  'go_goroutines',
])

const payments = { service_name: 'payment', db_client_connection_pool_name: 'main' }
const saturationOf = saturationAmong([
  {
    resource: pool,
    used: [
      { labels: payments, value: 20 },
      { labels: { service_name: 'cart', pool: 'a' }, value: 3.0042 },
    ],
    limits: [
      { labels: payments, value: 20 },
      { labels: { service_name: 'cart', pool: 'a' }, value: 20 },
    ],
    least: [],
  },
  {
    resource: waiting,
    used: [{ labels: payments, value: 37 }],
    limits: [],
    least: [{ labels: payments, value: 37 }],
  },
  {
    resource: lag,
    used: [{ labels: { consumergroup: 'mailer', topic: 'orders' }, value: 41 }],
    limits: [],
    least: [{ labels: { consumergroup: 'mailer', topic: 'orders' }, value: 0 }],
  },
  {
    resource: heap,
    used: [{ labels: { service: 'cart' }, value: 300e6 }],
    limits: [{ labels: { service: 'cart' }, value: 500e6 }],
    least: [],
  },
  { resource: routines, used: [{ labels: { job: 'shop/auth' }, value: 214 }], limits: [], least: [] },
])

const told = (service: string) => saturationOf(service).map(({ text, isTight }) => ({ text, isTight }))

test('what is full comes first, against how much there is, each with its pool', () => {
  expect(told('payment')).toEqual([
    { text: 'main pool 20 / 20', isTight: true },
    // As many waited before.
    { text: 'main: waiting for a connection 37', isTight: false },
  ])
  expect(told('cart')).toEqual([
    { text: 'Heap in use 300 MB / 500 MB', isTight: false },
    { text: 'a pool 3 / 20', isTight: false },
  ])
})

test('a queue that grew is tight, and one service is another by its name', () => {
  expect(told('mailer-service')).toEqual([{ text: 'orders: messages that wait 41', isTight: true }])
  expect(told('checkout')).toEqual([])
})

test('of what next to nothing is used is no news', () => {
  const [pending, cores] = resourcesAmong([
    'process_cpu_seconds_total',
    'db_client_connection_pending_requests',
  ])
  const labels = { service_name: 'cart' }
  const least = [{ labels, value: 0 }]
  const of = (coresUsed: number, waits: number) =>
    saturationAmong([
      { resource: cores, used: [{ labels, value: coresUsed }], limits: [{ labels, value: 1 }], least: [] },
      { resource: pending, used: [{ labels, value: waits }], limits: [], least },
    ])('cart').map(({ text, isIdle }) => [text, isIdle])
  expect(of(0.004, 0)).toEqual([
    ['Cores in use 0 / 1', true],
    ['Waiting for a connection 0', true],
  ])
  expect(of(0.3, 1)).toEqual([
    ['Waiting for a connection 1', false],
    ['Cores in use 0.3 / 1', false],
  ])
})

test('of less than a core, what is used is a share of it', () => {
  const [cores] = resourcesAmong(['process_cpu_seconds_total'])
  const labels = { service_name: 'pricing' }
  const use = {
    resource: cores,
    used: [{ labels, value: 0.021 }],
    limits: [{ labels, value: 0.025 }],
    least: [],
  }
  expect(saturationAmong([use])('pricing').map(({ text }) => text)).toEqual(['Cores in use 84 % of 0.025'])
})

test('what has no bound and nobody waits for tells nothing', () => {
  expect(told('auth')).toEqual([])
})

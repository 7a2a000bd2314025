import { expect, test } from 'vitest'
import type { MetricRule } from '#shared/api/metrics'
import { noUnit } from '#shared/metrics/unit'
import type { TimedMove } from '../state/moves'
import { durationGuides } from './duration-guides'

const service = { label: 'job', value: 'order', metric: 'x_seconds' }

const rule = (name: string, query: string, kind: MetricRule['kind'] = 'alerting'): MetricRule => ({
  kind,
  name,
  query,
  group: 'g',
  holdSeconds: 0,
  labels: {},
  annotations: {},
  state: 'inactive',
  alerts: [],
  problem: undefined,
})

const p99 = (selector: string) => `histogram_quantile(0.99, sum by (le) (rate(${selector}[5m]))) > 0.5`

test('a bound is what an alert sets to a quantile of the service', () => {
  const rules = [
    rule('Own', p99('x_seconds_bucket{job=~"order|cart"}')),
    rule('PartOfOwn', p99('x_seconds_bucket{job="order", route="/a"}')),
    rule('All', p99('x_seconds_bucket')),
    rule('Native', p99('x_seconds')),
    rule('OfAnother', p99('x_seconds_bucket{job="cart"}')),
    rule('OfAnyPart', p99('x_seconds_bucket{route="/a"}')),
    rule('OtherMetric', p99('y_seconds_bucket')),
    rule('NoQuantile', 'rate(x_seconds_count[5m]) > 0.5'),
    rule('Recorded', p99('x_seconds_bucket'), 'recording'),
    rule('Unreadable', 'nope('),
  ]
  expect(durationGuides(service, rules, []).bounds).toEqual(
    ['Own', 'PartOfOwn', 'All', 'Native'].map((name) => ({ value: 0.5, name })),
  )
})

const version = (at: number): TimedMove => ({
  kind: 'version',
  service: 'pay',
  query: '',
  at,
  atMs: at,
  before: '1',
  after: `2.${at}`,
  instances: 1,
})

test('versions of every service are events, the first four', () => {
  const queue: TimedMove = {
    kind: 'queue',
    service: 'pay',
    query: '',
    at: 0,
    atMs: 0,
    subject: '',
    unit: noUnit,
    before: 0,
    after: 1,
  }
  const { events } = durationGuides(service, [], [queue, ...[1, 2, 3, 4, 5].map(version)])
  expect(events).toEqual([1, 2, 3, 4].map((at) => ({ atMs: at, name: `pay 2.${at}` })))
})

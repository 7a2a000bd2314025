import { describe, expect, it, test } from 'vitest'
import { redFamilies, saidFamily } from '#shared/metrics/red'
import { exemplarLabel, learnExemplars, type Measure, measuresOf, type MetricFacts } from './metric-facts'

const id = '4bf92f3577b34da6a3ce929d0e0e4736'
const series = (...labels: readonly Record<string, string>[]) => [
  { labels: {}, exemplars: labels.map((one) => ({ labels: one, value: 1, time: 1 })) },
]

describe('exemplars', () => {
  it('are known by their usual names, however these are written, and by ids that lost their zeros', () => {
    const facts = learnExemplars(
      series({ traceID: id }, { traceID: 'bf92f3577b34da6a3ce929d0e0e4736', order: 'aa' }),
    )
    expect(facts).toEqual({
      exemplars: [{ label: 'traceID', count: 2, example: id, isStripped: true }],
      sampled: 2,
    })
    expect(exemplarLabel({ ...facts, measures: [] }, {})).toBeUndefined()
  })

  it('by what looks like an id where no usual name is there; a correction wins', () => {
    const facts: MetricFacts = {
      ...learnExemplars(series({ request: id, order: id }, { request: id })),
      measures: [],
    }
    expect(facts.exemplars.map(({ label, count }) => [label, count])).toEqual([
      ['request', 2],
      ['order', 1],
    ])
    expect(exemplarLabel(facts, {})).toBe('request')
    expect(exemplarLabel(facts, { exemplar: 'order' })).toBe('order')
  })
})

test('a service is found under each label that names it, and under what a person says', () => {
  const names = ['http_server_request_duration_seconds_bucket', 'shop_request_duration_seconds_bucket']
  const [http, shop] = redFamilies(names)
  const own = saidFamily('till_latency', ['till_latency'])
  const coded = { has_http_response_status_code: 'yes' }
  const measures: readonly Measure[] = [
    {
      family: http,
      groups: [
        { service_name: 'order', ...coded },
        { job: 'shop/payment', ...coded },
      ],
    },
    { family: shop, groups: [{ app: 'order' }, { app: 'till' }] },
    { family: own, groups: [{ app: 'order' }] },
  ]
  const of = (service: string, said = {}) =>
    measuresOf(service, { measures }, said).map(
      ({ family, label, value }) => `${family.metric} ${label} ${value}`,
    )
  expect(of('payment-service')).toEqual(['http_server_request_duration_seconds job shop/payment'])
  expect(of('order')[0]).toBe('http_server_request_duration_seconds service_name order')
  expect(of('order', { histograms: { order: 'till_latency' } })[0]).toBe('till_latency app order')
  expect(of('cashier', { names: { cashier: 'till' } })).toEqual(['shop_request_duration_seconds app till'])
  expect(of('order', { service: 'app' })).toEqual([
    'shop_request_duration_seconds app order',
    'till_latency app order',
  ])
  expect([own.isNative, own.failed]).toEqual([true, undefined])
})

import { describe, expect, it, test } from 'vitest'
import type { Correction } from '#shared/api/contract'
import type { LineTrace } from '#shared/logs/trace-of-line'
import { redFamilies } from '#shared/metrics/red'
import { type FactRow, logRows, metricRows, serverClockRow, sureness, traceRows } from './fact-rows'
import { learnLogFacts, withMet, withMetPlace } from './learn-log-facts'
import { learnExemplars } from './metric-facts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const services = ['order-service', 'payment-service', 'cart']

const drawn = ({ fact, holds, example, sure, why, isSaid }: FactRow): string =>
  [
    `${fact}: ${holds.map((part) => (typeof part === 'string' ? part : `‹${part.code}›`)).join('')}`,
    example,
    `${sure}${isSaid ? ' said' : ''}`,
    why,
  ].join(' | ')

describe('a source of logs', () => {
  const learned = learnLogFacts(
    [{ label: 'app', values: ['order', 'till', 'cart'] }],
    [
      {
        traceId,
        spanId: undefined,
        where: 'JSON field traceID',
        field: 'traceID',
        beside: undefined,
      },
      undefined,
    ],
  )
  const facts = withMet(learned, {
    service: 'payment-service',
    clock: { leastMs: -121_000, mostMs: -120_000, met: 3, of: 4, example: traceId },
    stream: { app: 'till' },
  })
  const rows = (said: Correction) => logRows({ name: 'Loki', facts, said }, services).map(drawn)

  it('says what it calls services, which differ, where ids are, and whose clock differs', () => {
    expect(rows({})).toEqual([
      'Service name: ‹service.name› = Loki ‹app› | order-service = order | 3 | 3 of 3 names of traces',
      'Service name: ‹order-service› = Loki ‹order› | order | 2 | the names are alike',
      'Service name: ‹payment-service› = Loki ‹till› | till | 3 | lines that name its spans',
      `Trace id in logs: Loki JSON field traceID | ${traceId} | 2 | 1 of the 2 newest lines`,
      `Clock: ‹payment-service› in Loki: 2 min behind | ${traceId} | 3 | 3 of 4 lines beside its spans`,
    ])
  })

  it('says where else lines name their traces', () => {
    const beside = (span: string | undefined): LineTrace => ({
      traceId,
      spanId: span,
      where: 'trace_id in metadata',
      field: undefined,
      beside: { name: 'trace_id', value: traceId, span },
    })
    const field: LineTrace = {
      traceId,
      spanId: undefined,
      where: 'JSON field traceID',
      field: 'traceID',
      beside: undefined,
    }
    const facts = learnLogFacts([], [field, field, beside(undefined), beside('span_id'), undefined, field])
    expect(logRows({ name: 'Loki', facts, said: {} }, services).map(drawn)).toContain(
      `Trace id in logs: Loki JSON field traceID | ${traceId} | 2 | 3 of the 6 newest lines; 2 by trace_id in metadata`,
    )
  })

  it('says where a line was found that named its trace, while no sample could be had', () => {
    const met = withMetPlace(learnLogFacts([], []), { in: 'metadata', name: 'trace_id' }, traceId)
    const row = (facts: typeof met) =>
      logRows({ name: 'Shop', facts, said: {} }, services)
        .map(drawn)
        .filter((one) => one.startsWith('Trace id'))
    expect(row(learnLogFacts([], []))[0]).toContain('no line could be looked at')
    expect(row(met)).toEqual([
      `Trace id in logs: Shop metadata trace_id | ${traceId} | 1 | a line that was found names it there`,
    ])
  })

  it('says where a line was found that named its trace elsewhere', () => {
    const met = withMetPlace(learned, { in: 'metadata', name: 'trace_id' }, traceId)
    const row = (said: Correction) =>
      logRows({ name: 'Loki', facts: met, said }, services)
        .map(drawn)
        .filter((one) => one.startsWith('Trace id'))
    const metWords = 'a line that was found named it in metadata trace_id'
    expect(row({ trace: { in: 'field', name: 'request' } })).toEqual([
      `Trace id in logs: Loki field ‹request› |  | 4 said | you said so; ${metWords}`,
    ])
    expect(row({ trace: { in: 'metadata', name: 'trace_id' } })).toEqual([
      'Trace id in logs: Loki metadata ‹trace_id› |  | 4 said | you said so',
    ])
  })

  it('says of each what a person said instead', () => {
    expect(
      rows({
        service: 'job',
        names: { 'payment-service': 'cashier' },
        trace: { in: 'nowhere', name: '' },
        clocks: { cart: 3_000 },
      }),
    ).toEqual([
      'Service name: ‹service.name› = Loki ‹job› | payment-service = cashier | 4 said | you said so',
      'Service name: ‹payment-service› = Loki ‹cashier› | cashier | 4 said | you said so',
      'Trace id in logs: Loki nowhere |  | 4 said | you said so',
      'Clock: ‹cart› in Loki: 3.00 s ahead |  | 4 said | you said so',
      `Clock: ‹payment-service› in Loki: 2 min behind | ${traceId} | 3 | 3 of 4 lines beside its spans`,
    ])
  })
})

test('a source of metrics says its label, the histogram of each service with its operations, and the label of exemplars', () => {
  const [family] = redFamilies(['http_server_request_duration_seconds_bucket'])
  const routed = { has_http_request_method: 'yes', has_http_route: 'yes' }
  const groups = [{ job: 'shop/order-service', ...routed }, { job: 'shop/payment-service' }]
  const exemplars = [{ labels: { traceID: traceId }, value: 1, time: 1 }]
  const facts = { measures: [{ family, groups }], ...learnExemplars([{ labels: {}, exemplars }]) }
  expect(metricRows({ name: 'Prometheus', facts, said: {} }, ['order-service', 'cart']).map(drawn)).toEqual([
    'Service name: ‹service.name› = Prometheus ‹job› | order-service = shop/order-service | 2 | 1 of 2 names of traces',
    'Service name: ‹order-service› = Prometheus ‹shop/order-service› | shop/order-service | 2 | the names are alike',
    'Latency histogram: ‹order-service› in Prometheus: ‹http_server_request_duration_seconds› | operation: http_request_method, http_route | 3 | job = shop/order-service',
    `Exemplar id: Prometheus label ‹traceID› | ${traceId} | 2 | 1 of 1 exemplar`,
  ])
})

test('a source of traces says whose it holds', () => {
  const said: Correction = { holds: { cart: false } }
  expect(traceRows({ name: 'Tempo', facts: { services }, said }).map(drawn)).toEqual([
    'Traces of services: Tempo holds 3 services | order-service, payment-service, cart | 4 | its own list, of the last 6 h',
    'Traces of a service: Tempo does not hold ‹cart› | cart | 4 said | you said so',
  ])
})

test('a server says how its clock differs from that of this machine', () => {
  expect([800, -1_500, 125_000].map((ms) => drawn(serverClockRow('Loki', ms)))).toEqual([
    'Clock: Loki itself: that of this machine |  | 3 | the date of its latest answer',
    'Clock: Loki itself: that of this machine |  | 3 | the date of its latest answer',
    'Clock: Loki itself: 2 min 4 s ahead |  | 3 | the date of its latest answer',
  ])
})

it.each([
  [0, 0, 0],
  [0, 20, 0],
  [1, 1, 2],
  [3, 3, 3],
  [12, 12, 4],
  [9, 14, 3],
  [1, 200, 1],
] as const)('%i of %i are sure by %i', (count, all, sure) => {
  expect(sureness(count, all)).toBe(sure)
})

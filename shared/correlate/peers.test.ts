import { expect, test } from 'vitest'
import type { Source } from '#shared/api/contract'
import { traceqlOf } from '#shared/api/traceql'
import { redFamilies } from '#shared/metrics/red'
import {
  chosenPeer,
  distinctPeers,
  durationsQuery,
  exactly,
  familyOfKind,
  operationMatcher,
  operationsQuery,
  peerSearch,
  type PeerChoice,
  peersIn,
  peerSource,
  type PeerSubject,
  peerWindow,
  searchesOver,
} from './peers'

const minute = 60_000
const at = 1_700_000_000_000 - (1_700_000_000_000 % minute)
const window = { startMs: at - 30 * minute, endMs: at + 30 * minute }

test.each([
  ['the hour around it', at + 5_000, at + 100 * minute, window],
  ['up to now', at, at + 10 * minute + 5, { ...window, endMs: at + 10 * minute }],
  ['a minute at least', at, at, { ...window, endMs: at + minute }],
])('peers are looked for in %s', (_, atMs, nowMs, expected) => {
  expect(peerWindow(atMs, nowMs)).toEqual(expected)
})

/** The queries that a histogram is asked, by the groups it answers the first with. */
function measured(
  metrics: readonly string[],
  subject: PeerSubject,
  groups: readonly Record<string, string>[],
) {
  const [known] = redFamilies(metrics)
  const family = familyOfKind(known, subject.kind)
  if (!family) return undefined
  const measure = { family, label: 'job', value: subject.service }
  const matcher = operationMatcher(measure, groups, subject.operation)
  return [operationsQuery(measure, window), matcher && durationsQuery(measure, matcher, window)]
}

const http = ['http_server_request_duration_seconds_bucket', 'http_server_request_duration_seconds_count']
const route = { http_request_method: 'POST', http_route: '/orders' }
const calls = ['traces_spanmetrics_latency']

test.each<[string, readonly string[], PeerSubject, readonly Record<string, string>[], unknown]>([
  [
    'a request, by the histogram of its server',
    http,
    { service: 'order', operation: 'POST /orders', kind: 'server' },
    [{ http_request_method: 'GET', http_route: '/orders' }, route],
    [
      'sum by (http_request_method, http_route) (rate(http_server_request_duration_seconds_count{job="order"}[1h]))',
      'sum by (le) (rate(http_server_request_duration_seconds_bucket{job="order", http_request_method="POST", http_route="/orders"}[1h]))',
    ],
  ],
  [
    'an operation that the histogram does not know',
    http,
    { service: 'order', operation: 'PUT /orders', kind: 'server' },
    [route],
    [expect.any(String), undefined],
  ],
  [
    'a call, which no histogram of a server counts',
    http,
    { service: 'order', operation: 'POST /orders', kind: 'client' },
    [route],
    undefined,
  ],
  [
    'a call, by metrics of spans, which know all kinds',
    calls,
    { service: 'order', operation: 'SELECT stock', kind: 'client' },
    [{ span_name: 'SELECT stock' }],
    [
      'sum by (span_name) (histogram_count(rate(traces_spanmetrics_latency{span_kind="SPAN_KIND_CLIENT", job="order"}[1h])))',
      'sum(rate(traces_spanmetrics_latency{span_kind="SPAN_KIND_CLIENT", job="order", span_name="SELECT stock"}[1h]))',
    ],
  ],
  [
    'a message that is handled',
    ['messaging_process_duration_seconds_bucket'],
    { service: 'mail', operation: 'process order-events', kind: 'consumer' },
    [{ messaging_operation_name: 'process', messaging_destination_name: 'order-events' }],
    [
      expect.stringContaining('messaging_process_duration_seconds_count'),
      expect.stringContaining('messaging_operation_name="process"'),
    ],
  ],
])('%s', (_, metrics, subject, groups, expected) => {
  expect(measured(metrics, subject, groups)).toEqual(expected)
})

const subject: PeerSubject = { service: 'order', operation: 'POST /orders', kind: 'server' }
const spread = { quantile: (q: number) => q * 1e9 }
const own = 'resource.service.name = "order" && name = "POST /orders"'

test.each<[PeerChoice, string, number]>([
  ['all', `{ ${own} && kind = server }`, 200],
  ['typical', `{ ${own} && duration >= 400ms && duration <= 600ms && kind = server }`, 20],
  ['slow', `{ ${own} && duration >= 950ms && kind = server }`, 20],
  ['failed', `{ ${own} && kind = server && status = error }`, 20],
])('the %s ones are asked for in TraceQL', (choice, traceql, limit) => {
  const query = peerSearch(subject, choice, window, { traceql: true }, exactly(spread))
  expect([traceqlOf(query), query.limit, query.startMs, query.endMs]).toEqual([
    traceql,
    limit,
    window.startMs,
    window.endMs,
  ])
})

const bounds = (q: number) => [q < 0.5 ? 0 : 250e6, q > 0.9 ? Infinity : 500e6] as const

test('of buckets all of the one that holds a quantile may be asked for, without a bound where it has none', () => {
  expect(traceqlOf(peerSearch(subject, 'typical', window, { traceql: true }, bounds))).toBe(
    `{ ${own} && duration <= 500ms && kind = server }`,
  )
  expect(traceqlOf(peerSearch(subject, 'slow', window, { traceql: true }, bounds))).toBe(
    `{ ${own} && duration >= 250ms && kind = server }`,
  )
})

test('a server that sends whole traces is asked for fewer', () => {
  expect(peerSearch(subject, 'all', window, { traceql: false }).limit).toBe(50)
})

test('where there are more than a search gives, each part of the time is asked for its share', () => {
  const parts = searchesOver(peerSearch(subject, 'all', window, { traceql: true }))
  expect(parts.map(({ startMs, endMs, limit }) => [startMs - at, endMs - at, limit])).toEqual(
    [-30, -20, -10, 0, 10, 20].map((from) => [from * minute, (from + 10) * minute, 34]),
  )
})

test('what the searches of two parts found is one', () => {
  const peer = { traceId: 'a', spanId: 'b', durationNs: 1 }
  expect(distinctPeers([peer, { ...peer }, { ...peer, spanId: 'c' }])).toEqual([
    peer,
    { ...peer, spanId: 'c' },
  ])
})

const summary = (traceId: string, ...durations: readonly number[]) => ({
  traceId,
  rootService: '',
  rootName: '',
  startNs: '0',
  durationNs: 0,
  spanCount: undefined,
  errorCount: undefined,
  failed: undefined,
  services: [],
  matched: undefined,
  spans: durations.map((durationNs) => ({ spanId: `${traceId}${durationNs}`, name: '', durationNs })),
})

test.each<[PeerChoice, number | undefined]>([
  ['typical', 450e6],
  ['slow', 900e6],
  ['failed', 90e6],
])('of what is found, the %s one to open is of another trace', (choice, durationNs) => {
  const found = [summary('own', 500e6, 990e6), summary('a', 450e6, 900e6), summary('b', 90e6)]
  expect(chosenPeer(peersIn(found, 'own'), choice, spread, 100e6)?.durationNs).toBe(durationNs)
  expect(chosenPeer([], choice, spread, 100e6)).toBeUndefined()
})

const source = (id: string, traceql: boolean) => ({ id, capabilities: { traceql } }) as Source

test('a source that holds the trace is asked, and of those one that answers for single spans', () => {
  const all = [source('jaeger', false), source('tempo', true), source('other', true)]
  expect(peerSource(all, ['jaeger'])?.id).toBe('jaeger')
  expect(peerSource(all, ['jaeger', 'other'])?.id).toBe('other')
  expect(peerSource(all, [])?.id).toBe('tempo')
  expect(peerSource([], ['gone'])).toBeUndefined()
})

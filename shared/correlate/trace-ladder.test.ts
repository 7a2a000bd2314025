import { expect, test } from 'vitest'
import { kindTag } from '#shared/api/kind-tag'
import { type ApiError, noConditions, type Source } from '#shared/api/contract'
import type { Climbed, RungState } from './ladder-end'
import {
  linkLadder,
  type LostTrace,
  nearestLadder,
  nearestOf,
  searchLadder,
  toldByExemplar,
  type TraceRung,
} from './trace-ladder'
import {
  type AskedForTrace,
  endOfLinks,
  endOfNearest,
  endOfSearch,
  foundTraces,
  whyNowhere,
} from './trace-ladder-end'

const at = 1_700_000_000_000
const source = (name: string, traceql = true) =>
  ({ id: name.toLowerCase(), name, capabilities: { traceql } }) as Source

const drawn = ({ source: { name }, query, reach, what, startMs, endMs, finds }: TraceRung): string =>
  `${name} ${reach} (${(startMs - at) / 60_000} to ${(endMs - at) / 60_000} min): ${query} — ${what}, ${finds}`

const ids = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '10f067aa0ba902b7' }
const span = { ...ids, startMs: at, endMs: at + 60_000 }

test.each<[string, Partial<typeof span>, Source, readonly string[]]>([
  [
    'by both its ids, in an hour and in a day',
    {},
    source('Tempo'),
    [
      `Tempo ± 1 h (-60 to 61 min): { link:traceID = "${ids.traceId}" && link:spanID = "${ids.spanId}" } — links that name both ids, its`,
      `Tempo ± 24 h (-1440 to 1441 min): { link:traceID = "${ids.traceId}" && link:spanID = "${ids.spanId}" } — links that name both ids, its`,
    ],
  ],
  [
    'also as a source may write them that strips zeros',
    { spanId: '00f067aa0ba902b7' },
    source('Tempo'),
    [
      expect.stringContaining('link:spanID = "00f067aa0ba902b7"'),
      expect.stringContaining('link:spanID = "f067aa0ba902b7" } — the ids without leading zeros'),
      expect.stringContaining('± 24 h'),
    ],
  ],
  ['not at all where a source has no words for links', {}, source('Jaeger', false), []],
])('spans that link to one are looked for %s', (_, change, asked, expected) => {
  expect(linkLadder({ ...span, ...change }, asked).map(drawn)).toEqual(expected)
})

const lost: LostTrace = { service: 'order', atMs: at, tookNs: 2.4e9, failed: false }
const now = at + 600 * 60_000
const own = 'resource.service.name = "order"'

test.each<[Source['kind'], string]>([
  ['jaeger', 'service=order&minDuration=1200000000ns'],
  ['zipkin', 'serviceName=order&minDuration=1200000'],
])('a rung in a %s says what is asked of it', (kind, query) => {
  const asked = { ...source('It', false), kind } as Source
  expect(nearestLadder(lost, asked, now)[0].query).toBe(query)
})

test.each<[string, Partial<LostTrace>, readonly string[]]>([
  [
    'a slow one: as slow, any, any of an hour, any now',
    {},
    [
      `Tempo ± 5 min (-5 to 5 min): { ${own} && duration >= 1200ms } — traces of order that took 1.20 s or more, near`,
      `Tempo ± 5 min (-5 to 5 min): { ${own} } — traces of order, near`,
      `Tempo ± 1 h (-60 to 60 min): { ${own} } — traces of order, near`,
      `Tempo in the last hour (540 to 600 min): { ${own} } — traces of order, now`,
    ],
  ],
  [
    'a failed one: failed too, before those that were as slow',
    { failed: true },
    [
      `Tempo ± 5 min (-5 to 5 min): { ${own} && status = error } — failed traces of order, near`,
      ...Array.from({ length: 4 }, () => expect.any(String)),
    ],
  ],
  [
    'one of which only the time is known',
    { tookNs: undefined },
    Array.from({ length: 3 }, () => expect.any(String)),
  ],
])('the traces nearest to %s', (_, change, expected) => {
  expect(nearestLadder({ ...lost, ...change }, source('Tempo'), now).map(drawn)).toEqual(expected)
})

const summary = (seconds: number) => ({
  traceId: String(seconds),
  rootService: '',
  rootName: '',
  startNs: `${at + seconds * 1_000}000000`,
  durationNs: 0,
  spanCount: undefined,
  errorCount: undefined,
  failed: undefined,
  services: [],
  matched: undefined,
})

test('of those found the closest in time are offered', () => {
  const found = nearestOf([9, -3, 1, 20, -40, 60].map(summary), lost)
  expect(found.map(({ awayMs }) => awayMs / 1_000)).toEqual([1, -3, 9, 20, -40])
})

const none = { firstMs: 0, lastMs: 0, hasMore: false, tookMs: 1 }
const answered = (count: number): RungState => ({ kind: 'answered', count, ...none })
const error: ApiError = {
  kind: 'refused',
  message: 'Tempo is down.',
  detail: undefined,
  advice: '',
  status: undefined,
}
const failed: RungState = { kind: 'failed', error }

function climbed(...states: readonly RungState[]): readonly Climbed[] {
  const rungs = nearestLadder(lost, source('Tempo'), now)
  return rungs.map((rung, index) => ({ rung, state: states[index] ?? { kind: 'skipped' } }))
}

const nobody: AskedForTrace = { silent: [], tenants: [] }
const nothingAtAll = climbed(...Array.from({ length: 4 }, () => answered(0)))

test.each<[string, readonly Climbed[], string, string, AskedForTrace?]>([
  [
    'its neighbours were kept',
    climbed(answered(0), answered(3)),
    'Most likely not sampled.',
    'Other traces of order were kept then (±',
  ],
  [
    'there is nothing from then, but now',
    climbed(answered(0), answered(0), answered(0), answered(9)),
    'Most likely outside what is kept.',
    'none from then',
  ],
  ['there is nothing at all', nothingAtAll, 'No trace of order was found anywhere.', 'another tenant'],
  ['its source is down', climbed(failed), 'Why it is not there could not be found out.', 'Tempo is down.'],
  [
    'another source is down, whatever this one kept',
    climbed(answered(0), answered(3)),
    'It may be in Jaeger, which could not be asked.',
    'Elsewhere other traces of order were kept then (±',
    { ...nobody, silent: ['Jaeger'] },
  ],
  [
    'there is nothing at all of its service in the one tenant that is shown',
    nothingAtAll,
    'Most likely of another tenant.',
    'Tempo (“team-blue”) has no trace of order, neither from then nor now.',
    { ...nobody, tenants: [{ name: 'Tempo', tenant: 'team-blue' }] },
  ],
  [
    'the tenant that is shown has traces of its service',
    climbed(answered(0), answered(3)),
    'Most likely not sampled.',
    'this one was not',
    { ...nobody, tenants: [{ name: 'Tempo', tenant: 'team-blue' }] },
  ],
])('a lost trace is explained where %s', (_, rungs, headline, why, asked = nobody) => {
  expect(endOfNearest(lost, rungs, asked)).toMatchObject({ headline, why: expect.stringContaining(why) })
})

test.each<[string, readonly Climbed[], readonly string[], string, string]>([
  ['there is none', climbed(answered(0)), [], 'No span links to this one.', 'A day before and after'],
  [
    'some cannot be asked',
    climbed(answered(0)),
    ['Jaeger', 'Zipkin'],
    'No span links to this one.',
    'Jaeger, Zipkin cannot be asked for links.',
  ],
  [
    'spans of the same trace alone do',
    climbed(answered(2)),
    [],
    'Spans of this trace alone link to this one.',
    '',
  ],
  ['none answers', climbed(failed), [], 'Which spans link to this one could not be asked.', 'Tempo is down.'],
])('no span that links is explained where %s', (_, rungs, silent, headline, why) => {
  expect(endOfLinks(rungs, silent)).toEqual({
    headline,
    why: expect.stringContaining(why),
    // What is in the same trace was found: it is offered.
    ...(headline.startsWith('Spans of this trace') ? { isFound: true } : {}),
  })
})

test.each<[string, string, number, Record<string, string>, unknown]>([
  [
    'a request',
    'http_server_request_duration_seconds_bucket',
    2.31,
    { job: 'shop/order' },
    { service: 'order', tookNs: 2.31e9, failed: false },
  ],
  [
    'a failed call',
    'rpc_server_duration_milliseconds_bucket',
    40,
    { service_name: 'order', rpc_status_code: 'STATUS_CODE_ERROR' },
    { service: 'order', tookNs: 40e6, failed: true },
  ],
  [
    'a size',
    'request_size_bytes',
    40,
    { job: 'order' },
    { service: 'order', tookNs: undefined, failed: false },
  ],
  ['nobody', 'x_seconds', 1, {}, undefined],
])('an exemplar of %s tells of its trace', (_, metric, value, series, told) => {
  expect(toldByExemplar({ metric, value, series })).toEqual(told)
})

const slowOrders = {
  ...noConditions,
  service: 'order-service',
  minDurationNs: 1e9,
  startMs: at,
  endMs: at + 60_000,
}
const withServices = (one: Source, services: readonly string[] = [], needsService = false) => ({
  ...one,
  services,
  capabilities: { ...one.capabilities, needsService },
})
const slow = 'resource.service.name = "order-service" && duration >= 1s'
const anySpelled = '(?i)(.*/)?order([-_. ](service|svc|server|api|app))?'

test.each<[string, Partial<typeof slowOrders>, ReturnType<typeof withServices>, readonly string[]]>([
  [
    'as slow as that, then near it, then of any duration',
    {},
    withServices(source('Tempo')),
    [
      `Tempo at that time (0 to 1 min): { ${slow} } — traces of order-service, as asked for, its`,
      `Tempo at that time (0 to 1 min): { resource.service.name =~ "${anySpelled}" && duration >= 1s } — traces of order-service, however spelled, its`,
      `Tempo ± 15 min (-15 to 16 min): { ${slow} } — traces of order-service, as asked for, near`,
      'Tempo at that time (0 to 1 min): { resource.service.name = "order-service" } — any traces of order-service, near',
      `Tempo ± 1 h (-60 to 61 min): { ${slow} } — traces of order-service, as asked for, near`,
      `Tempo ± 6 h (-360 to 361 min): { ${slow} } — traces of order-service, as asked for, near`,
      'Tempo ± 1 h (-60 to 61 min): { resource.service.name = "order-service" } — any traces of order-service, near',
      `Tempo ± 24 h (-1440 to 1441 min): { ${slow} } — traces of order-service, as asked for, near`,
      'Tempo in the last hour (540 to 600 min): { resource.service.name = "order-service" } — any traces of order-service, now',
    ],
  ],
  [
    'among spans of any kind, where none is of the one that is asked for',
    { tags: [kindTag('server')], minDurationNs: undefined },
    withServices(source('Jaeger', false)),
    [
      'Jaeger at that time (0 to 1 min): service=order-service&tags={"span.kind":"server"} — traces of order-service, as asked for, its',
      'Jaeger at that time (0 to 1 min): service=order-service — traces of order-service, as asked for, spans of any kind, near',
      ...Array.from({ length: 7 }, () => expect.stringContaining('order-service')),
    ],
  ],
  [
    'by the names that a source without TraceQL has',
    { minDurationNs: undefined },
    withServices(source('Jaeger', false), ['shop/Order', 'order-service', 'border']),
    [
      'Jaeger at that time (0 to 1 min): service=order-service — traces of order-service, its',
      'Jaeger at that time (0 to 1 min): service=shop/Order — traces of shop/Order, its',
      ...Array.from({ length: 5 }, () => expect.stringContaining(': service=order-service — ')),
    ],
  ],
  [
    'nowhere, where a source must be told a service',
    { service: '' },
    withServices(source('Jaeger', false), [], true),
    [],
  ],
])('traces that a pivot did not find are looked for %s', (_, change, asked, expected) => {
  expect(searchLadder({ ...slowOrders, ...change }, asked, now).map(drawn)).toEqual(expected)
})

test('a call that TraceQL asked for is looked for of any kind, by one end alone, and in wider times', () => {
  const [parent, child] = [
    '{ resource.service.name = "shop >> web" }',
    '{ resource.service.name = "pay" && status = error }',
  ]
  const call = { ...slowOrders, service: 'pay', own: `${parent} >> ${child}` }
  const rungs = searchLadder(call, withServices(source('Tempo')), now).map(drawn)
  expect(rungs.map((rung) => rung.replace(/\(.*?\)(?=:)/, '…').replaceAll(/=~ "[^"]*"/g, '=~ …'))).toEqual([
    `Tempo at that time …: ${parent} >> ${child} — as asked for, its`,
    'Tempo at that time …: { resource.service.name =~ … } >> { resource.service.name =~ … && status = error } — as asked for, however services are spelled, its',
    `Tempo ± 15 min …: ${parent} >> ${child} — as asked for, near`,
    `Tempo at that time …: ${child} — spans of pay alone, near`,
    `Tempo at that time …: ${parent} — spans of shop >> web alone, near`,
    `Tempo ± 1 h …: ${parent} >> ${child} — as asked for, near`,
    `Tempo ± 1 h …: ${child} — spans of pay alone, near`,
    `Tempo ± 1 h …: ${parent} — spans of shop >> web alone, near`,
    `Tempo ± 6 h …: ${parent} >> ${child} — as asked for, near`,
    `Tempo ± 24 h …: ${parent} >> ${child} — as asked for, near`,
    'Tempo in the last hour …: { resource.service.name = "pay" } — any traces of pay, now',
  ])
})

test('a slow call is told from the comparison in it', () => {
  const own = '{ resource.service.name = "a" } >> { resource.service.name = "b" && duration > 5ns }'
  const rungs = searchLadder({ ...slowOrders, own }, withServices(source('Tempo')), now)
  expect(rungs.map(({ query }) => query)).toContain('{ resource.service.name = "b" && duration > 5ns }')
})

test.each([
  [
    '{ resource.service.name = "a" && kind = client && span.db.name = "x" }',
    '{ resource.service.name = "a" && span.db.name = "x" }',
  ],
  ['{ kind = client && (span.a = "x") && status = error }', '{ (span.a = "x") && status = error }'],
])('a call to what sends no spans is looked for without the kind of its spans too: %s', (own, without) => {
  const rungs = searchLadder({ ...slowOrders, own }, withServices(source('Tempo')), now)
  expect(rungs.find(({ what }) => what.includes('any kind'))?.query).toBe(without)
})

test('where TraceQL is not spoken, a call is looked for as the form says it', () => {
  const own = '{ resource.service.name = "a" } >> { resource.service.name = "b" }'
  const zipkin = withServices(source('Zipkin', false))
  expect(searchLadder({ ...slowOrders, own }, zipkin, now)).toEqual(searchLadder(slowOrders, zipkin, now))
})

const searched = (...states: readonly RungState[]): readonly Climbed[] =>
  searchLadder(slowOrders, withServices(source('Tempo')), now).map((rung, index) => ({
    rung,
    state: states[index] ?? { kind: 'skipped' },
  }))
const zeros = (count: number): readonly RungState[] => Array.from({ length: count }, () => answered(0))

test.each<[string, readonly Climbed[], string]>([
  [
    'another source or spelling has them',
    searched(answered(0), answered(2)),
    'Tempo has them. 2 traces: traces of order-service, however spelled, at that time.',
  ],
  [
    'there are some near it',
    searched(...zeros(2), answered(1)),
    'None were found as asked for. Nearest to that: 1 trace in Tempo (traces of order-service, as asked for, ± 15 min).',
  ],
  [
    'there are some now',
    searched(...zeros(8), answered(5)),
    'No trace of order-service was found from then. There are traces of order-service now, but none within 24 hours of then: they may be older than what is kept, or not have been sampled.',
  ],
  [
    'there are none',
    searched(...zeros(9)),
    'No trace of order-service was found anywhere. Its traces may be under a name that is not like it, in another tenant, in a source that is not connected, or not be kept at all.',
  ],
  [
    'a source went away',
    searched(answered(0), failed),
    'No trace of order-service was found where it could be asked. Tempo is down.',
  ],
  [
    'a source is down',
    searched(failed),
    'Whether there are traces of order-service could not be asked. Tempo is down.',
  ],
])('a pivot that found no trace ends in a sentence where %s', (_, rungs, sentence) => {
  const { headline, why, isFound = false } = endOfSearch(slowOrders, rungs)
  expect(`${headline} ${why}`).toBe(sentence)
  expect(isFound).toBe(foundTraces(rungs) !== undefined)
})

test.each([
  ['at no known time', undefined, /may not have arrived yet/],
  ['an hour ago', 1 / 24, /may not have arrived yet/],
  [
    '60 days ago',
    60.5,
    /^It was asked for at a time that is 60 days ago: most likely it is older than what is kept\./,
  ],
])('a trace that is nowhere, asked for %s', (_, days, sentence) => {
  const nowMs = Date.UTC(2026, 6, 1)
  const why = whyNowhere(days === undefined ? undefined : nowMs - days * 24 * 3_600_000, nowMs)
  expect(why).toMatch(sentence)
  if (days === 60.5) expect(why).not.toContain('arrived')
})

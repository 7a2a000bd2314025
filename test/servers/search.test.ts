/** The same questions to Jaeger, Tempo and Zipkin; each is asked in its own language and must mean the same. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TraceQuery } from '#shared/api/contract'
import { hasFailed } from '#shared/trace/summary'
import type { TraceSummary } from '#shared/trace/table'

import { traceQuery } from '../builders/trace-query.ts'
import { ClewUnderTest, input } from './clew.ts'
import { readFleet } from './fleet.ts'
import type { FedSpan, FedTrace } from './story/span.ts'
import { allTraces, writeStory } from './story/story.ts'

const { servers, endMs } = readFleet()
const story = writeStory(endMs)
const kinds = ['jaeger', 'tempo', 'zipkin'] as const
type Kind = (typeof kinds)[number]

let clew: ClewUnderTest
const ids = {} as Record<Kind, string>
beforeAll(async () => {
  clew = new ClewUnderTest()
  for (const kind of kinds) ids[kind] = await clew.connect(input(kind, servers[kind].url))
})
afterAll(() => clew.close())

function held(kind: Kind): FedTrace[] {
  const shared = { jaeger: [story.shared.first], tempo: [story.shared.second], zipkin: [] }[kind]
  const extra = kind === 'tempo' ? [story.tooLarge] : []
  return [...allTraces(story[kind]), ...shared, ...extra]
}

/** Ids of the fed traces with a span that fits, as a set: no server promises an order. */
function expected(kind: Kind, fits: (span: FedSpan) => boolean): Set<string> {
  return new Set(
    held(kind)
      .filter((trace) => trace.spans.some(fits))
      .map((trace) => trace.traceId),
  )
}

function idsOf(traces: readonly TraceSummary[]): Set<string> {
  return new Set(traces.map((trace) => trace.traceId))
}

function ask(kind: Kind, more: Partial<TraceQuery>) {
  return clew.search(ids[kind], traceQuery(story.startMs, story.endMs, { limit: 500, ...more }))
}

const durationNs = (span: FedSpan) => Number(span.endNs - span.startNs)

const fits = (span: FedSpan): boolean =>
  span.service === 'payment-service' && span.kind === 'server' && durationNs(span) >= 1_000_000

describe.for(kinds)('search in %s', (kind) => {
  test('lists the services, each once, in order', async () => {
    const services = await clew.services(ids[kind], story.startMs, story.endMs)
    const fed = new Set(held(kind).flatMap((trace) => trace.spans.map((span) => span.service)))
    expect(services).toEqual([...fed].toSorted())
  })

  test('finds the traces with a span of a kind, whether or not it can be asked for kinds', async () => {
    const { traces } = await ask(kind, {
      service: 'payment-service',
      tags: [{ key: 'span.kind', value: 'server' }],
      minDurationNs: 1_000_000,
    })
    expect(idsOf(traces)).toEqual(expected(kind, fits))
    expect(traces.length).toBeGreaterThan(0)
  })

  test('lists the operations of a service', async () => {
    const operations = await clew.operations(ids[kind], 'payment-service', story.startMs, story.endMs)
    const fed = held(kind).flatMap((trace) =>
      trace.spans.filter((span) => span.service === 'payment-service'),
    )
    const names = fed.map((span) => (kind === 'zipkin' ? span.name.toLowerCase() : span.name))
    expect(operations.toSorted()).toEqual([...new Set(names)].toSorted())
  })

  test('by service finds every trace that service took part in', async () => {
    const found = await ask(kind, { service: 'payment-service' })
    expect(idsOf(found.traces)).toEqual(expected(kind, (span) => span.service === 'payment-service'))
  })

  test('by service and operation', async () => {
    const found = await ask(kind, { service: 'payment-service', operation: 'payments-db pool.acquire' })
    expect(idsOf(found.traces)).toEqual(new Set([story[kind].incident.traceId]))
  })

  test('by a tag', async () => {
    const found = await ask(kind, {
      service: 'inventory-service',
      tags: [{ key: 'db.collection.name', value: 'stock_levels' }],
    })
    expect(idsOf(found.traces)).toEqual(new Set([story[kind].incident.traceId]))
  })

  test('by two tags at once', async () => {
    const both = [
      { key: 'http.response.status_code', value: '503' },
      { key: 'http.route', value: '/payments/charge' },
    ]
    const found = await ask(kind, { service: 'payment-service', tags: both })
    expect(idsOf(found.traces)).toEqual(new Set([story[kind].incident.traceId]))
    const other = [both[0], { key: 'http.route', value: '/nowhere' }]
    expect((await ask(kind, { service: 'payment-service', tags: other })).traces).toEqual([])
  })

  test('by the shortest duration of a span', async () => {
    const found = await ask(kind, { service: 'payment-service', minDurationNs: 4e9 })
    expect(idsOf(found.traces)).toEqual(
      expected(kind, (span) => span.service === 'payment-service' && durationNs(span) >= 4e9),
    )
    expect(found.traces).toHaveLength(1)
  })

  test('by a range of durations', async () => {
    const found = await ask(kind, { service: 'edge-gateway', minDurationNs: 100e6, maxDurationNs: 300e6 })
    const fits = expected(
      kind,
      (span) => span.service === 'edge-gateway' && durationNs(span) >= 100e6 && durationNs(span) <= 300e6,
    )
    expect(fits.size).toBeGreaterThan(5)
    expect(idsOf(found.traces)).toEqual(fits)
  })

  test('for errors only', async () => {
    const found = await ask(kind, { service: 'order-service', errorsOnly: true })
    // Jaeger's memory storage takes the text "true" for false: the tag finds nothing, so all of the service come, and the page's
    // worker keeps those that failed.
    if (kind === 'jaeger') {
      const ofService = expected(kind, (span) => span.service === 'order-service')
      const failed = expected(kind, (span) => span.error !== undefined)
      expect(idsOf(found.traces)).toEqual(ofService)
      return expect(idsOf(found.traces.filter(hasFailed))).toEqual(
        new Set([...ofService].filter((id) => failed.has(id))),
      )
    }
    expect(idsOf(found.traces)).toEqual(
      expected(kind, (span) => span.service === 'order-service' && span.error !== undefined),
    )
    expect(found.traces.every((trace) => trace.failed === true)).toBe(true)
  })

  test('within a time range only', async () => {
    const startMs = story.endMs - 20 * 60_000
    const endMs = story.endMs - 10 * 60_000
    const found = await ask(kind, { service: 'edge-gateway', startMs, endMs })
    const within = held(kind).filter(({ spans }) => {
      const [root] = spans
      return (
        root.service === 'edge-gateway' &&
        root.startNs >= BigInt(startMs) * 1_000_000n &&
        root.startNs < BigInt(endMs) * 1_000_000n
      )
    })
    expect(within.length).toBeGreaterThan(10)
    expect(idsOf(found.traces)).toEqual(new Set(within.map((trace) => trace.traceId)))
  })

  test('stops at the limit, with the newest', async () => {
    const found = await ask(kind, { service: 'edge-gateway', limit: 10 })
    const newest = held(kind)
      .filter((trace) => trace.spans[0].service === 'edge-gateway')
      .toSorted((one, other) => Number(other.spans[0].startNs - one.spans[0].startNs))
      .slice(0, 10)
    expect(idsOf(found.traces)).toEqual(new Set(newest.map((trace) => trace.traceId)))
  })

  test('goes on past the limit by narrowing the window, and finds every trace once it has walked back to the start', async () => {
    const all = expected(kind, (span) => span.service === 'edge-gateway')
    const seen = new Set<string>()
    let endMs = story.endMs
    for (let page = 0; page < 20; page++) {
      const { traces } = await ask(kind, { service: 'edge-gateway', limit: 20, endMs })
      for (const trace of traces) seen.add(trace.traceId)
      if (traces.length < 20) break
      const oldestMs = Math.min(...traces.map((trace) => Number(BigInt(trace.startNs) / 1_000_000n)))
      expect(oldestMs).toBeLessThan(endMs)
      endMs = oldestMs
    }
    expect(seen).toEqual(all)
  })

  test('sums up each trace: root, start, duration, services, failure', async () => {
    const found = await ask(kind, { service: 'payment-service', minDurationNs: 4e9 })
    const [summary] = found.traces
    const { spans } = story[kind].incident
    const end = spans.reduce((latest, span) => (span.endNs > latest ? span.endNs : latest), 0n)
    expect(summary).toMatchObject({
      rootService: 'edge-gateway',
      rootName: kind === 'zipkin' ? 'post /api/checkout' : 'POST /api/checkout',
      startNs: String(spans[0].startNs),
      failed: true,
      spanCount: 247,
      errorCount: 8,
    })
    // Tempo says whole milliseconds.
    expect(Math.abs(summary.durationNs - Number(end - spans[0].startNs))).toBeLessThan(1e6)
    expect(summary.services.toSorted((one, other) => other.spanCount - one.spanCount)[0]).toEqual({
      name: 'inventory-service',
      spanCount: 201,
    })
    expect(summary.services).toHaveLength(10)
  })

  test('for a service that does not exist finds nothing, and that is no error', async () => {
    expect((await ask(kind, { service: 'no-such-service' })).traces).toEqual([])
  })

  test('for a name with quotes, backslashes, spaces and letters of all kinds is asked as it is written', async () => {
    for (const service of [`it's "quoted"`, 'back\\slash', 'a b & c=d?', 'größe 折扣', '{}'])
      expect((await ask(kind, { service })).traces).toEqual([])
  })
})

test('Jaeger without a service says in its own words that it needs one', async () => {
  const error = await clew.searchError(ids.jaeger, traceQuery(story.startMs, story.endMs))
  expect(error.kind).toBe('bad-query')
  expect(error.detail).toMatch(/service/)
})

test('Tempo and Zipkin without a service search all of them', async () => {
  for (const kind of ['tempo', 'zipkin'] as const) {
    const found = await ask(kind, { tags: [{ key: 'job.name', value: 'zero-service' }] })
    expect(idsOf(found.traces)).toEqual(new Set([story[kind].leadingZeros.traceId]))
  }
})

test('a search of Tempo for numbers, booleans and fractions finds them, though its attributes have types', async () => {
  const values = [
    { key: 'app.order.id', value: '81347' },
    { key: 'ratelimit.allowed', value: 'true' },
    { key: 'fraud.score', value: '0.02' },
    { key: 'policy.score', value: '0.9375' },
  ]
  for (const tag of values)
    expect(idsOf((await ask('tempo', { tags: [tag] })).traces)).toEqual(
      new Set([story.tempo.incident.traceId]),
    )
})

test('a failing source answers its error while another one answers its traces', async () => {
  const gone = await clew.connect(input('tempo', servers.tempo.url.replace(/\d+$/, '9')))
  const [failed, found] = await Promise.all([
    clew.searchError(gone, traceQuery(story.startMs, story.endMs)),
    ask('jaeger', { service: 'order-service' }),
  ])
  expect(failed.kind).toMatch(/refused|bad-request/)
  expect(found.traces.length).toBeGreaterThan(0)
})

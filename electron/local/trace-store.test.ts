/** Searches are compared with a plain filter over the spans as OTLP has them, so that what is found is what is then read. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { TraceQuery } from '#shared/api/contract'
import { traceIdText } from '#shared/simulate/otlp/json-text'
import { simulate } from '#shared/simulate/run'
import { traceQuery } from '../../test/builders/trace-query.ts'
import { readSpans, valueOf, type KeyValue } from '../../test/builders/read-otlp.ts'
import { createTraceStore, type TraceStore } from './trace-store.ts'

const endMs = 1_793_000_000_000
const startMs = endMs - 8 * 60_000

interface PlainSpan {
  readonly id: string
  readonly causes: readonly string[]
  readonly isRoot: boolean
  readonly isLinked: boolean
  readonly service: string
  readonly name: string
  readonly kind: number
  readonly startNs: bigint
  readonly endNs: bigint
  readonly failed: boolean
  readonly attributes: ReadonlySet<string>
}
interface PlainTrace {
  readonly id: string
  readonly startNs: bigint
  readonly durationNs: number
  readonly spans: readonly PlainSpan[]
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort()

const pairOf = ({ key, value }: KeyValue): string => `${key}=${String(Object.values(value)[0])}`

function readTrace(id: string, bytes: Uint8Array): PlainTrace {
  const spans = readSpans(new TextDecoder().decode(bytes)).map(({ resource, span }): PlainSpan => ({
    id: span.spanId,
    causes:
      span.parentSpanId === undefined ? (span.links ?? []).map(({ spanId }) => spanId) : [span.parentSpanId],
    isRoot: span.parentSpanId === undefined,
    isLinked: (span.links ?? []).length > 0,
    service: valueOf(resource, 'service.name') ?? '',
    name: span.name,
    kind: span.kind,
    startNs: BigInt(span.startTimeUnixNano),
    endNs: BigInt(span.endTimeUnixNano),
    failed: span.status.code === 2,
    attributes: new Set([...resource, ...span.attributes].map(pairOf)),
  }))
  const startNs = spans.reduce(
    (least, span) => (span.startNs < least ? span.startNs : least),
    spans[0].startNs,
  )
  const endNs = spans.reduce((most, span) => (span.endNs > most ? span.endNs : most), spans[0].endNs)
  return { id, startNs, durationNs: Number(endNs - startNs), spans }
}

const everything = traceQuery(startMs, endMs, { limit: 10_000 })

let store: TraceStore
let traces: readonly PlainTrace[]
beforeAll(() => {
  // Clocks that go wrong, so that shown and true times differ; failures come with the seed.
  const endNs = BigInt(endMs) * 1_000_000n
  const run = simulate({ scenario: 'clock-skew', seed: 3, endNs, lengthMinutes: 8 })
  store = createTraceStore(run)
  traces = run.traces
    .map((trace) => {
      const id = traceIdText(trace)
      const bytes = store.trace(id)
      if (bytes === undefined) throw new Error(`${id} is not there`)
      return readTrace(id, bytes)
    })
    .sort((one, other) => Number(other.startNs - one.startNs))
})

/** What a search must find, newest first. */
function plainSearch(query: TraceQuery, extra: (span: PlainSpan) => boolean): string[] {
  const matches = (span: PlainSpan): boolean => {
    const durationNs = Number(span.endNs - span.startNs)
    return (
      (query.service === '' || span.service === query.service) &&
      (query.operation === '' || span.name === query.operation) &&
      durationNs >= (query.minDurationNs ?? 0) &&
      durationNs <= (query.maxDurationNs ?? Infinity) &&
      (!query.errorsOnly || span.failed) &&
      extra(span)
    )
  }
  return traces
    .filter(
      ({ startNs, spans }) =>
        startNs >= BigInt(query.startMs) * 1_000_000n &&
        startNs <= BigInt(query.endMs) * 1_000_000n &&
        spans.some(matches),
    )
    .map(({ id }) => id)
}

const found = async (query: TraceQuery): Promise<string[]> =>
  (await store.search(query)).traces.map(({ traceId }) => traceId)
const holds =
  (...pairs: readonly string[]) =>
  ({ attributes }: PlainSpan): boolean =>
    pairs.every((pair) => attributes.has(pair))
const always = (): boolean => true

test('what is counted is the spans there are', async () => {
  const window = { startMs: startMs - 60_000, endMs: endMs + 60_000 }
  const { series } = await store.metric('{ kind = server } | count_over_time() by (name)', window, 60_000)
  const counted = Object.fromEntries(
    series.map(({ labels, values }) => [
      labels['name'],
      values.reduce((sum: number, value) => sum + Number(value), 0),
    ]),
  )
  const servers = traces.flatMap(({ spans }) => spans.filter(({ kind }) => kind === 2))
  const names = Map.groupBy(servers, ({ name }) => name)
  expect(counted).toEqual(Object.fromEntries([...names].map(([name, spans]) => [name, spans.length])))
})

describe('a search finds what a plain filter over the written spans finds', () => {
  test.each<[string, Partial<TraceQuery>, (span: PlainSpan) => boolean]>([
    ['nothing asked', {}, always],
    ['a service', { service: 'payment-service' }, always],
    ['an operation of a service', { service: 'edge-gateway', operation: 'POST /api/checkout' }, always],
    [
      'an operation that is another service’s',
      { service: 'cart-service', operation: 'POST /api/checkout' },
      always,
    ],
    ['the slow spans', { minDurationNs: 5e8 }, always],
    [
      'spans between two durations',
      { service: 'edge-gateway', minDurationNs: 1e7, maxDurationNs: 1.5e7 },
      always,
    ],
    ['errors', { errorsOnly: true }, always],
    [
      'an attribute that is text, and one that is a number, on one span',
      {
        tags: [
          { key: 'http.request.method', value: 'GET' },
          { key: 'http.response.status_code', value: '200' },
        ],
      },
      holds('http.request.method=GET', 'http.response.status_code=200'),
    ],
    [
      'an attribute of the resource together with one of the span',
      {
        tags: [
          { key: 'service.name', value: 'order-service' },
          { key: 'http.request.method', value: 'POST' },
        ],
      },
      holds('service.name=order-service', 'http.request.method=POST'),
    ],
    ['a value nothing has', { tags: [{ key: 'http.request.method', value: 'BREW' }] }, () => false],
    ['an attribute nothing has', { tags: [{ key: 'no.such', value: '1' }] }, () => false],
    ['the kind of a span', { tags: [{ key: 'span.kind', value: 'consumer' }] }, ({ kind }) => kind === 5],
    ['the tag of errors', { tags: [{ key: 'error', value: 'true' }] }, ({ failed }) => failed],
    [
      'the status that was not set',
      { service: 'edge-gateway', tags: [{ key: 'otel.status_code', value: 'UNSET' }] },
      ({ failed }) => !failed,
    ],
    ['two minutes in the middle', { startMs: startMs + 120_000, endMs: startMs + 240_000 }, always],
    ['a time before', { startMs: startMs - 120_000, endMs: startMs - 1 }, always],
  ])('%s', async (_, asked, extra) => {
    const query = { ...everything, ...asked }
    expect(await found(query)).toEqual(plainSearch(query, extra))
  })

  test('every case above that should find something does', async () => {
    const counts = await Promise.all(
      [
        { errorsOnly: true },
        { tags: [{ key: 'span.kind', value: 'consumer' }] },
        { service: 'edge-gateway', minDurationNs: 1e7, maxDurationNs: 1.5e7 },
      ].map(async (asked) => (await found({ ...everything, ...asked })).length),
    )
    expect(Math.min(...counts)).toBeGreaterThan(0)
  })
})

describe('TraceQL finds what a plain filter finds', () => {
  test.each<[traceql: string, (span: PlainSpan) => boolean]>([
    ['{ span.http.request.method = "GET" }', holds('http.request.method=GET')],
    ['{ .http.response.status_code > 403 }', holds('http.response.status_code=404')],
    [
      '{ resource.service.name = "order-service" && status = error }',
      ({ service, failed }) => service === 'order-service' && failed,
    ],
    ['{ statusMessage != "" }', ({ failed }) => failed],
    [
      '{ kind = consumer && duration > 1ms }',
      ({ kind, startNs, endNs }) => kind === 5 && endNs - startNs > 1_000_000n,
    ],
    ['{ instrumentation:name = "shop" }', always],
    ['{ link:spanID != "" }', ({ isLinked }) => isLinked],
    [
      '{ nestedSetParent < 0 && name = "POST /api/checkout" }',
      ({ isRoot, name }) => isRoot && name === 'POST /api/checkout',
    ],
  ])('%s', async (traceql, extra) => {
    const query = { ...everything, traceql }
    const expected = plainSearch(everything, extra)
    expect(expected.length).toBeGreaterThan(0)
    expect(await found(query)).toEqual(expected)
  })

  test('of traces, by the calls in them', async () => {
    const traceql =
      '{ resource.service.name = "order-service" } > { resource.service.name = "payment-service" }'
    const expected = traces.filter(({ spans }) => {
      const services = new Map(spans.map(({ id, service }) => [id, service]))
      return spans.some(
        ({ service, causes: [cause], isRoot }) =>
          service === 'payment-service' && !isRoot && services.get(cause) === 'order-service',
      )
    })
    expect(expected.length).toBeGreaterThan(0)
    expect(await found({ ...everything, traceql })).toEqual(expected.map(({ id }) => id))
  })

  test('and names the longest span of all groups', async () => {
    const traceql = '{ status = error } | by(resource.service.name)'
    const { traces: summaries } = await store.search({ ...everything, traceql })
    const longest = summaries.map(({ traceId }) => {
      const failed = traces.find(({ id }) => id === traceId)?.spans.filter((span) => span.failed) ?? []
      return Math.max(...failed.map(({ startNs, endNs }) => Number(endNs - startNs)))
    })
    expect(summaries.map(({ matched }) => matched?.durationNs)).toEqual(longest)
  })
})

test('a summary says of a trace what its spans say', async () => {
  const { traces: summaries } = await store.search({ ...everything, service: 'payment-service', limit: 200 })
  expect(summaries.length).toBeGreaterThan(10)
  for (const summary of summaries) {
    const trace = traces.find(({ id }) => id === summary.traceId)
    if (trace === undefined) throw new Error('not among all traces')
    const mine = trace.spans.filter(({ service }) => service === 'payment-service')
    const matched = mine.find(({ id }) => id === summary.matched?.spanId)
    expect(summary).toMatchObject({
      startNs: String(trace.startNs),
      durationNs: trace.durationNs,
      spanCount: trace.spans.length,
      errorCount: trace.spans.filter(({ failed }) => failed).length,
      matched: {
        name: matched?.name,
        durationNs: Math.max(...mine.map((span) => Number(span.endNs - span.startNs))),
      },
    })
    expect(summary.services.find(({ name }) => name === 'payment-service')?.spanCount).toBe(mine.length)
    expect(summary.services.reduce((sum, { spanCount }) => sum + spanCount, 0)).toBe(trace.spans.length)
  }
})

test('single spans come along where they are asked for, of their kind', async () => {
  const asked = { ...everything, service: 'order-service', operation: 'POST /orders' }
  const { traces: summaries } = await store.search({ ...asked, spanKind: 'server', limit: 200 })
  expect(summaries.length).toBeGreaterThan(10)
  for (const { traceId, spans } of summaries) {
    const of = traces.find(({ id }) => id === traceId)?.spans ?? []
    const meant = of.filter(({ service, name }) => service === 'order-service' && name === 'POST /orders')
    expect(spans?.map(({ spanId }) => spanId)).toEqual(meant.map(({ id }) => id))
  }
  expect((await store.search({ ...asked, spanKind: 'consumer' })).traces).toEqual([])
})

test('past the limit the newest come, and it is said that there are more', async () => {
  const all = await found(everything)
  const cut = await store.search({ ...everything, limit: 20 })
  expect([cut.traces.map(({ traceId }) => traceId), cut.limitReached]).toEqual([all.slice(0, 20), true])
  expect((await store.search({ ...everything, limit: all.length })).limitReached).toBe(false)
})

test('names are those the spans have', () => {
  const spans = traces.flatMap((trace) => trace.spans)
  const ofCart = spans.filter(({ service }) => service === 'cart-service')
  expect(store.operations('cart-service')).toEqual(sorted(ofCart.map(({ name }) => name)))
  expect(store.operations('')).toEqual(sorted(spans.map(({ name }) => name)))
  expect(store.services()).toEqual(expect.arrayContaining(sorted(spans.map(({ service }) => service))))
  const keys = sorted(spans.flatMap(({ attributes }) => [...attributes].map((pair) => pair.split('=', 1)[0])))
  const [ofSpans, ofResources] = store.tags().map(({ tags }) => tags)
  expect(sorted([...ofSpans, ...ofResources])).toEqual(keys)
  expect(store.tagValues('http.request.method').map(({ value }) => value)).toEqual(['GET', 'POST'])
  expect(store.tagValues('http.response.status_code')).toContainEqual({ type: 'int', value: '200' })
  expect(store.tagValues('span.http.request.method').map(({ value }) => value)).toEqual(['GET', 'POST'])
  expect(store.tagValues('resource.http.request.method')).toEqual([])
  expect(store.tagValues('name').map(({ value }) => value)).toEqual(store.operations(''))
  expect(store.tagValues('no.such')).toEqual([])
})

test('calls between services are counted from the spans, those by a message too', () => {
  const byId = new Map(traces.flatMap((trace) => trace.spans.map((span) => [span.id, span])))
  const counts: Record<string, [calls: number, errors: number]> = {}
  for (const span of byId.values())
    for (const cause of span.causes) {
      const parent = byId.get(cause)?.service
      // A message goes through its queue.
      if (parent === undefined || parent === span.service || span.kind === 5) continue
      const call = (counts[`${parent} ${span.service}`] ??= [0, 0])
      call[0]++
      if (span.failed) call[1]++
    }
  const answered = store
    .dependencies({ startMs, endMs })
    .filter(({ childKind, parentKind }) => childKind === undefined && parentKind === undefined)
    .map(({ parent, child, callCount, errorCount }) => [`${parent} ${child}`, [callCount, errorCount]])
  expect(Object.fromEntries(answered)).toEqual(counts)
  expect(counts).toHaveProperty('order-service payment-service')
})

test('a message is a call into its queue, and one out of it by each service that took it', () => {
  const spans = traces.flatMap((trace) => trace.spans)
  const countOf = (service: string, kind: number) =>
    spans.filter(
      (span) =>
        span.service === service &&
        span.kind === kind &&
        span.attributes.has('messaging.destination.name=order-events'),
    ).length
  const told = store.dependencies({ startMs, endMs })
  const into = told.filter(({ childKind }) => childKind === 'queue')
  expect(into.map(({ parent, child, callCount }) => [parent, child, callCount])).toEqual([
    ['order-service', 'order-events', countOf('order-service', 4)],
  ])
  const out = told.filter(({ parentKind }) => parentKind === 'queue')
  expect(Object.fromEntries(out.map(({ child, callCount }) => [child, callCount]))).toEqual({
    'shipping-service': countOf('shipping-service', 5),
    'notification-service': countOf('notification-service', 5),
  })
  expect(countOf('shipping-service', 5)).toBeGreaterThan(0)
})

test('a trace that is not there is not there', () => {
  expect(store.trace('0'.repeat(31) + '1')).toBeUndefined()
})

test('statements in databases are calls too, with how long they took', () => {
  const statements = traces.flatMap((trace) =>
    trace.spans.filter(
      ({ service, kind, attributes }) =>
        service === 'payment-service' && kind === 3 && attributes.has('db.namespace=payments-db'),
    ),
  )
  const told = store
    .dependencies({ startMs, endMs })
    .find(({ parent, childKind }) => parent === 'payment-service' && childKind === 'database')
  expect(told).toMatchObject({ child: 'payments-db', callCount: statements.length })
  expect(told?.seconds?.p50).toBeLessThanOrEqual(told?.seconds?.p99 ?? 0)
})

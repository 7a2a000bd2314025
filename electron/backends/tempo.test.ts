import { describe, expect, it } from 'vitest'
import { traceQuery } from '../../test/builders/trace-query'
import type { TraceBackend } from './backend'
import { fakeServer, fakeTarget, type FakeAnswer } from './fake-server'
import { createSourceClient } from './http'
import { createTempo } from './tempo'

const signal = new AbortController().signal
const window = { startMs: 1_700_000_000_500, endMs: 1_700_000_060_100 }
const seconds = 'start=1700000000&end=1700000061'
const traceId = '00bf92f3577b34da6a3ce929d0e0e473'
const query = traceQuery(window.startMs, window.endMs, { service: 'order', limit: 2 })

function tempo(routes: Readonly<Record<string, FakeAnswer>>): { asked: string[]; traces: TraceBackend } {
  const server = fakeServer(routes)
  const { traces } = createTempo(createSourceClient(fakeTarget('tempo'), { fetch: server.fetch }))
  if (traces === undefined) throw new Error('Tempo keeps traces.')
  return { asked: server.asked, traces }
}

const protobuf =
  (...bytes: number[]): FakeAnswer =>
  () =>
    new Response(new Uint8Array(bytes), { headers: { 'content-type': 'application/protobuf' } })

describe('a search in Tempo', () => {
  it('asks for the newest in TraceQL, with whole seconds around the range', async () => {
    const { traces, asked } = tempo({ '/api/search': { traces: [] } })
    await traces.search(query, signal)
    expect(asked).toEqual([
      `/api/search?q={ resource.service.name = "order" } with (most_recent=true)&${seconds}&limit=2&spss=3`,
    ])
  })

  it('leaves the hint out for good where Tempo does not know it', async () => {
    const { traces, asked } = tempo({
      '/api/search': (url) =>
        url.searchParams.get('q')?.includes('with')
          ? new Response('parse error', { status: 400 })
          : Response.json({}),
    })
    expect(await traces.search(query, signal)).toMatchObject({ answer: { traces: [] } })
    await traces.search(query, signal)
    expect(asked.map((path) => path.includes('most_recent'))).toEqual([true, false, false])
  })

  it('says what is wrong with the query as it was written', async () => {
    const { traces, asked } = tempo({
      '/api/search': () => new Response('parse error at line 1, col 11', { status: 400 }),
    })
    await expect(traces.search({ ...query, traceql: '{ status = ' }, signal)).rejects.toMatchObject({
      error: { kind: 'bad-query', detail: 'parse error at line 1, col 11' },
    })
    expect(asked.at(-1)).toContain('q={ status =&')
  })

  it('pads ids, fills in what is zero, and sums the services', async () => {
    const { traces } = tempo({
      '/api/search': {
        traces: [
          {
            traceID: 'bf92f3577b34da6a3ce929d0e0e473',
            rootServiceName: 'order',
            rootTraceName: 'GET /a',
            startTimeUnixNano: '1700000000000000001',
            durationMs: 1500,
            spanSets: [
              {
                matched: 2,
                spans: [
                  { spanID: '563d623c76514f8e', name: 'short', durationNanos: '10' },
                  { spanID: '63d623c76514f8e', name: 'long', durationNanos: '20' },
                ],
              },
            ],
            serviceStats: { order: { spanCount: 1 }, payment: { spanCount: 4, errorCount: 2 } },
          },
          { traceID: 'abc', rootServiceName: '<root span not yet received>', startTimeUnixNano: '5' },
        ],
        metrics: { completedJobs: 3, totalJobs: 3 },
      },
    })
    expect(await traces.search(query, signal)).toEqual({
      kind: 'summaries',
      answer: {
        limitReached: true,
        notes: [],
        traces: [
          {
            traceId,
            rootService: 'order',
            rootName: 'GET /a',
            startNs: '1700000000000000001',
            durationNs: 1.5e9,
            spanCount: 5,
            errorCount: 2,
            failed: true,
            services: [
              { name: 'payment', spanCount: 4 },
              { name: 'order', spanCount: 1 },
            ],
            matched: { spanId: '063d623c76514f8e', name: 'long', durationNs: 20 },
          },
          {
            traceId: '00000000000000000000000000000abc',
            rootService: '',
            rootName: '',
            startNs: '5',
            durationNs: 0,
            spanCount: undefined,
            errorCount: undefined,
            failed: undefined,
            services: [],
            matched: undefined,
          },
        ],
      },
    })
  })

  it('tells of single spans where those are asked for', async () => {
    const spans = [
      { spanID: '1', name: 'GET /a', durationNanos: '10' },
      { spanID: '2', name: 'GET /a', durationNanos: '20' },
    ]
    const { traces, asked } = tempo({
      '/api/search': { traces: [{ traceID: 'abc', startTimeUnixNano: '5', spanSets: [{ spans }] }] },
    })
    const result = await traces.search({ ...query, spanKind: 'server' }, signal)
    expect(asked[0]).toContain('kind = server } with (most_recent=true)')
    expect(asked[0]).toContain('spss=20')
    expect(result).toMatchObject({
      answer: {
        traces: [
          {
            spans: [
              { spanId: '0000000000000002', durationNs: 20 },
              { spanId: '0000000000000001', durationNs: 10 },
            ],
          },
        ],
      },
    })
  })

  it('says when Tempo did not look everywhere', async () => {
    const { traces } = tempo({ '/api/search': { traces: null, metrics: { completedJobs: 2, totalJobs: 5 } } })
    expect(await traces.search(query, signal)).toMatchObject({
      answer: { notes: ['shop looked through 2 of 5 parts of this time range: there may be more.'] },
    })
  })
})

describe('tags of Tempo', () => {
  it('come by scope from v2, and in one heap from v1', async () => {
    const v2 = tempo({
      '/api/v2/search/tags': { scopes: [{ name: 'span', tags: ['b', 'a'] }, { name: 'event' }] },
    })
    expect(await v2.traces.tags?.(window, signal)).toEqual([
      { scope: 'span', tags: ['a', 'b'] },
      { scope: 'event', tags: [] },
    ])
    expect(v2.asked).toEqual([`/api/v2/search/tags?${seconds}`])
    const v1 = tempo({ '/api/search/tags': { tagNames: ['a'] } })
    expect(await v1.traces.tags?.(window, signal)).toEqual([{ scope: '', tags: ['a'] }])
  })

  it.each([
    ['resource.service.name', 'resource.service.name', 'service.name'],
    ['http.route', '.http.route', 'http.route'],
    ['.http.route', '.http.route', 'http.route'],
    ['status', 'status', 'status'],
    ['span:name', 'span:name', 'span:name'],
  ])('have values under the name TraceQL has for %s', async (tag, identifier, bare) => {
    const value = { type: 'string', value: 'x' }
    const v2 = tempo({ [`/api/v2/search/tag/${identifier}/values`]: { tagValues: [value] } })
    expect(await v2.traces.tagValues?.(tag, '{ a }', window, signal)).toEqual([value])
    expect(v2.asked).toEqual([`/api/v2/search/tag/${identifier}/values?q={ a }&${seconds}`])
    const v1 = tempo({ [`/api/search/tag/${bare}/values`]: { tagValues: ['x'] } })
    expect(await v1.traces.tagValues?.(tag, '', window, signal)).toEqual([value])
  })

  it('give services and their operations', async () => {
    const { traces, asked } = tempo({
      '/api/v2/search/tag/resource.service.name/values': { tagValues: [{ type: 'string', value: 'order' }] },
      '/api/v2/search/tag/name/values': {
        tagValues: [
          { type: 'string', value: 'b' },
          { type: 'string', value: 'a' },
        ],
      },
    })
    expect(await traces.services(window, signal)).toEqual(['order'])
    expect(await traces.operations('or"der', window, signal)).toEqual(['a', 'b'])
    expect(asked[1]).toContain('q={ resource.service.name = "or\\"der" }')
  })
})

describe('a trace of Tempo', () => {
  const request = { traceId, window: undefined, raw: false }

  it('is asked for as protobuf from v2, with an hour of margin', async () => {
    let accept = ''
    const { traces, asked } = tempo({
      [`/api/v2/traces/${traceId}`]: (_, init) => {
        accept = init.headers['accept']
        return new Response(new Uint8Array([0x0a, 0x01, 0x00]), {
          headers: { 'content-type': 'application/protobuf', 'content-length': '3' },
        })
      },
    })
    expect(await traces.trace({ ...request, window }, signal)).toMatchObject({
      contentType: 'application/protobuf',
      lengthBytes: 3,
      notes: [],
    })
    expect(accept).toBe('application/protobuf')
    expect(asked).toEqual([`/api/v2/traces/${traceId}?start=1699996400&end=1700003661`])
  })

  it('comes from v1 where v2 is absent', async () => {
    const { traces, asked } = tempo({ [`/api/traces/${traceId}`]: { batches: [{}] } })
    await expect(traces.trace(request, signal)).resolves.toMatchObject({ notes: [] })
    await traces.trace(request, signal)
    expect(asked.filter((path) => path.startsWith('/api/v2'))).toHaveLength(1)
  })

  it.each<[string, FakeAnswer]>([
    ['an empty message', protobuf()],
    ['a message with statistics only', protobuf(0x0a, 0x00, 0x12, 0x02, 0x08, 0x07)],
    ['an empty document', { trace: {}, metrics: { inspectedBytes: '10' } }],
    ['a trace without batches', { trace: { resourceSpans: [] } }],
    ['404', () => new Response('trace not found', { status: 404 })],
  ])('answered with %s is not there, with or without its range', async (_, answer) => {
    const { traces, asked } = tempo({
      [`/api/v2/traces/${traceId}`]: answer,
      '/api/v2/traces/bf92f3577b34da6a3ce929d0e0e473': answer,
    })
    await expect(traces.trace({ ...request, window }, signal)).rejects.toMatchObject({
      error: {
        kind: 'not-found',
        message: `shop has no trace ${traceId}.`,
        status: 404,
        tried: [
          { what: 'id of 32 digits, around its time', id: traceId },
          { what: 'id without its leading zeros, around its time', id: traceId.replace(/^0+/, '') },
          { what: 'id of 32 digits, at any time', id: traceId },
          { what: 'id without its leading zeros, at any time', id: traceId.replace(/^0+/, '') },
        ],
      },
    })
    expect(asked.map((path) => path.includes('?'))).toEqual([true, true, false, false])
  })

  it('outside the range it was sought in is found without it', async () => {
    const { traces } = tempo({
      [`/api/v2/traces/${traceId}`]: (url) =>
        Response.json({ trace: url.search === '' ? { resourceSpans: [{}] } : {} }),
      '/api/v2/traces/bf92f3577b34da6a3ce929d0e0e473': { trace: {} },
    })
    await expect(traces.trace({ ...request, window }, signal)).resolves.toMatchObject({ notes: [] })
  })

  it('that Tempo refuses for its size is there, and said to be so', async () => {
    const { traces } = tempo({
      [`/api/v2/traces/${traceId}`]: () =>
        new Response('trace exceeds max size (max bytes: 5000000)', { status: 422 }),
    })
    await expect(traces.trace(request, signal)).rejects.toMatchObject({
      error: {
        kind: 'too-large',
        message: 'shop keeps this trace and refuses to send it, because it is larger than its limit.',
        detail: 'trace exceeds max size (max bytes: 5000000)',
      },
    })
  })
})

import { describe, expect, it } from 'vitest'
import type { TraceQuery } from '#shared/api/contract'
import { readText } from './bytes'
import { fakeServer, fakeTarget, webPage, type FakeAnswer } from './fake-server'
import { createSourceClient } from './http'
import { createJaeger } from './jaeger'
import type { TraceBackend } from './backend'

const signal = new AbortController().signal
const window = { startMs: 1_700_000_000_000, endMs: 1_700_000_060_000 }
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const query: TraceQuery = {
  service: 'order',
  operation: 'GET /a',
  tags: [{ key: 'http.status_code', value: '500' }],
  minDurationNs: 1.5e9,
  maxDurationNs: undefined,
  errorsOnly: true,
  ...window,
  limit: 2,
  traceql: '',
}

function jaeger(routes: Readonly<Record<string, FakeAnswer>>): { asked: string[]; traces: TraceBackend } {
  const server = fakeServer(routes)
  const { traces } = createJaeger(createSourceClient(fakeTarget('jaeger'), { fetch: server.fetch }))
  if (traces === undefined) throw new Error('Jaeger keeps traces.')
  return { asked: server.asked, traces }
}

const notFound =
  (message: string): FakeAnswer =>
  () =>
    Response.json({ error: { httpCode: 404, message } }, { status: 404 })

const hasErrorTag = (url: URL): boolean =>
  /"error":"true"/.test(url.searchParams.get('tags') ?? url.searchParams.get('query.attributes') ?? '')

describe('services and operations of Jaeger', () => {
  it('come from v3', async () => {
    const { traces, asked } = jaeger({
      '/api/v3/services': { services: ['b', 'a', 'b'] },
      '/api/v3/operations': { operations: [{ name: 'y', spanKind: 'server' }, { name: 'x' }, { name: 'y' }] },
    })
    expect(await traces.services(window, signal)).toEqual(['a', 'b'])
    expect(await traces.operations('a b', window, signal)).toEqual(['x', 'y'])
    expect(asked).toEqual(['/api/v3/services', '/api/v3/operations?service=a b'])
  })

  it('come from v1 where v3 is absent, and v3 is not asked again', async () => {
    const { traces, asked } = jaeger({
      '/api/services': { data: ['a'], total: 1, errors: null },
      '/api/operations': { data: [{ name: 'x', spanKind: '' }] },
    })
    expect(await traces.services(window, signal)).toEqual(['a'])
    expect(await traces.services(window, signal)).toEqual(['a'])
    expect(await traces.operations('a', window, signal)).toEqual(['x'])
    expect(asked.filter((path) => path === '/api/v3/services')).toHaveLength(1)
  })

  it('come from v1 where the web page answers for v3', async () => {
    const { traces } = jaeger({
      '/api/v3/services': webPage('Jaeger UI'),
      '/api/services': { data: null, errors: null },
    })
    expect(await traces.services(window, signal)).toEqual([])
  })

  it('do not hide a login page or a failure behind v1', async () => {
    const login = jaeger({ '/api/v3/services': webPage('Sign in'), '/api/services': { data: ['a'] } })
    await expect(login.traces.services(window, signal)).rejects.toMatchObject({
      error: { kind: 'login-page' },
    })
    const down = jaeger({
      '/api/v3/services': new Response('', { status: 503 }),
      '/api/services': { data: ['a'] },
    })
    await expect(down.traces.services(window, signal)).rejects.toMatchObject({
      error: { kind: 'server-error' },
    })
  })
})

describe('a search in Jaeger', () => {
  it('reads summaries where they are', async () => {
    const { traces, asked } = jaeger({
      '/api/v3/trace-summaries': {
        summaries: [
          {
            traceId: 'ABC',
            rootServiceName: 'order',
            rootOperationName: 'GET /a',
            minStartTimeUnixNano: '1700000000000000001',
            maxEndTimeUnixNano: '1700000001500000001',
            spanCount: 3,
            errorSpanCount: 1,
            services: [
              { name: 'order', spanCount: 1 },
              { name: 'payment', spanCount: 2 },
            ],
          },
          { traceID: traceId },
        ],
      },
    })
    expect(await traces.search(query, signal)).toEqual({
      kind: 'summaries',
      answer: {
        limitReached: true,
        notes: [],
        traces: [
          {
            traceId: '00000000000000000000000000000abc',
            rootService: 'order',
            rootName: 'GET /a',
            startNs: '1700000000000000001',
            durationNs: 1.5e9,
            spanCount: 3,
            errorCount: 1,
            failed: true,
            services: [
              { name: 'payment', spanCount: 2 },
              { name: 'order', spanCount: 1 },
            ],
            matched: undefined,
          },
          {
            traceId,
            rootService: '',
            rootName: '',
            startNs: '0',
            durationNs: 0,
            spanCount: 0,
            errorCount: 0,
            failed: false,
            services: [],
            matched: undefined,
          },
        ],
      },
    })
    expect(asked).toEqual([
      '/api/v3/trace-summaries?query.serviceName=order&query.operationName=GET /a' +
        '&query.startTimeMin=2023-11-14T22:13:20.000Z&query.startTimeMax=2023-11-14T22:14:20.000Z' +
        '&query.searchDepth=2&query.durationMin=1500000000ns' +
        '&query.attributes={"http.status_code":"500","error":"true"}',
    ])
  })

  it('streams whole traces of v1 where there are no summaries', async () => {
    const { traces, asked } = jaeger({ '/api/traces': { data: [{ traceID: 'a', spans: [] }] } })
    const result = await traces.search(query, signal)
    expect(result.kind === 'traces' && (await readText(result.stream.body))).toBe(
      '{"data":[{"traceID":"a","spans":[]}]}',
    )
    expect(asked[1]).toBe(
      '/api/traces?service=order&operation=GET /a&start=1700000000000000&end=1700000060000000&limit=2' +
        '&minDuration=1500000000ns&tags={"http.status_code":"500","error":"true"}',
    )
  })

  it('streams whole traces of v3 in its old spelling where nothing else is, and warns of tags', async () => {
    const { traces, asked } = jaeger({
      '/api/v3/traces': { result: { resourceSpans: [{}] } },
      '/api/traces': webPage('Jaeger UI'),
    })
    expect(await traces.search(query, signal)).toMatchObject({
      kind: 'traces',
      notes: [
        'shop may be too old to search by tags or errors this way: look whether these traces have them.',
      ],
    })
    expect(asked.at(-1)).toContain(
      'query.service_name=order&query.operation_name=GET /a&query.start_time_min=',
    )
  })

  it('streams whole traces, though there are summaries, where single spans are asked for', async () => {
    const { traces } = jaeger({ '/api/v3/trace-summaries': { summaries: [] }, '/api/traces': { data: [] } })
    expect(await traces.search({ ...query, spanKind: 'server' }, signal)).toMatchObject({ kind: 'traces' })
  })

  it('is empty where v3 says 404', async () => {
    const { traces } = jaeger({ '/api/v3/traces': notFound('No traces found') })
    expect(await traces.search(query, signal)).toEqual({
      kind: 'summaries',
      answer: { traces: [], limitReached: false, notes: [] },
    })
  })

  const errorsNote =
    'shop found none by the tag error=true; those with errors among the traces it gave are shown.'

  it('asks for whole traces of any kind when the tag of a kind finds none, and says so', async () => {
    const { traces, asked } = jaeger({
      '/api/v3/trace-summaries': { summaries: [] },
      '/api/traces': { data: [{ traceID: 'a', spans: [{}] }] },
    })
    const tags = [...query.tags, { key: 'span.kind', value: 'server' }]
    expect(await traces.search({ ...query, errorsOnly: false, tags }, signal)).toMatchObject({
      kind: 'traces',
      notes: [
        'shop found none by the tag span.kind=server; those with such a span among the traces it gave are shown.',
      ],
    })
    expect(asked.map((path) => /span.kind/.test(path))).toEqual([true, false])
    expect(asked[1]).toContain('&tags={"http.status_code":"500"}')
  })

  it('for errors asks v1 without the tag when the tag finds none, keeps the other tags, and says so', async () => {
    const { traces, asked } = jaeger({
      '/api/traces': (url) =>
        Response.json(
          hasErrorTag(url)
            ? { data: [], total: 0, limit: 0, offset: 0, errors: null }
            : { data: [{ traceID: 'a', spans: [{}] }] },
        ),
    })
    const result = await traces.search(query, signal)
    expect(result).toMatchObject({ kind: 'traces', notes: [errorsNote] })
    expect(result.kind === 'traces' && (await readText(result.stream.body))).toContain('"traceID":"a"')
    expect(asked.at(-1)).toContain('tags={"http.status_code":"500"}')
  })

  it('for errors asks for summaries without the tag when the tag finds none', async () => {
    const { traces } = jaeger({
      '/api/v3/trace-summaries': (url) =>
        Response.json(hasErrorTag(url) ? {} : { summaries: [{ traceId: 'abc', errorSpanCount: 1 }] }),
    })
    expect(await traces.search(query, signal)).toMatchObject({
      answer: { traces: [{ errorCount: 1 }], notes: [errorsNote] },
    })
  })

  it('for errors is plainly empty when there is nothing without the tag either, and asks once without errors', async () => {
    const { traces, asked } = jaeger({ '/api/traces': { data: null } })
    expect(await traces.search(query, signal)).toMatchObject({ kind: 'traces', notes: [] })
    expect(asked.filter((path) => path.startsWith('/api/traces'))).toHaveLength(2)
    await traces.search({ ...query, errorsOnly: false }, signal)
    expect(asked.filter((path) => path.startsWith('/api/traces'))).toHaveLength(3)
  })

  it('passes on what the server says of a bad query', async () => {
    const { traces } = jaeger({
      '/api/traces': () =>
        Response.json(
          { data: null, errors: [{ code: 400, msg: "parameter 'service' is required" }] },
          { status: 400 },
        ),
    })
    await expect(traces.search(query, signal)).rejects.toMatchObject({
      error: { kind: 'bad-query', detail: "parameter 'service' is required" },
    })
  })
})

describe('a trace of Jaeger', () => {
  const request = { traceId, window: undefined, raw: false }

  it('comes from v3, raw when asked', async () => {
    const { traces, asked } = jaeger({
      [`/api/v3/traces/${traceId}`]: { result: { resourceSpans: [{ scopeSpans: [] }] } },
    })
    const answer = await traces.trace({ ...request, raw: true }, signal)
    expect(answer).toMatchObject({ contentType: 'application/json', notes: [] })
    expect(asked).toEqual([`/api/v3/traces/${traceId}?rawTraces=true&raw_traces=true`])
  })

  it('comes from v1 where v3 is absent', async () => {
    const { traces } = jaeger({
      [`/api/v3/traces/${traceId}`]: webPage('Jaeger UI'),
      [`/api/traces/${traceId}`]: { data: [{ traceID: traceId, spans: [{}] }] },
    })
    const answer = await traces.trace(request, signal)
    expect(await readText(answer.body)).toContain('"data"')
  })

  it('is looked for under its other spellings, and in its time range last', async () => {
    const id = '0000000000000000000ab12300000001'
    const short = '000ab12300000001'
    const { traces, asked } = jaeger({
      [`/api/v3/traces/${id}`]: notFound('trace not found'),
      [`/api/v3/traces/ab12300000001`]: notFound('trace not found'),
      [`/api/v3/traces/${short}`]: (url) =>
        url.searchParams.has('startTime')
          ? Response.json({ result: { resourceSpans: [{}] } })
          : Response.json({ result: {} }),
    })
    const answer = await traces.trace({ traceId: id, window, raw: false }, signal)
    expect(answer.notes).toEqual([`shop knows this trace as ${short}.`])
    expect(asked.map((path) => path.replace(/\?.*/, '?'))).toEqual([
      `/api/v3/traces/${id}`,
      '/api/v3/traces/ab12300000001',
      `/api/v3/traces/${short}`,
      `/api/v3/traces/${id}?`,
      '/api/v3/traces/ab12300000001?',
      `/api/v3/traces/${short}?`,
    ])
  })

  it('that is not there is said to be so', async () => {
    const { traces } = jaeger({ [`/api/v3/traces/${traceId}`]: notFound('No traces found') })
    await expect(traces.trace(request, signal)).rejects.toMatchObject({
      error: { kind: 'not-found', message: `shop has no trace ${traceId}.`, detail: 'No traces found' },
    })
  })

  it('on a server without either route is no missing trace', async () => {
    const { traces } = jaeger({})
    await expect(traces.trace(request, signal)).rejects.toMatchObject({
      error: { kind: 'not-found', message: `shop has nothing at /api/traces/${traceId} (404).` },
    })
  })
})

/** A store of calls that are stamped with moments. */
const stampedAt = (...stamps: readonly number[]) =>
  jaeger({
    '/api/dependencies': ({ searchParams }: URL) => {
      const [end, back] = ['endTs', 'lookback'].map((key) => Number(searchParams.get(key)))
      const count = stamps.filter((ms) => ms >= end - back && ms <= end).length
      const data = count === 0 ? [] : [{ parent: 'a', child: 'b', callCount: 86_400 * count }]
      return Response.json({ data })
    },
  })

describe('dependencies of Jaeger', () => {
  it('are asked for in milliseconds', async () => {
    const { traces, asked } = jaeger({
      '/api/dependencies': { data: [{ parent: 'a', child: 'b', callCount: 3 }] },
    })
    expect(await traces.dependencies?.(window, signal)).toEqual({
      calls: [{ parent: 'a', child: 'b', callCount: 3, errorCount: undefined }],
      notes: [],
    })
    expect(asked).toEqual(['/api/dependencies?endTs=1700000060000&lookback=60000'])
  })

  it('are none where the server says null', async () => {
    const { traces } = jaeger({ '/api/dependencies': { data: null } })
    expect(await traces.dependencies?.(window, signal)).toEqual({ calls: [], notes: [] })
  })

  const day = Date.UTC(2023, 10, 14)
  const noon = { startMs: day + 43_200_000, endMs: day + 43_500_000 }

  it('are those of the day where they are counted once a day, which is said', async () => {
    const { traces } = stampedAt(day - 86_400_000, day, day + 86_400_000)
    expect(await traces.dependencies?.(noon, signal)).toEqual({
      calls: [{ parent: 'a', child: 'b', callCount: 86_400, errorCount: undefined }],
      notes: ['shop counts calls once a day: these are all of 2023-11-14 (UTC).'],
      window: { startMs: day, endMs: day + 86_400_000 },
    })
  })

  it.each([
    ['where there are calls at other times of the day', [day, day + 3_600_000]],
    ['where there are none at its beginning', [day + 3_600_000]],
    ['where there are none at all', []],
  ])('are none in a quiet time %s', async (_, stamps) => {
    const { traces } = stampedAt(...stamps)
    expect(await traces.dependencies?.(noon, signal)).toEqual({ calls: [], notes: [] })
  })

  it('leave out what cannot be read, and say how much', async () => {
    const { traces } = jaeger({
      '/api/dependencies': {
        data: [
          { parent: 'a', child: 'b', callCount: '3' },
          { parent: 'a', child: 'c', callCount: -5 },
          { parent: 'a', child: 'c', callCount: 'NaN' },
          { child: 'c', callCount: 1 },
          { parent: 'a', child: '', callCount: 1 },
          null,
        ],
      },
    })
    expect(await traces.dependencies?.(window, signal)).toEqual({
      calls: [{ parent: 'a', child: 'b', callCount: 3, errorCount: undefined }],
      notes: ['5 calls of 6 cannot be read: a name is missing, or a count is none.'],
    })
  })
})

import { Worker } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { offeredChoice } from '#shared/api/demo-scenarios'
import type { DependencyAnswer, ProbeReport, SearchAnswer, Source } from '#shared/api/contract'
import type { LogVolume } from '#shared/api/logs'
import type { ExemplarSeries, MetricAnswer } from '#shared/api/metrics'
import { levelOf } from '#shared/logs/batch'
import { readAnswer } from '#shared/logs/read-lines'
import { traceOf } from '#shared/logs/trace-of-line'
import { traceQuery } from '../../test/builders/trace-query'
import type { Handler } from './handler'
import { createDemoShop } from '../local/demo-shop'
import { addSource, closeHandlers, demoWorker, errorIn, get, handlerOver, send } from './handler-over'
import { createMemoryPreferences } from './source-store'

afterEach(closeHandlers)

const bodyOf = async <Body>(answer: Promise<Response>): Promise<Body> => (await (await answer).json()) as Body

test('the demo shop is a source that answers by the routes of every other', async () => {
  const { handler } = handlerOver()
  await addSource(handler)
  const beforeMs = Date.now()
  const started = await send(handler, 'POST', '/api/demo', { scenario: 'bad-deploy', seed: 2 })
  expect(started.status).toBe(201)
  const source = (await started.json()) as Source
  expect(source).toMatchObject({
    id: 'demo:bad-deploy:2',
    kind: 'local',
    begunBy: 'page',
    name: 'Demo shop',
    lasts: 'run',
    demo: { scenario: 'bad-deploy', seed: 2 },
  })
  expect(await bodyOf<Source[]>(get(handler, '/api/sources'))).toMatchObject([{ name: 'shop' }, source])

  const path = `/api/sources/${encodeURIComponent(source.id)}`
  expect(await bodyOf<ProbeReport>(get(handler, `${path}/probe`))).toMatchObject({
    ok: true,
    product: 'Demo shop',
    seen: { what: 'services', total: 12 },
  })
  expect(await bodyOf<string[]>(get(handler, `${path}/services`))).toContain('order-service')
  expect(await bodyOf<string[]>(get(handler, `${path}/operations?service=edge-gateway`))).toContain(
    'POST /api/checkout',
  )
  expect(await bodyOf<{ scope: string }[]>(get(handler, `${path}/tags`))).toMatchObject([
    { scope: 'span' },
    { scope: 'resource' },
    { scope: 'event' },
  ])
  expect(await bodyOf<object[]>(get(handler, `${path}/tag-values?tag=http.request.method`))).toContainEqual({
    type: 'string',
    value: 'POST',
  })
  expect((await bodyOf<DependencyAnswer>(get(handler, `${path}/dependencies`))).calls).toContainEqual(
    expect.objectContaining({ parent: 'web-bff', child: 'order-service' }),
  )

  await asksForMetrics(handler, `${path}/metrics`)
  await asksForLogs(handler, `${path}/logs`)

  // The run ended when it was asked for: the last hour, asked now, holds it.
  const query = traceQuery(Date.now() - 3_600_000, Date.now(), {
    service: 'edge-gateway',
    operation: 'POST /api/checkout',
    errorsOnly: true,
    limit: 5,
  })
  const search = (asked: object): Promise<Response> =>
    get(handler, `${path}/search?query=${encodeURIComponent(JSON.stringify(asked))}`)
  const { traces, limitReached } = await bodyOf<SearchAnswer>(search(query))
  expect([traces.length, limitReached]).toEqual([5, true])
  const newestMs = Number(BigInt(traces[0].startNs) / 1_000_000n)
  expect(newestMs).toBeGreaterThan(beforeMs - 10 * 60_000)
  expect(newestMs).toBeLessThanOrEqual(Date.now())

  const trace = await get(handler, `${path}/traces/${traces[0].traceId}`)
  expect(trace.headers.get('content-type')).toBe('application/json')
  expect(trace.headers.get('x-clew-source')).toBe('Demo%20shop')
  expect(JSON.stringify(await trace.json())).toContain(traces[0].traceId)

  const failed = '{ name = "POST /api/checkout" && status = error }'
  expect((await bodyOf<SearchAnswer>(search({ ...query, traceql: failed }))).traces).toEqual(traces)
  expect(await errorIn(await search({ ...query, traceql: '{ name == 1 }' }))).toMatchObject({
    http: 400,
    kind: 'bad-query',
    message: 'Demo shop did not understand the query.',
    detail: 'at line 1, col 9: “=” was not expected here. An attribute or a value should follow.',
  })
  expect(await errorIn(await get(handler, `${path}/traces/1`))).toMatchObject({
    http: 404,
    kind: 'not-found',
  })

  expect((await get(handler, path, { method: 'DELETE' })).status).toBe(204)
  expect(await bodyOf<Source[]>(get(handler, '/api/sources'))).toMatchObject([{ name: 'shop' }])
  expect((await get(handler, `${path}/services`)).status).toBe(404)
})

async function asksForMetrics(handler: Handler, path: string): Promise<void> {
  const ask = <Body>(question: string): Promise<Body> => bodyOf<Body>(get(handler, `${path}/${question}`))
  const window = `startMs=${Date.now() - 3_600_000}&endMs=${Date.now()}`
  const orders = encodeURIComponent(
    'sum(rate(http_server_request_duration_seconds_count{job="order-service"}[5m]))',
  )
  const range = await ask<MetricAnswer>(`range?query=${orders}&${window}&stepMs=60000`)
  expect([range.kind, range.series.length]).toEqual(['matrix', 1])
  expect(range.series[0].values.length).toBeGreaterThan(40)
  expect(await ask(`query?query=vector(1)&timeMs=60000`)).toMatchObject({
    kind: 'vector',
    series: [{ times: [60], values: [1] }],
  })
  const bucket = encodeURIComponent('http_server_request_duration_seconds_bucket{job="order-service"}')
  const [{ exemplars }] = await ask<ExemplarSeries[]>(`exemplars?query=${bucket}&${window}`)
  expect(exemplars[0].labels.trace_id).toMatch(/^[0-9a-f]{32}$/)
  expect(await ask('labels')).toContain('http_route')
  expect(await ask('label-values?label=job')).toContain('order-service')
  expect(await ask<object[]>(`series?match=${bucket}`)).toContainEqual(
    expect.objectContaining({ le: '+Inf' }),
  )
  expect(await ask<object[]>('metadata?metric=target_info')).toMatchObject([{ type: 'gauge' }])
  expect(await ask('rules')).toContainEqual(
    expect.objectContaining({ name: 'RequestsFail', state: 'firing' }),
  )
  const unknown = encodeURIComponent('sum(\n  smoothed_rate(up))')
  expect(await errorIn(await get(handler, `${path}/range?query=${unknown}&stepMs=1000`))).toMatchObject({
    http: 400,
    kind: 'bad-query',
    detail: expect.stringMatching(/^2:3: /),
  })
}

async function asksForLogs(handler: Handler, path: string): Promise<void> {
  const ask = <Body>(question: string, params: Record<string, string>): Promise<Body> =>
    bodyOf<Body>(get(handler, `${path}/${question}?${new URLSearchParams(params).toString()}`))
  const [startMs, endMs] = [String(Date.now() - 3_600_000), String(Date.now())]
  const within = { startMs, endMs }
  const exactly = { startNs: `${startMs}000000`, endNs: `${endMs}000000` }
  const query = '{service_name="order-service"} | severity_text="ERROR"'
  const lines = await get(
    handler,
    `${path}/lines?${new URLSearchParams({ query, ...exactly, limit: '9000' }).toString()}`,
  )
  expect(lines.headers.get('x-clew-limit')).toBe('5000')
  const { batch } = readAnswer(await lines.json(), 'newest')
  expect(batch.length).toBeGreaterThan(8)
  expect([levelOf({ batch, at: 0 }), traceOf({ batch, at: 0 })?.traceId]).toEqual([
    'error',
    expect.stringMatching(/^[0-9a-f]{32}$/),
  ])
  const { levels } = await ask<LogVolume>('volume', { query, ...within, stepMs: '60000' })
  expect(levels.map(({ level }) => level)).toEqual(['error'])
  expect(levels[0].counts.reduce((sum, count) => sum + count)).toBe(batch.length)
  const counted = { query: `sum(count_over_time(${query} [5m]))`, ...within, stepMs: '60000' }
  expect((await ask<MetricAnswer>('metric', counted)).series).toHaveLength(1)
  expect(await ask('labels', within)).toContain('k8s_pod_name')
  expect(await ask('label-values', { label: 'service_name', ...within })).toContain('order-service')
  expect(await ask<object[]>('series', { query, ...exactly })).toContainEqual(
    expect.objectContaining({ service_name: 'order-service' }),
  )
  expect(await ask<object[]>('fields', { query, ...within })).toContainEqual(
    expect.objectContaining({ label: 'severity_number', type: 'int', cardinality: 1 }),
  )
  expect(await ask('field-values', { field: 'severity_text', query, ...within })).toEqual(['ERROR'])
  expect(await ask('patterns', { query, ...within })).toEqual([])
  expect(
    await errorIn(await get(handler, `${path}/volume?query=${encodeURIComponent('{a="b"} |\n nope')}`)),
  ).toMatchObject({
    http: 400,
    kind: 'bad-query',
    detail: expect.stringMatching(/^parse error at line 2, col 6: /),
  })
  // A run has ended when it is asked: nothing is to come.
  expect(await errorIn(await get(handler, `${path}/tail?query=%7B%7D&startNs=1`))).toMatchObject({
    kind: 'not-found',
    message: 'Demo shop has no lines to come.',
  })
}

test('another run takes the place of the one there is, and whoever waits for that is told', async () => {
  const { handler } = handlerOver()
  const before = await bodyOf<Source>(send(handler, 'POST', '/api/demo', { scenario: 'healthy', seed: 1 }))
  const waiting = get(handler, `/api/sources/${encodeURIComponent(before.id)}/services`)
  await send(handler, 'POST', '/api/demo', { scenario: 'healthy', seed: 2 })
  expect(await errorIn(await waiting)).toMatchObject({ http: 404, message: 'Demo shop has ended.' })
  expect(await bodyOf<Source[]>(get(handler, '/api/sources'))).toMatchObject([{ id: 'demo:healthy:2' }])
})

test('who no longer waits for the demo shop is let go', async () => {
  const { handler } = handlerOver()
  const { id } = await bodyOf<Source>(send(handler, 'POST', '/api/demo', { scenario: 'healthy', seed: 1 }))
  const leaving = new AbortController()
  const asked = get(handler, `/api/sources/${encodeURIComponent(id)}/services`, { signal: leaving.signal })
  leaving.abort()
  expect(await errorIn(await asked)).toMatchObject({ kind: 'cancelled' })
})

test.each([
  [{ scenario: 'meltdown', seed: 1 }, /^The scenario must be one of pool-exhaustion, /],
  [{ scenario: 'healthy', seed: 1.5 }, /^The seed must be a whole number\.$/],
])('%j is no run of the demo shop', async (choice, message) => {
  const { handler } = handlerOver()
  expect(await errorIn(await send(handler, 'POST', '/api/demo', choice))).toMatchObject({
    http: 400,
    message: expect.stringMatching(message),
  })
})

/** A handler with a run that began by itself, and what it keeps. */
async function withFirstDemo() {
  const preferences = createMemoryPreferences()
  const demoShop = createDemoShop((data) => new Worker(demoWorker, { workerData: data }))
  const { handler } = handlerOver({}, { preferences, demoShop })
  await demoShop.start(offeredChoice, 'itself')
  const kinds = async () => (await bodyOf<Source[]>(get(handler, '/api/sources'))).map(({ kind }) => kind)
  return { handler, preferences, kinds }
}

test('a run that began by itself says so, and is over for good once it is ended', async () => {
  const { handler, preferences, kinds } = await withFirstDemo()
  const [source] = await bodyOf<Source[]>(get(handler, '/api/sources'))
  expect(source).toMatchObject({ id: 'demo:pool-exhaustion:1', begunBy: 'itself' })
  await get(handler, `/api/sources/${encodeURIComponent(source.id)}`, { method: 'DELETE' })
  expect([await kinds(), (await preferences.get()).demoEnded]).toEqual([[], true])
})

test('the first connection ends the demo for good; one begun beside connections stays', async () => {
  const { handler, preferences, kinds } = await withFirstDemo()
  await addSource(handler)
  expect([await kinds(), (await preferences.get()).demoEnded]).toEqual([['tempo'], true])
  await send(handler, 'POST', '/api/demo', offeredChoice)
  await addSource(handler, { name: 'another' })
  expect(await kinds()).toEqual(['tempo', 'tempo', 'local'])
})

test('opened files end the run that began by itself, and none that was asked for', async () => {
  const { handler, kinds } = await withFirstDemo()
  const open = async (id: string) => {
    await send(handler, 'POST', '/api/opened', { id, name: 'Opened files', place: 'a.log', openedMs: 1 })
    const body = new TextEncoder().encode('level=info msg="at last" ts=2026-01-01T00:00:00Z\n'.repeat(3))
    const headers = { 'content-type': 'application/octet-stream' }
    await get(handler, `/api/opened/${id}/bytes?document=a.log`, { method: 'POST', headers, body })
    await send(handler, 'POST', `/api/opened/${id}/document-end`, {})
    expect((await send(handler, 'POST', `/api/opened/${id}/end`, {})).status).toBe(201)
  }
  await open('files:a')
  expect(await kinds()).toEqual(['files'])
  await send(handler, 'POST', '/api/demo', offeredChoice)
  await open('files:b')
  expect(await kinds()).toEqual(['local', 'files', 'files'])
})

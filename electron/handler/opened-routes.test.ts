/** Files handed over as the page does it, and asked like a server. */
import { afterEach, expect, test } from 'vitest'
import type { SearchAnswer, Source } from '#shared/api/contract'
import type { MetricAnswer } from '#shared/api/metrics'
import { traceQuery } from '../../test/builders/trace-query.ts'
import { closeHandlers, errorIn, get, handlerOver, send } from './handler-over.ts'
import type { Handler } from './options.ts'

const startMs = 1_793_000_000_000
const traceId = '5b8efff798038103d269b633813fc60c'

/** A checkout that fails in payment, and the line that says why. */
const trace = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'checkout' } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId,
              spanId: 'eee19b7ec3c1b174',
              name: 'POST /pay',
              kind: 2,
              startTimeUnixNano: `${startMs}000000`,
              endTimeUnixNano: `${startMs + 250}000000`,
              attributes: [{ key: 'http.response.status_code', value: { intValue: '500' } }],
              status: { code: 2 },
            },
          ],
        },
      ],
    },
  ],
}
const log = {
  resourceLogs: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'checkout' } }] },
      scopeLogs: [
        {
          logRecords: [
            {
              timeUnixNano: `${startMs + 100}000001`,
              severityNumber: 17,
              severityText: 'ERROR',
              body: { stringValue: 'card declined' },
              traceId,
            },
          ],
        },
      ],
    },
  ],
}

const metric = {
  resourceMetrics: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'checkout' } }] },
      scopeMetrics: [
        {
          metrics: [
            {
              name: 'queue',
              gauge: {
                dataPoints: [
                  {
                    timeUnixNano: `${startMs + 100}000000`,
                    asInt: '7',
                    exemplars: [{ timeUnixNano: `${startMs + 90}000000`, asInt: '7', traceId }],
                  },
                  { asInt: '8' },
                ],
              },
            },
          ],
        },
      ],
    },
  ],
}

afterEach(closeHandlers)

const id = 'files:f1,f2'
const path = `/api/opened/${encodeURIComponent(id)}`

async function sendBytes(handler: Handler, document: string, text: string): Promise<Response> {
  return get(handler, `${path}/bytes?document=${encodeURIComponent(document)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new TextEncoder().encode(text),
  })
}

async function add(handler: Handler, document: string, text: string): Promise<void> {
  // In two pieces, cut in the middle of a word.
  const half = Math.floor(text.length / 2)
  await sendBytes(handler, document, text.slice(0, half))
  await sendBytes(handler, document, text.slice(half))
  await get(handler, `${path}/document-end`, { method: 'POST' })
}

async function begin(handler: Handler): Promise<void> {
  const opening = { id, name: 'Opened files', place: 'a, b', openedMs: 1 }
  const answer = await send(handler, 'POST', '/api/opened', opening)
  expect(answer.status).toBe(204)
}

async function opened(): Promise<Handler> {
  const { handler } = handlerOver()
  await begin(handler)
  await add(handler, 'a.json', JSON.stringify(trace))
  await add(handler, 'b.json', JSON.stringify(log))
  await add(handler, 'c.json', JSON.stringify(metric))
  expect((await get(handler, `${path}/end`, { method: 'POST' })).status).toBe(201)
  return handler
}

const ask = async <Answer>(handler: Handler, rest: string): Promise<Answer> => {
  const answer = await get(handler, `/api/sources/${encodeURIComponent(id)}/${rest}`)
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as Answer
}

const searched = (traceql: string): string =>
  `search?query=${encodeURIComponent(JSON.stringify(traceQuery(startMs - 1000, startMs + 1000, { traceql })))}`

test('files are one source, which says what it holds and of when', async () => {
  const handler = await opened()
  const sources = (await (await get(handler, '/api/sources')).json()) as Source[]
  expect(sources).toEqual([
    expect.objectContaining({
      kind: 'files',
      id,
      name: 'Opened files',
      place: 'a, b',
      openedMs: 1,
      startMs,
      endMs: startMs + 251,
      holds: expect.objectContaining({ spans: 1, traces: 1, lines: 1, series: 1 }),
      documents: [
        expect.objectContaining({ name: 'a.json', spans: 1, lines: 0, series: 0 }),
        expect.objectContaining({ name: 'b.json', spans: 0, lines: 1, series: 0 }),
        expect.objectContaining({
          name: 'c.json',
          spans: 0,
          lines: 0,
          series: 1,
          problems: [expect.stringContaining('1 point of c.json')],
        }),
      ],
      capabilities: expect.objectContaining({ traces: true, logs: true, metrics: true }),
    }),
  ])
})

test('a source tells which of its documents could not be read to their end', async () => {
  const { handler } = handlerOver()
  await begin(handler)
  await add(handler, 'a.json', JSON.stringify(trace))
  await get(handler, `${path}/broken?document=logs.json`, { method: 'POST' })
  const ended = await get(handler, `${path}/end`, { method: 'POST' })
  expect(await ended.json()).toMatchObject({ broken: ['logs.json'] })
  expect((await get(handler, `${path}/broken?document=late.json`, { method: 'POST' })).status).toBe(404)
})

test('a search finds a span by what it says, and its trace can be read', async () => {
  const handler = await opened()
  const query = '{ resource.service.name = "checkout" && span.http.response.status_code >= 500 }'
  const { traces } = await ask<SearchAnswer>(handler, searched(query))
  expect(traces).toMatchObject([
    { traceId, rootName: 'POST /pay', errorCount: 1, matched: { spanId: 'eee19b7ec3c1b174' } },
  ])
  expect((await ask<SearchAnswer>(handler, searched('{ .http.response.status_code = 200 }'))).traces).toEqual(
    [],
  )
  const read = await ask<typeof trace>(handler, `traces/${traceId}`)
  expect(read.resourceSpans[0].scopeSpans[0].spans[0]).toMatchObject(
    trace.resourceSpans[0].scopeSpans[0].spans[0],
  )
})

test('the lines of its trace are found', async () => {
  const handler = await opened()
  const query = encodeURIComponent(`{service_name="checkout"} | trace_id="${traceId}"`)
  const answer = await ask<{ data: { result: { values: string[][] }[] } }>(
    handler,
    `logs/lines?query=${query}&startNs=${startMs}000000&endNs=${startMs + 1000}000000`,
  )
  expect(answer.data.result[0].values[0].slice(0, 2)).toEqual([`${startMs + 100}000001`, 'card declined'])
})

test('its metrics are asked, and an exemplar names the trace', async () => {
  const handler = await opened()
  const answer = await ask<MetricAnswer>(handler, `metrics/query?query=queue*2&timeMs=${startMs + 1000}`)
  expect(answer.series).toMatchObject([{ labels: { job: 'checkout' }, values: [14] }])
  const window = `startMs=${startMs}&endMs=${startMs + 1000}`
  expect(await ask(handler, `metrics/exemplars?query=queue&${window}`)).toMatchObject([
    { exemplars: [{ labels: { trace_id: traceId }, value: 7 }] },
  ])
  const refused = await get(
    handler,
    `/api/sources/${encodeURIComponent(id)}/metrics/query?query=rate(queue)&timeMs=${startMs}`,
  )
  expect(await errorIn(refused)).toMatchObject({ kind: 'bad-query', detail: expect.stringMatching(/^1:6: /) })
})

test('a query that cannot be read is refused at its place', async () => {
  const handler = await opened()
  const answer = await get(handler, `/api/sources/${encodeURIComponent(id)}/${searched('{ name = }')}`)
  expect(await errorIn(answer)).toMatchObject({ http: 400, kind: 'bad-query', detail: /at line 1, col \d+/ })
})

test('what is opened next stands beside what was open, the newest first, and bytes for what is not read are refused', async () => {
  const handler = await opened()
  expect(await errorIn(await sendBytes(handler, 'c.json', '{}'))).toMatchObject({ http: 404 })
  const next = { id: 'files:f3', name: 'Opened files', place: 'c', openedMs: 2 }
  await send(handler, 'POST', '/api/opened', next)
  expect(await ask(handler, 'services')).toEqual(['checkout'])
  // There is nothing in it: it is none.
  const nothing = await get(handler, '/api/opened/files%3Af3/end', { method: 'POST' })
  expect(await errorIn(nothing)).toMatchObject({ kind: 'empty-answer' })
  expect(await ask(handler, 'services')).toEqual(['checkout'])
  await send(handler, 'POST', '/api/opened', next)
  const bytes = { method: 'POST', headers: { 'content-type': 'application/octet-stream' } }
  await get(handler, '/api/opened/files%3Af3/bytes?document=c', { ...bytes, body: JSON.stringify(trace) })
  await get(handler, '/api/opened/files%3Af3/document-end', { method: 'POST' })
  await get(handler, '/api/opened/files%3Af3/end', { method: 'POST' })
  const sources = (await (await get(handler, '/api/sources')).json()) as Source[]
  expect(sources.map((source) => [source.id, source.name])).toEqual([
    ['files:f3', 'Opened files (2)'],
    [id, 'Opened files'],
  ])
  expect(await ask(handler, 'services')).toEqual(['checkout'])
})

async function openSet(handler: Handler, one: string, openedMs: number): Promise<void> {
  await send(handler, 'POST', '/api/opened', { id: one, name: one, place: one, openedMs })
  const body = JSON.stringify(trace)
  const init = { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body }
  await get(handler, `/api/opened/${encodeURIComponent(one)}/bytes?document=a`, init)
  await get(handler, `/api/opened/${encodeURIComponent(one)}/document-end`, { method: 'POST' })
  await get(handler, `/api/opened/${encodeURIComponent(one)}/end`, { method: 'POST' })
}

test('of more than eight sets the one opened first is closed, whenever it was handed over', async () => {
  const { handler } = handlerOver()
  const ids = Array.from({ length: 9 }, (_, at) => `files:${at}`)
  for (const at of [1, 2, 4, 3, 5, 6, 7, 8, 0]) await openSet(handler, ids[at], at)
  const sources = (await (await get(handler, '/api/sources')).json()) as Source[]
  expect(sources.map((source) => source.id)).toEqual(ids.slice(1).toReversed())
})

test('a set of files that is removed is gone', async () => {
  const handler = await opened()
  const answer = await send(handler, 'DELETE', `/api/sources/${encodeURIComponent(id)}`, undefined)
  expect(answer.status).toBe(204)
  expect(await (await get(handler, '/api/sources')).json()).toEqual([])
})

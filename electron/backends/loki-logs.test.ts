import { describe, expect, it } from 'vitest'
import { fakeServer, fakeTarget, type FakeAnswer } from './fake-server'
import { createSourceClient } from './http'
import { createLoki } from './loki'
import type { LogsBackend } from './logs-backend'

const signal = new AbortController().signal
const window = { startMs: 1_700_000_000_500, endMs: 1_700_000_060_000 }
const range = 'start=1700000000500000000&end=1700000060000000000'

function loki(routes: Readonly<Record<string, FakeAnswer>>): { asked: string[]; logs: LogsBackend } {
  const server = fakeServer(routes)
  const { logs } = createLoki(createSourceClient(fakeTarget('loki'), { fetch: server.fetch }))
  if (logs === undefined) throw new Error('Loki keeps logs.')
  return { asked: server.asked, logs }
}

const path = '/loki/api/v1/query_range'
const lines = { query: '{a="b"}', startNs: '1', endNs: '9', limit: 5000, direction: 'backward' } as const
const oneLine = { status: 'success', data: { resultType: 'streams', result: [] } }

describe('lines of Loki', () => {
  it('are passed on as they are, and asked for with their metadata apart', async () => {
    const flags: unknown[] = []
    const { logs, asked } = loki({
      [path]: (_, init) => {
        flags.push(init.headers['x-loki-response-encoding-flags'])
        return Response.json(oneLine)
      },
    })
    const answer = await logs.lines(lines, signal)
    expect(await new Response(answer.body).json()).toEqual(oneLine)
    expect(answer.limit).toBe(5000)
    expect(asked).toEqual([`${path}?query={a="b"}&start=1&end=9&limit=5000&direction=backward`])
    expect(flags).toEqual(['categorize-labels'])
  })

  it('are as many as the server’s own limit allows, which is kept in mind', async () => {
    const refusal = 'max entries limit per query exceeded, limit > max_entries_limit_per_query (5000 > 800)'
    const { logs, asked } = loki({
      [path]: (url) =>
        Number(url.searchParams.get('limit')) > 800
          ? new Response(refusal, { status: 400 })
          : Response.json(oneLine),
    })
    expect((await logs.lines(lines, signal)).limit).toBe(800)
    expect((await logs.lines(lines, signal)).limit).toBe(800)
    expect(asked.map((one) => /limit=(\d+)/.exec(one)?.[1])).toEqual(['5000', '800', '800'])
  })

  it('of a query that would make a long URL are asked for by a form', async () => {
    const query = `{a="b"} |~ "${'needle|'.repeat(800)}"`
    const posted: unknown[] = []
    const { logs, asked } = loki({
      [path]: (_, { method, body }) => {
        posted.push([method, new URLSearchParams(body).get('query'), new URLSearchParams(body).get('limit')])
        return Response.json(oneLine)
      },
    })
    await new Response((await logs.lines({ ...lines, query }, signal)).body).text()
    expect([asked, posted]).toEqual([[path], [['POST', query, '5000']]])
  })

  it('without end are broken off', async () => {
    const chunk = new TextEncoder().encode(`{"data":"${'x'.repeat(10_000)}"`)
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(chunk) })
    const server = fakeServer({ [path]: () => new Response(endless) })
    const client = createSourceClient(fakeTarget('loki'), {
      fetch: server.fetch,
      limits: { streamBytes: 1e6 },
    })
    const answer = await createLoki(client).logs?.lines(lines, signal)
    await expect(new Response(answer?.body).text()).rejects.toMatchObject({ error: { kind: 'too-large' } })
  })

  it('that cannot be read for a mistake in the query say so in Loki’s words', async () => {
    const words = 'parse error at line 1, col 5: syntax error: unexpected IDENTIFIER'
    const { logs } = loki({ [path]: () => new Response(words, { status: 400 }) })
    await expect(logs.lines(lines, signal)).rejects.toMatchObject({
      error: { kind: 'bad-query', detail: words },
    })
  })
})

const at = (seconds: number): number => 1_700_000_000 + seconds

describe('the volume of Loki', () => {
  it('has a bar for every step, and one list of counts for every level', async () => {
    const { logs, asked } = loki({
      [path]: {
        status: 'success',
        data: {
          resultType: 'matrix',
          result: [
            {
              metric: { detected_level: 'error' },
              values: [
                [at(20), '3'],
                [at(60), '4'],
              ],
            },
            { metric: { detected_level: 'error', level: 'E' }, values: [[at(20), '1']] },
            { metric: { level: 'info' }, values: [[at(40), '7']] },
            { metric: {}, values: [[at(600), '9']] },
          ],
        },
      },
    })
    expect(await logs.volume('{a="b"} # all', window, 20_000, signal)).toEqual({
      startMs: 1_700_000_000_000,
      stepMs: 20_000,
      levels: [
        { level: 'error', counts: [4, 0, 4] },
        { level: 'info', counts: [0, 7, 0] },
        { level: '', counts: [0, 0, 0] },
      ],
    })
    expect(asked).toEqual([
      `${path}?query=sum by (detected_level, level) (count_over_time({a="b"} # all\n| drop __error__ [20s]))&start=1700000020000000000&end=1700000060000000000&step=20`,
    ])
  })
})

describe('names of Loki', () => {
  it('are asked for within the window, and of the streams that are meant', async () => {
    const { logs, asked } = loki({
      '/loki/api/v1/labels': { status: 'success', data: ['b', 'a'] },
      '/loki/api/v1/label/app/values': { status: 'success', data: ['x'] },
      '/loki/api/v1/series': { status: 'success', data: [{ app: 'x' }] },
    })
    expect(await logs.labels('', window, signal)).toEqual(['a', 'b'])
    expect(await logs.labelValues('app', '{a="b"}', window, signal)).toEqual(['x'])
    expect(await logs.series('{a="b"}', { startNs: '5', endNs: '6' }, signal)).toEqual([{ app: 'x' }])
    expect(asked).toEqual([
      `/loki/api/v1/labels?${range}`,
      `/loki/api/v1/label/app/values?${range}&query={a="b"}`,
      '/loki/api/v1/series?match[]={a="b"}&start=5&end=6',
    ])
  })

  it('of fields are none where the server is too old to look for them', async () => {
    const { logs } = loki({})
    expect(await logs.fields?.('{a="b"}', window, signal)).toEqual([])
    expect(await logs.fieldValues?.('x', '{a="b"}', window, signal)).toEqual([])
  })

  it('of fields come with what reads them', async () => {
    const { logs } = loki({
      '/loki/api/v1/detected_fields': {
        fields: [{ label: 'took', type: 'duration', cardinality: 3, parsers: null }],
        limit: 1000,
      },
      '/loki/api/v1/detected_field/took/values': { values: ['2ms', '1ms'], limit: 1000 },
    })
    expect(await logs.fields?.('{a="b"}', window, signal)).toEqual([
      { label: 'took', type: 'duration', cardinality: 3, parsers: [] },
    ])
    expect(await logs.fieldValues?.('took', '{a="b"}', window, signal)).toEqual(['1ms', '2ms'])
  })
})

it('patterns of Loki have a level where it says one, and what is no list of them is refused', async () => {
  const { logs } = loki({
    '/loki/api/v1/patterns': { status: 'success', data: [{ pattern: 'a <_>', samples: [[1, 2]] }] },
  })
  expect(await logs.patterns?.('{a="b"}', window, signal)).toEqual([
    { pattern: 'a <_>', level: '', samples: [[1, 2]] },
  ])
  const broken = loki({ '/loki/api/v1/patterns': { status: 'success', data: [{ pattern: 7 }] } })
  await expect(broken.logs.patterns?.('{a="b"}', window, signal)).rejects.toMatchObject({
    error: { kind: 'bad-answer' },
  })
})

it('numbers counted from lines come as those of metrics do, with what they cost and what was warned of', async () => {
  const values = [
    [1_700_000_000, '2'],
    [1_700_000_015, 'NaN'],
  ]
  const { logs, asked } = loki({
    [path]: {
      status: 'success',
      warnings: ['one ingester did not answer'],
      data: {
        resultType: 'matrix',
        result: [{ metric: { app: 'x' }, values }],
        stats: { summary: { execTime: 0.25, totalBytesProcessed: 4_000, queueTime: 0 } },
      },
    },
  })
  expect(await logs.metric('rate({app="x"}[1m])', window, 15_000, signal)).toEqual({
    kind: 'matrix',
    series: [
      { labels: { app: 'x' }, times: [1_700_000_000, 1_700_000_015], values: [2, 'NaN'], histograms: [] },
    ],
    text: undefined,
    warnings: ['one ingester did not answer'],
    infos: [],
    stats: { evaluationTime: 0.25, samples: undefined, searchedBytes: 4_000 },
  })
  expect(asked).toEqual([`${path}?query=rate({app="x"}[1m])&${range}&step=15`])
})

import { describe, expect, it } from 'vitest'
import { cutWarning, Enough } from './enough'
import { fakeServer, fakeTarget, type FakeAnswer } from './fake-server'
import { createSourceClient } from './http'
import type { MetricsBackend } from './metrics-backend'
import { createPrometheus } from './prometheus'
import { labelInPath } from './prometheus-metrics'

const signal = new AbortController().signal
const window = { startMs: 1_000, endMs: 61_500 }

function prometheus(routes: Readonly<Record<string, FakeAnswer>>): {
  asked: string[]
  metrics: MetricsBackend
} {
  const server = fakeServer(routes)
  const { metrics } = createPrometheus(createSourceClient(fakeTarget('prometheus'), { fetch: server.fetch }))
  if (metrics === undefined) throw new Error('Prometheus keeps metrics.')
  return { asked: server.asked, metrics }
}

const answering = (data: unknown, rest: object = {}): FakeAnswer => ({ status: 'success', data, ...rest })

/** What a range query answers whose body is said to be enough after so much of it. */
const ended = async (sent: string) => {
  const enough = new AbortController()
  const { metrics } = prometheus({
    '/api/v1/query_range': () =>
      new Response(
        new ReadableStream<Uint8Array>(
          {
            pull(controller) {
              if (sent === '') enough.abort(new Enough())
              else controller.enqueue(new TextEncoder().encode(sent.slice(0, 40)))
              sent = sent.slice(40)
            },
          },
          { highWaterMark: 0 },
        ),
      ),
  })
  return metrics.queryRange('up', window, 15_000, enough.signal)
}

describe('a query whose answer drips', () => {
  it('is ended with the series that came, and says so', async () => {
    const begun =
      '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"job":"a"},"values":[[1,"2"],[16,"3"]]},{"metric":{"job":"b"},"values":[[1,"4"],[16,'
    const { series, warnings } = await ended(begun)
    expect(series.map(({ labels, values }) => [labels, values])).toEqual([
      [{ job: 'a' }, [2, 3]],
      [{ job: 'b' }, [4]],
    ])
    expect(warnings).toEqual([cutWarning])
  })

  it('has no answer where nothing whole came', async () => {
    await expect(ended('{"status":"success","data":{"resu')).rejects.toMatchObject({
      error: { kind: 'cancelled' },
    })
  })
})

describe('a query', () => {
  const long = `sum(rate(http_requests_total{route=~"${'/orders|'.repeat(800)}"}[5m]))`

  it('that would make a long URL is posted as a form, without a word of it in the URL', async () => {
    const posted: unknown[] = []
    const { metrics, asked } = prometheus({
      '/api/v1/query_range': (_, { method, body, headers }) => {
        posted.push([method, new URLSearchParams(body).get('query'), headers['content-type']])
        return Response.json({ status: 'success', data: { resultType: 'matrix', result: [] } })
      },
    })
    expect((await metrics.queryRange(long, window, 15_000, signal)).series).toEqual([])
    expect(asked).toEqual(['/api/v1/query_range'])
    expect(posted).toEqual([['POST', long, 'application/x-www-form-urlencoded']])
  })

  it('is asked by its URL, however long, where what stands before the server takes no POST', async () => {
    const { metrics, asked } = prometheus({
      '/api/v1/query_range': ({ searchParams }, { method }) =>
        method === 'POST'
          ? new Response('read only', { status: 405 })
          : Response.json({
              status: 'success',
              data: {
                resultType: 'matrix',
                result: [{ metric: { q: searchParams.get('query') }, values: [] }],
              },
            }),
    })
    expect((await metrics.queryRange(long, window, 15_000, signal)).series[0].labels).toEqual({ q: long })
    expect(asked.length).toBe(2)
  })

  it('has numbers that are none, native histograms, warnings and what it cost', async () => {
    const { metrics, asked } = prometheus({
      '/api/v1/query_range': answering(
        {
          resultType: 'matrix',
          result: [
            {
              metric: { __name__: 'up' },
              values: [
                [1, '1.5'],
                [16.5, 'NaN'],
                [31, '+Inf'],
                [46, '-Inf'],
              ],
            },
            {
              metric: { job: 'shop' },
              histograms: [
                [
                  1,
                  {
                    count: '3',
                    sum: '4.5',
                    buckets: [
                      [0, '0.5', '1', '2'],
                      [0, '1', '+Inf', '1'],
                    ],
                  },
                ],
                [16, { count: '0', sum: '0' }],
              ],
            },
          ],
          stats: { timings: { evalTotalTime: 0.25 }, samples: { totalQueryableSamples: 12 } },
        },
        { warnings: ['one store is away'], infos: ['metric might not be a counter'] },
      ),
    })
    expect(await metrics.queryRange('up', window, 15_000, signal)).toEqual({
      kind: 'matrix',
      series: [
        {
          labels: { __name__: 'up' },
          times: [1, 16.5, 31, 46],
          values: [1.5, 'NaN', '+Inf', '-Inf'],
          histograms: [],
        },
        {
          labels: { job: 'shop' },
          times: [],
          values: [],
          histograms: [
            {
              time: 1,
              count: 3,
              sum: 4.5,
              buckets: [
                [0, 0.5, 1, 2],
                [0, 1, Number.MAX_VALUE, 1],
              ],
            },
            { time: 16, count: 0, sum: 0, buckets: [] },
          ],
        },
      ],
      text: undefined,
      warnings: ['one store is away'],
      infos: ['metric might not be a counter'],
      stats: { evaluationTime: 0.25, samples: 12 },
    })
    expect(asked).toEqual(['/api/v1/query_range?query=up&start=1&end=61.5&step=15&stats=true'])
  })

  it.each<[string, unknown, object]>([
    [
      'vector',
      [{ metric: { a: 'b' }, value: [2, '7'] }],
      { series: [{ labels: { a: 'b' }, times: [2], values: [7], histograms: [] }] },
    ],
    ['scalar', [2, '7'], { series: [{ labels: {}, times: [2], values: [7], histograms: [] }] }],
    ['string', [2, 'seven'], { series: [], text: 'seven' }],
  ])('at one time may be a %s', async (resultType, result, expected) => {
    const { metrics } = prometheus({ '/api/v1/query': answering({ resultType, result }) })
    expect(await metrics.query('x', 2_000, signal)).toMatchObject({ kind: resultType, ...expected })
  })

  it.each<[number, object, object]>([
    [
      400,
      { errorType: 'bad_data', error: 'invalid parameter "query": 1:5: parse error: unexpected end' },
      { kind: 'bad-query', detail: 'invalid parameter "query": 1:5: parse error: unexpected end' },
    ],
    [
      422,
      { errorType: 'execution', error: 'found duplicate series' },
      { kind: 'bad-query', message: 'shop cannot evaluate this query.' },
    ],
    [
      503,
      { errorType: 'timeout', error: 'query timed out in expression evaluation' },
      { kind: 'timeout', message: 'shop gave up on this query: it took too long.' },
    ],
  ])('that fails with %d is told in the server’s words', async (status, body, expected) => {
    const { metrics } = prometheus({
      '/api/v1/query': () => Response.json({ status: 'error', ...body }, { status }),
    })
    await expect(metrics.query('x', 1_000, signal)).rejects.toMatchObject({ error: expected })
  })

  it.each<[string, unknown]>([
    ['samples that are no pairs', { resultType: 'matrix', result: [{ metric: {}, values: [[1]] }] }],
    ['a value that is no text', { resultType: 'matrix', result: [{ metric: {}, values: [[1, 2]] }] }],
    ['labels that are no text', { resultType: 'vector', result: [{ metric: { a: 1 }, value: [1, '2'] }] }],
    ['an unknown kind', { resultType: 'streams', result: [] }],
    ['nothing', null],
  ])('answered with %s is a bad answer', async (_, data) => {
    const { metrics } = prometheus({ '/api/v1/query': answering(data) })
    await expect(metrics.query('x', 1_000, signal)).rejects.toMatchObject({ error: { kind: 'bad-answer' } })
  })
})

describe('exemplars', () => {
  it('come with the labels of their series; those without a number are left out', async () => {
    const { metrics, asked } = prometheus({
      '/api/v1/query_exemplars': answering([
        {
          seriesLabels: { __name__: 'x_bucket', le: '0.5' },
          exemplars: [
            { labels: { trace_id: 'abc' }, value: '0.42', timestamp: 1600096945.479 },
            { labels: { trace_id: 'def' }, value: 'NaN', timestamp: 1600096945 },
          ],
        },
      ]),
    })
    expect(await metrics.exemplars('rate(x_bucket[1m])', window, signal)).toEqual([
      {
        labels: { __name__: 'x_bucket', le: '0.5' },
        exemplars: [{ labels: { trace_id: 'abc' }, value: 0.42, time: 1600096945.479 }],
      },
    ])
    expect(asked).toEqual(['/api/v1/query_exemplars?query=rate(x_bucket[1m])&start=1&end=61.5'])
  })

  it('are none where they are null, or the server knows no such thing', async () => {
    expect(
      await prometheus({ '/api/v1/query_exemplars': answering(null) }).metrics.exemplars('x', window, signal),
    ).toEqual([])
    expect(await prometheus({}).metrics.exemplars('x', window, signal)).toEqual([])
  })
})

describe('names', () => {
  it('are asked for within a selector and a window', async () => {
    const { metrics, asked } = prometheus({
      '/api/v1/labels': answering(['b', 'a']),
      '/api/v1/label/U__http_2e_code/values': answering(['500']),
      '/api/v1/series': answering([{ __name__: 'up' }]),
    })
    expect(await metrics.labels('', window, signal)).toEqual(['a', 'b'])
    expect(await metrics.labelValues('http.code', 'up', window, signal)).toEqual(['500'])
    expect(await metrics.series('up', window, signal)).toEqual([{ __name__: 'up' }])
    expect(asked).toEqual([
      '/api/v1/labels?start=1&end=61.5&limit=20000',
      '/api/v1/label/U__http_2e_code/values?start=1&end=61.5&match[]=up&limit=20000',
      '/api/v1/series?start=1&end=61.5&match[]=up&limit=20000',
    ])
  })

  it.each([
    ['__name__', '__name__'],
    ['http.status_code', 'U__http_2e_status__code'],
    ['0x', 'U___30_x'],
  ])('of labels stand in paths as Prometheus reads them: %s', (label, path) => {
    expect(labelInPath(label)).toBe(path)
  })

  it('of metrics come with what is known of them, or not at all', async () => {
    const { metrics } = prometheus({
      '/api/v1/metadata': answering({ up: [{ type: 'gauge', help: 'Is it up?' }, { type: 'counter' }] }),
    })
    expect(await metrics.metadata(undefined, signal)).toEqual([
      { name: 'up', type: 'gauge', help: 'Is it up?', unit: '' },
    ])
    expect(await prometheus({}).metrics.metadata('up', signal)).toEqual([])
  })
})

describe('rules', () => {
  it('come with their alerts and since when these are there', async () => {
    const { metrics } = prometheus({
      '/api/v1/rules': answering({
        groups: [
          {
            name: 'shop',
            rules: [
              {
                type: 'alerting',
                name: 'Slow',
                query: 'p99 > 0.5',
                duration: 60,
                labels: { severity: 'page' },
                state: 'firing',
                lastError: '',
                alerts: [
                  {
                    labels: { job: 'order' },
                    state: 'firing',
                    activeAt: '2026-11-12T14:24:00Z',
                    value: '4.8e+00',
                  },
                  { state: 'odd', activeAt: '0001-01-01T00:00:00Z' },
                ],
              },
              { type: 'recording', name: 'a:b', query: 'sum(a)', lastError: 'too many samples' },
            ],
          },
        ],
      }),
    })
    expect(await metrics.rules?.(signal)).toEqual([
      {
        kind: 'alerting',
        name: 'Slow',
        group: 'shop',
        query: 'p99 > 0.5',
        holdSeconds: 60,
        labels: { severity: 'page' },
        annotations: {},
        state: 'firing',
        alerts: [
          {
            labels: { job: 'order' },
            annotations: {},
            state: 'firing',
            sinceMs: Date.UTC(2026, 10, 12, 14, 24),
            value: 4.8,
          },
          { labels: {}, annotations: {}, state: 'unknown', sinceMs: undefined, value: undefined },
        ],
        problem: undefined,
      },
      {
        kind: 'recording',
        name: 'a:b',
        group: 'shop',
        query: 'sum(a)',
        holdSeconds: 0,
        labels: {},
        annotations: {},
        state: 'unknown',
        alerts: [],
        problem: 'too many samples',
      },
    ])
  })
})

describe('what the store holds', () => {
  const data = {
    headStats: { numSeries: 508, numLabelPairs: 90, chunkCount: 937, minTime: 1_000, maxTime: 9_000 },
    seriesCountByMetricName: [{ name: 'requests_total', value: 400 }],
    labelValueCountByLabelName: [{ name: 'user_id', value: 390 }],
    memoryInBytesByLabelName: null,
    seriesCountByLabelValuePair: [{ name: 'job=shop', value: 500 }],
  }

  it('is told as it is, and is not told by servers that have no such store', async () => {
    const { metrics, asked } = prometheus({ '/api/v1/status/tsdb': answering(data) })
    expect(await metrics.tsdb?.(signal)).toEqual({
      series: 508,
      startMs: 1_000,
      endMs: 9_000,
      seriesByMetric: [{ name: 'requests_total', value: 400 }],
      valuesByLabel: [{ name: 'user_id', value: 390 }],
      bytesByLabel: [],
      seriesByPair: [{ name: 'job=shop', value: 500 }],
    })
    expect(asked).toEqual(['/api/v1/status/tsdb?limit=50'])
    expect(await prometheus({}).metrics.tsdb?.(signal)).toBeUndefined()
  })

  it('that is said in another shape is a failure', async () => {
    const { metrics } = prometheus({ '/api/v1/status/tsdb': answering({ headStats: {} }) })
    await expect(metrics.tsdb?.(signal)).rejects.toThrow()
  })
})

describe('a refusal that comes with 200', () => {
  it.each([
    ['bad_data', 'bad-query', 'shop refuses the query.'],
    ['internal', 'server-error', 'shop failed on its side.'],
  ])('is told in the words of the server: %s', async (errorType, kind, message) => {
    const answer = { status: 'error', errorType, error: 'the ring is empty' }
    const { metrics } = prometheus({ '/api/v1/query': answer })
    await expect(metrics.query('up', 1_000, signal)).rejects.toMatchObject({
      error: { kind, message, detail: 'the ring is empty' },
    })
  })
})

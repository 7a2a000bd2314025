/** Answers of Prometheus that were saved, read as the series they came from. */
import { expect, test } from 'vitest'
import { evaluateRange } from '#shared/query/promql/evaluate'
import { labelsOf, labelsText } from '#shared/query/promql/labels'
import { createSeriesStore, type Series } from '#shared/query/promql/series-store'
import { gatherAnswer } from './answer-series.ts'
import { GatheredSeries } from './gathered-series.ts'

const startMs = 1_793_000_000_000
const times = Float64Array.of(startMs, startMs + 15_000, startMs + 30_000)
const series: readonly Series[] = [
  { labels: labelsOf({ __name__: 'up', job: 'a' }), times, values: Float64Array.of(1, Infinity, 0.25) },
  {
    labels: labelsOf({ __name__: 'latency', job: 'a' }),
    times,
    values: new Float64Array(3),
    histograms: [1, 2, 3].map((factor) => ({
      schema: 2,
      count: 9 * factor,
      sum: 4.5 * factor,
      zeroThreshold: 1e-128,
      zeroCount: factor,
      positive: { indexes: [-3, 4], counts: [2 * factor, 4 * factor] },
      negative: { indexes: [1, 2], counts: [factor, factor] },
      isGauge: false,
    })),
  },
]

async function readBack(query: string): Promise<ReturnType<GatheredSeries['series']>> {
  const range = { startMs, endMs: startMs + 30_000, stepMs: 15_000 }
  const answer = await evaluateRange(query, createSeriesStore(series), range)
  const into = new GatheredSeries()
  expect(gatherAnswer({ status: 'success', ...answer }, 'saved/p95 of checkout.json', into)).toBe(true)
  return into.series()
}

test('an answer of series is those series, numbers and native histograms', async () => {
  for (const [at, name] of ['up', 'latency'].entries()) {
    const [{ exemplars, ...read }] = await readBack(name)
    expect(exemplars).toEqual([])
    expect(read).toEqual(series[at])
  }
})

test('what a query left without a name is found under that of the file', async () => {
  const [{ labels }] = await readBack('sum by (job) (up)')
  expect(labelsText(labels)).toBe('{__name__="p95_of_checkout", job="a"}')
})

test('one number without labels is a series of the name of its file', () => {
  const into = new GatheredSeries()
  const data = { resultType: 'scalar', result: [1_793_000_000, '1.5'] }
  expect(gatherAnswer({ status: 'success', data }, 'saved/limit.json', into)).toBe(true)
  const [{ labels, values }] = into.series()
  expect([labelsText(labels), [...values]]).toEqual(['{__name__="limit"}', [1.5]])
})

test('exemplars and descriptions that were saved beside it belong to the same series', () => {
  const into = new GatheredSeries()
  const metric = { __name__: 'up', job: 'a' }
  const sample = { metric, value: [1_793_000_000.25, '1'] }
  const answers = [
    { status: 'success', data: { resultType: 'vector', result: [sample] } },
    {
      status: 'success',
      data: [
        {
          seriesLabels: metric,
          exemplars: [{ labels: { trace_id: 'a1' }, value: '1', timestamp: 1_793_000_000 }],
        },
      ],
    },
    { status: 'success', data: { up: [{ type: 'gauge', help: 'Whether it is.', unit: '' }] } },
  ]
  expect(answers.map((answer) => gatherAnswer(answer, 'f', into))).toEqual([true, true, true])
  expect(into.series()).toMatchObject([
    { times: Float64Array.of(1_793_000_000_250), exemplars: [{ labels: { trace_id: 'a1' }, value: 1 }] },
  ])
  expect(into.metadata()).toEqual([{ name: 'up', type: 'gauge', help: 'Whether it is.', unit: '' }])
})

test.each([
  {},
  { status: 'error', error: 'no' },
  { status: 'success', data: { resultType: 'streams', result: [] } },
  { status: 'success', data: ['up', 'down'] },
  { status: 'success', data: [{ traceID: 'a', spans: [] }] },
  { status: 'success', data: { resultType: 'string', result: [1, '2'] } },
  { status: 'success', data: 7 },
])('%j is no series', (answer) => {
  expect(gatherAnswer(answer, 'f', new GatheredSeries())).toBe(false)
})

test('a sample of no time, or without a value, is left out and told', () => {
  const values = [
    [1_793_000_000, '1'],
    [1e30, '2'],
    ['1793000001', '3'],
    [-5, '4'],
    [1_793_000_002, 5],
  ]
  const data = { resultType: 'matrix', result: [{ metric: { __name__: 'up' }, values }] }
  const into = new GatheredSeries()
  const unread: string[] = []
  expect(gatherAnswer({ status: 'success', data }, 'f', into, (where) => unread.push(where))).toBe(true)
  expect([...into.series()[0].values]).toEqual([1])
  expect(unread).toEqual(Array(4).fill('{__name__="up"}'))
})

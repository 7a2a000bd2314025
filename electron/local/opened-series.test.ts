import { expect, test } from 'vitest'
import { OpenedSeries } from './opened-series.ts'

const matrix = (result: unknown): string =>
  JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })

test('series of several answers are one where their labels are, in order of time, with their exemplars', () => {
  const opened = new OpenedSeries()
  const metric = { __name__: 'x_bucket', job: 'a', le: '+Inf' }
  expect(
    opened.read(
      matrix([
        {
          metric,
          values: [
            [2, '3'],
            [3, '+Inf'],
            ['soon', '1'],
          ],
        },
      ]),
    ),
  ).toBe(1)
  expect(
    opened.read(
      matrix([
        {
          metric,
          values: [
            [1, '2'],
            [2, '3'],
          ],
        },
        'nothing',
        {},
      ]),
    ),
  ).toBe(1)
  const exemplar = { labels: { trace_id: 'f' }, value: '4.5', timestamp: 2.5 }
  const exemplars = [exemplar, { ...exemplar, timestamp: 'now' }]
  expect(
    opened.read(JSON.stringify({ status: 'success', data: [{ seriesLabels: metric, exemplars }] })),
  ).toBe(0)
  expect(
    opened.read(
      JSON.stringify({
        status: 'success',
        data: { x: [{ type: 'histogram', help: 'How long', unit: 's' }] },
      }),
    ),
  ).toBe(0)
  const { series, metadata } = opened.metrics()
  expect(series).toEqual([
    {
      labels: [
        ['__name__', 'x_bucket'],
        ['job', 'a'],
        ['le', '+Inf'],
      ],
      times: Float64Array.of(1000, 2000, 3000),
      values: Float64Array.of(2, 3, Infinity),
      exemplars: [{ labels: { trace_id: 'f' }, value: 4.5, time: 2.5 }],
    },
  ])
  expect(metadata).toEqual([{ name: 'x', type: 'histogram', help: 'How long', unit: 's' }])
  expect(opened.times()).toEqual({ startMs: 1000, endMs: 3000 })
})

const held = (buckets: unknown) => [1, { count: '3', sum: '4', buckets }]

test('native histograms are told by their buckets; those that are none are left out', () => {
  const opened = new OpenedSeries()
  opened.read(
    matrix([
      {
        metric: { __name__: 'h' },
        histograms: [
          held([
            [0, '1', '2', '2'],
            [0, '2', '4', '1'],
          ]),
          held('none'),
        ],
      },
    ]),
  )
  expect(opened.metrics().series[0].histograms).toMatchObject([
    { schema: 0, count: 3, sum: 4, positive: { indexes: [1, 2], counts: [2, 1] } },
  ])
})

test('rules are kept as they were; what is no rule is left out', async () => {
  const opened = new OpenedSeries()
  const rule = {
    kind: 'alerting',
    name: 'Slow',
    group: 'shop',
    query: 'up',
    holdSeconds: 1,
    labels: {},
    annotations: {},
    state: 'firing',
    alerts: [],
  }
  expect(opened.read(JSON.stringify({ kind: 'clew-rules', rules: [rule, { name: 'none' }, 7] }))).toBe(0)
  const { series, rules } = opened.metrics()
  expect(series).toEqual([])
  expect(await rules?.({ select: () => [] })).toEqual([rule])
})

test.each([
  '',
  '[]',
  '{"resourceSpans":[]}',
  '{"status":"success"}',
  '{"status":"success","data":',
  '{"data":7}',
])('%s is none of these', (text) => {
  expect(new OpenedSeries().read(text)).toBeUndefined()
})

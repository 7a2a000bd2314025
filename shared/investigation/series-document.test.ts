import { expect, test } from 'vitest'
import type { MetricSeries } from '#shared/api/metrics'
import { exemplarsDocument, SeriesDocument } from '#shared/investigation/series-document'

const series = (labels: Record<string, string>, times: number[]): MetricSeries => ({
  labels,
  times,
  values: times.map((time) => (time === 2 ? '+Inf' : time / 10)),
  histograms: [],
})

test('samples that two queries read of one series are there once, in order of time', () => {
  const document = new SeriesDocument()
  document.add([series({ job: 'a', __name__: 'x' }, [2, 3])])
  document.add([
    series({ __name__: 'x', job: 'a' }, [1, 2]),
    {
      ...series({ __name__: 'h' }, []),
      histograms: [{ time: 5, count: 3, sum: 'NaN', buckets: [[0, 0.5, 1, 3]] }],
    },
  ])
  expect(document.size).toBe(2)
  expect(document.documents()).toEqual([
    {
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: { job: 'a', __name__: 'x' },
            values: [
              [1, '0.1'],
              [2, '+Inf'],
              [3, '0.3'],
            ],
          },
          {
            metric: { __name__: 'h' },
            histograms: [[5, { count: '3', sum: 'NaN', buckets: [[0, '0.5', '1', '3']] }]],
          },
        ],
      },
    },
  ])
})

test('exemplars that two queries read are there once', () => {
  const one = { labels: { trace_id: 'a' }, value: 4.5, time: 1.25 }
  const labels = { __name__: 'x_bucket' }
  expect(
    exemplarsDocument([
      { labels, exemplars: [one] },
      { labels, exemplars: [one, { ...one, time: 2 }] },
    ]),
  ).toEqual({
    status: 'success',
    data: [
      {
        seriesLabels: labels,
        exemplars: [
          { labels: { trace_id: 'a' }, value: '4.5', timestamp: 1.25 },
          { labels: { trace_id: 'a' }, value: '4.5', timestamp: 2 },
        ],
      },
    ],
  })
})

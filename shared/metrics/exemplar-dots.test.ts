import { expect, test } from 'vitest'
import { dotsOf, thinned } from './exemplar-dots'

const traceId = '4be1f0c2a9d34e5f8b7a6c5d4e3f9a7e'

test('an exemplar that is kept in several buckets is one dot, and leads to its trace however it is spelled', () => {
  const exemplar = {
    labels: { traceID: traceId.toUpperCase(), SpanId: 'f067AA0BA902B7' },
    value: 4.8,
    time: 20,
  }
  expect(
    dotsOf([
      { labels: { __name__: 'x_bucket', job: 'a', le: '5' }, exemplars: [exemplar] },
      { labels: { __name__: 'x_bucket', job: 'a', le: '+Inf' }, exemplars: [exemplar] },
      {
        labels: { __name__: 'x_bucket', job: 'b', le: '5' },
        exemplars: [{ labels: {}, value: 1, time: 10 }],
      },
    ]),
  ).toEqual([
    { time: 10, value: 1, labels: {}, series: { job: 'b' }, traceId: undefined, spanId: '' },
    {
      time: 20,
      value: 4.8,
      labels: exemplar.labels,
      series: { job: 'a' },
      traceId,
      spanId: '00f067aa0ba902b7',
    },
  ])
})

test('of dots in one place the largest stays', () => {
  const placed = [
    [1, 1, 5],
    [2, 2, 9],
    [3, 30, 1],
  ].map(([x, y, value]) => ({
    x,
    y,
    dot: { time: x, value, labels: {}, series: {}, traceId: undefined, spanId: '' },
  }))
  expect(thinned(placed, 8).map(({ dot }) => dot.value)).toEqual([9, 1])
  expect(thinned(placed, 1)).toBe(placed)
})

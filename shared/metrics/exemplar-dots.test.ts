import { expect, test } from 'vitest'
import { dotsOf, freeCorner, legible } from './exemplar-dots'

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
    {
      time: 10,
      value: 1,
      labels: {},
      metric: 'x_bucket',
      series: { job: 'b' },
      traceId: undefined,
      spanId: '',
    },
    {
      time: 20,
      value: 4.8,
      labels: exemplar.labels,
      metric: 'x_bucket',
      series: { job: 'a' },
      traceId,
      spanId: '00f067aa0ba902b7',
    },
  ])
})

const placed = (x: number, y: number, value: number) => ({
  x,
  y,
  dot: { time: x, value, labels: {}, metric: '', series: {}, traceId: undefined, spanId: '' },
})

test('of dots that cover one another the largest stays', () => {
  const dots = [placed(1, 1, 5), placed(2, 2, 9), placed(3, 30, 1)]
  const shown = legible(dots, { widthPx: 400, heightPx: 200 })
  expect(shown.map(({ dot }) => dot.value)).toEqual([9, 1])
  const apart = [placed(1, 1, 5), placed(90, 2, 9)]
  expect(legible(apart, { widthPx: 400, heightPx: 200 })).toBe(apart)
})

test('of ten thousand dots so many stay that the chart below is seen, in order of time, the largest among them', () => {
  const dots = Array.from({ length: 10_000 }, (_, index) =>
    placed(index / 10, (index * 7_919) % 200, (index * 7_919) % 9_973),
  )
  const shown = legible(dots, { widthPx: 1_000, heightPx: 200 })
  expect(shown.length).toBeLessThanOrEqual(125)
  expect(shown.length).toBeGreaterThan(60)
  const times = shown.map(({ dot }) => dot.time)
  expect(times).toEqual(times.toSorted((one, other) => one - other))
  expect(shown.some(({ dot }) => dot.value === 9_972)).toBe(true)
})

test('how many there are is written where no dot lies', () => {
  const size = { widthPx: 400, heightPx: 200 }
  const all = [placed(390, 5, 1), placed(5, 5, 1), placed(390, 195, 1), placed(5, 195, 1)]
  expect(
    [[], all.slice(0, 1), all.slice(0, 2), all.slice(0, 3), all].map((dots) => freeCorner(dots, size)),
  ).toEqual(['top-right', 'top-left', 'bottom-right', 'bottom-left', 'top-right'])
})

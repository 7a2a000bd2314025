/** What Prometheus makes of points that no SDK sends every day. */
import { expect, test } from 'vitest'
import { labelsText } from '#shared/query/promql/labels'
import { GatheredSeries } from './gathered-series.ts'
import { gatherOtlp } from './otlp-series.ts'

/** Points of one metric of a service, as series. */
function seriesOf(metric: object, unread = 0) {
  const into = new GatheredSeries()
  const resource = {
    attributes: [
      { key: 'service.name', value: { stringValue: 'cart' } },
      { key: 'service.namespace', value: { stringValue: 'shop' } },
    ],
  }
  const lost: string[] = []
  gatherOtlp([{ resource, scopeMetrics: [{ metrics: [metric] }] }], into, (where) => lost.push(where))
  expect(lost).toHaveLength(unread)
  return into.series().map(({ labels, ...rest }) => ({ labels: labelsText(labels), ...rest }))
}

const at = (seconds: number): string => `${1_793_000_000 + seconds}000000000`
const ms = (seconds: number): number => (1_793_000_000 + seconds) * 1000

test('what came since the point before is added up', () => {
  const [series] = seriesOf({
    name: 'orders',
    sum: {
      aggregationTemporality: 1,
      isMonotonic: true,
      dataPoints: [
        { timeUnixNano: at(20), asInt: '3' },
        { timeUnixNano: at(10), asInt: '2' },
      ],
    },
  })
  expect(series).toMatchObject({
    labels: '{__name__="orders_total", job="shop/cart"}',
    times: Float64Array.of(ms(10), ms(20)),
    values: Float64Array.of(2, 5),
  })
})

test('a point without a value ends its series', () => {
  const [series] = seriesOf({
    name: 'queue',
    gauge: {
      dataPoints: [
        { timeUnixNano: at(0), asDouble: 1.5 },
        { timeUnixNano: at(15), flags: 1 },
      ],
    },
  })
  expect(series.ended).toEqual(Uint8Array.of(0, 1))
})

test('buckets finer than Prometheus has are put together', () => {
  const [series] = seriesOf({
    name: 'latency',
    unit: 's',
    exponentialHistogram: {
      aggregationTemporality: 2,
      dataPoints: [
        {
          timeUnixNano: at(0),
          count: '6',
          sum: 7.5,
          scale: 10,
          zeroCount: '1',
          positive: { offset: -2, bucketCounts: ['1', '1', '0', '0', '0', '3'] },
        },
      ],
    },
  })
  // Four buckets of scale 10 are one of schema 8: -2 and -1 lie in -1, 3 in 0; Prometheus counts by the upper bound.
  expect(series.histograms?.[0]).toMatchObject({
    schema: 8,
    count: 6,
    zeroCount: 1,
    positive: { indexes: [0, 1], counts: [2, 3] },
  })
})

test('a measurement stands with the bucket it fell into, and names its trace', () => {
  const series = seriesOf({
    name: 'latency',
    unit: 's',
    histogram: {
      aggregationTemporality: 2,
      dataPoints: [
        {
          timeUnixNano: at(0),
          count: '2',
          sum: 0.6,
          explicitBounds: [0.1, 1],
          bucketCounts: ['1', '1', '0'],
          exemplars: [{ timeUnixNano: at(-1), asDouble: 0.5, traceId: 'a1', spanId: 'b2' }],
        },
      ],
    },
  })
  expect(series.map(({ labels, values, exemplars }) => [labels, ...values, exemplars.length])).toEqual([
    ['{__name__="latency_seconds_count", job="shop/cart"}', 2, 0],
    ['{__name__="latency_seconds_sum", job="shop/cart"}', 0.6, 0],
    ['{__name__="latency_seconds_bucket", job="shop/cart", le="0.1"}', 1, 0],
    ['{__name__="latency_seconds_bucket", job="shop/cart", le="1"}', 2, 1],
    ['{__name__="latency_seconds_bucket", job="shop/cart", le="+Inf"}', 2, 0],
  ])
  expect(series[3].exemplars).toEqual([
    { labels: { trace_id: 'a1', span_id: 'b2' }, value: 0.5, time: 1_792_999_999 },
  ])
})

test('what is no point is counted, and the others are read', () => {
  const points = [
    { timeUnixNano: at(0), asInt: 1 },
    { asInt: 1 },
    'point',
    { timeUnixNano: 'soon', asInt: 1 },
  ]
  expect(seriesOf({ name: 'queue', gauge: { dataPoints: points } }, 3)).toHaveLength(1)
  expect(seriesOf({ name: 'queue' }, 1)).toEqual([])
})

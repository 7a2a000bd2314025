import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketsOf, type Histogram } from '#shared/query/promql/histogram'
import { nativeOfBuckets } from '#shared/query/promql/histogram-of-buckets'

const side = fc
  .uniqueArray(
    fc.record({ index: fc.integer({ min: -60, max: 60 }), count: fc.integer({ min: 1, max: 9 }) }),
    {
      selector: ({ index }) => index,
      maxLength: 6,
    },
  )
  .map((buckets) => buckets.toSorted((one, other) => one.index - other.index))
  .map((buckets) => ({
    indexes: buckets.map(({ index }) => index),
    counts: buckets.map(({ count }) => count),
  }))

test('a histogram that is written as its buckets is read as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: -3, max: 8 }), side, side, (schema, positive, negative) => {
      fc.pre(positive.indexes.length + negative.indexes.length > 0)
      const histogram: Histogram = {
        schema,
        count: 7,
        sum: 1.5,
        zeroThreshold: 1e-128,
        zeroCount: 2,
        positive,
        negative,
        isGauge: false,
      }
      expect(nativeOfBuckets(7, 1.5, bucketsOf(histogram))).toEqual(histogram)
    }),
  )
})

test('buckets that a person chose are none', () => {
  expect(
    nativeOfBuckets(2, 1, [
      { lower: 1, upper: 5, count: 1 },
      { lower: 5, upper: 10, count: 1 },
    ]),
  ).toBeUndefined()
})

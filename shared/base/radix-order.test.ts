import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { radixOrder } from './radix-order.ts'

test('large arrays of any non-negative doubles are ordered, equal ones as they came', () => {
  const anyValue = fc.oneof(
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    fc.nat(20),
    fc.maxSafeNat(),
  )
  fc.assert(
    fc.property(fc.array(anyValue, { minLength: 1, maxLength: 50 }), (pattern) => {
      const values = Float64Array.from({ length: 5_000 }, (_, index) =>
        Math.abs(pattern[(index * 7) % pattern.length]),
      )
      const order = radixOrder(values)
      const expected = [...values.keys()].sort((a, b) => values[a] - values[b] || a - b)
      expect([...order]).toEqual(expected)
      expect([...radixOrder(values.slice(0, 100))]).toEqual(expected.filter((index) => index < 100))
    }),
    { numRuns: 30 },
  )
})

test('an order of nothing is empty', () => {
  expect(radixOrder(new Float64Array(0))).toHaveLength(0)
})

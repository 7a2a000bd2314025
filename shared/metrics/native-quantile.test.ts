import { expect, test } from 'vitest'
import { nativeQuantile } from './native-quantile'

/** Buckets that hold as much as each other. */
const quantileOf = (q: number, ...bounds: readonly (readonly [number, number])[]): number =>
  nativeQuantile(
    q,
    bounds.map(([lower, upper]) => ({ lower, upper, count: 2 })),
  )

test('values grow exponentially within bounds that do, and evenly within those that were chosen by hand', () => {
  expect(quantileOf(0.5, [1, 2])).toBeCloseTo(Math.SQRT2)
  expect(quantileOf(0.5, [-2, -1])).toBeCloseTo(-Math.SQRT2)
  expect(quantileOf(0.5, [2 ** (5 / 256), 2 ** (6 / 256)])).toBeCloseTo(2 ** (5.5 / 256), 12)
  expect(quantileOf(0.5, [1, 2.5])).toBe(1.75)
  // Twice as far, and no power of two.
  expect(quantileOf(0.5, [5, 10])).toBe(7.5)
})

test('what lies in a bucket without end is told by the bound that is known', () => {
  const none = Number.MAX_VALUE
  expect(quantileOf(0.99, [0.5, 1], [1, none])).toBe(1)
  expect(quantileOf(0.01, [-none, -1], [-1, 0])).toBe(-1)
  expect(quantileOf(0.25, [-none, 1], [1, none])).toBe(0.5)
})

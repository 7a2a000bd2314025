import { expect, it, test } from 'vitest'
import { clockOf, clockWords, differenceMs } from './clocks'

const span = { startMs: 10_000, endMs: 14_500 }

it.each<[string, readonly [number, number], number, string | undefined]>([
  ['within the span', [10_100, 14_400], 0, undefined],
  ['a moment after it', [14_900, 15_300], 0, undefined],
  ['three seconds after it', [17_500, 17_500], 3_000, '3.00 s ahead'],
  ['two minutes before it', [-110_000, -110_000], -120_000, '2 min behind'],
  ['longer than it', [9_000, 16_000], 0, undefined],
])('lines %s', (_, [firstMs, lastMs], ms, words) => {
  const clock = clockOf(span, { firstMs, lastMs })
  expect([differenceMs(clock), clockWords(clock)]).toEqual([ms, words])
})

test('what one line tells is as wide as its span is long', () => {
  expect(clockOf(span, { firstMs: 17_500, lastMs: 17_500 })).toEqual({
    leastMs: 3_000,
    mostMs: 7_500,
    met: 1,
  })
})

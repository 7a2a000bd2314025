import { expect, test } from 'vitest'
import { askedWindow, mostPoints, stepText } from './step'

const hour = 3_600_000

test.each([
  [hour, 600, '15s'],
  [hour, 1_900, '5s'],
  [60_000, 600, '1s'],
  [7 * 24 * hour, 600, '1h'],
  [10 * 365 * 24 * hour, 600, '13d'],
])('a window of %d ms that is %d px wide is asked for every %3$s', (spanMs, widthPx, step) => {
  expect(stepText(askedWindow({ startMs: 0, endMs: spanMs }, widthPx).stepMs)).toBe(step)
})

test('the start is a multiple of the step, the end stays', () => {
  expect(askedWindow({ startMs: 1_700_000_007_123, endMs: 1_700_003_607_123 }, 600)).toEqual({
    startMs: 1_700_000_000_000 - (1_700_000_000_000 % 15_000),
    endMs: 1_700_003_607_123,
    stepMs: 15_000,
  })
})

test('however wide the chart is, the server gives as many points', () => {
  const { startMs, endMs, stepMs } = askedWindow({ startMs: 0, endMs: 1e12 }, 1e6)
  expect((endMs - startMs) / stepMs).toBeLessThan(mostPoints)
})

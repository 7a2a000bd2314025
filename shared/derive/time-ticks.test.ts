import { expect, test } from 'vitest'
import { tickStep, timeTicks } from '#shared/derive/time-ticks'

const labels = (from: number, to: number, count: number): string =>
  timeTicks(from, to, count)
    .map(({ label }) => label)
    .join(' | ')

test('marks stand at round times', () => {
  expect(labels(0, 7.4e9, 8)).toBe('0 | 1 s | 2 s | 3 s | 4 s | 5 s | 6 s | 7 s')
  expect(labels(0, 2.2e9, 5)).toBe('0 | 500 ms | 1 s | 1.5 s | 2 s')
  expect(labels(332e6, 350e6, 4)).toBe('335 ms | 340 ms | 345 ms | 350 ms')
  expect(labels(0, 950, 5)).toBe('0 | 200 ns | 400 ns | 600 ns | 800 ns')
  expect(labels(0, 3e6, 3)).toBe('0 | 1 ms | 2 ms | 3 ms')
})

test('above a minute they count as clocks do', () => {
  expect(labels(0, 150e9, 5)).toBe('0 | 30 s | 1 min | 1 min 30 s | 2 min | 2 min 30 s')
  expect(labels(0, 7200e9, 4)).toBe('0 | 30 min | 1 h | 1 h 30 min | 2 h')
})

test('deep in a long trace they say enough digits to differ', () => {
  expect(labels(4.87e9, 4.8701e9, 2)).toBe('4.87 s | 4.87005 s | 4.8701 s')
})

test('there are never more than asked for, and one at least for a moment', () => {
  for (const range of [1, 7, 999, 12_345, 1e6, 3.3e8, 7.4e9, 61e9, 5e12, 9e15])
    for (const count of [1, 2, 5, 8, 20]) {
      expect(timeTicks(0, range, count).length).toBeLessThanOrEqual(count + 1)
      expect(tickStep(range, count) * count).toBeGreaterThanOrEqual(range)
    }
  expect(timeTicks(5e6, 5e6, 4)).toEqual([{ at: 5e6, label: '5 ms' }])
})

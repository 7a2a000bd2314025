import { expect, test } from 'vitest'
import { rampStep } from './ramp-step'

test('counts far below one have steps of their own', () => {
  expect([0.001, 0.003, 0.01, 0.1].map((count) => rampStep(count, 0.001, 0.1))).toEqual([0, 2, 4, 8])
})

test('what is ten thousand times less than the most is few, however much less', () => {
  expect([1, 100, 1e4, 1e8].map((count) => rampStep(count, 1, 1e8))).toEqual([0, 0, 0, 8])
})

test('where all are alike they are the most', () => {
  expect(rampStep(5, 5, 5)).toBe(8)
})

import { expect, test } from 'vitest'
import { sortInSteps } from './sort-steps'

test.each([0, 1, 4_096, 4_097, 20_001])('%d numbers are sorted, in steps', (length) => {
  const given = Int32Array.from({ length }, (_, at) => (at * 7_919) % 20_011)
  const steps = sortInSteps(given, (a, b) => b - a)
  let count = 0
  let step = steps.next()
  for (; step.done !== true; step = steps.next()) count++
  expect(step.value).toEqual(given.toSorted((a, b) => b - a))
  expect(count).toBeGreaterThanOrEqual(Math.floor(length / 4_096))
})

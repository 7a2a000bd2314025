import { expect, test } from 'vitest'
import type { Point } from './frame'
import { firstRise } from './change-point'

const least = { factor: 1.5, difference: 0.1 }
const level = (value: number, count: number): number[] => Array.from({ length: count }, () => value)
/** The same every time, and without a pattern that would look like a level. */
const noisy = (values: readonly number[], size: number): number[] =>
  values.map((value, index) => value + size * (((index * 7_919) % 101) / 101 - 0.5))

test('a step is found at its first point, with the levels on both sides', () => {
  expect(firstRise([...level(1, 20), ...level(5, 10)], least)).toEqual({ at: 20, before: 1, after: 5 })
})

test('a step is found through noise, and noise alone is none', () => {
  expect(firstRise(noisy([...level(1, 40), ...level(3, 20)], 0.8), least)?.at).toBe(40)
  expect(firstRise(noisy(level(1, 60), 0.8), least)).toBeUndefined()
  expect(firstRise(level(0, 60), least)).toBeUndefined()
})

test('of several rises the first is told, also when what rose has come down again', () => {
  const course = [...level(1, 20), ...level(4, 8), ...level(1, 20), ...level(9, 12)]
  expect(firstRise(course, least)).toEqual({ at: 20, before: 1, after: 4 })
})

test('a fall is no rise, and the rise after it is found', () => {
  expect(firstRise([...level(5, 20), ...level(1, 20)], least)).toBeUndefined()
  expect(firstRise([...level(5, 10), ...level(1, 30), ...level(6, 20)], least)?.at).toBe(40)
})

test('too little is not told: a small factor, a small difference, a single point', () => {
  expect(firstRise([...level(1, 20), ...level(1.3, 20)], least)).toBeUndefined()
  expect(firstRise([...level(0, 20), ...level(0.05, 20)], least)).toBeUndefined()
  expect(firstRise([...level(0, 20), 40, ...level(0, 20)], least)).toBeUndefined()
})

test('gaps are passed over, and places are those of the series with its gaps', () => {
  const course: Point[] = [null, null, ...level(0, 6), null, ...level(7, 5), null]
  expect(firstRise(course, least)).toEqual({ at: 9, before: 0, after: 7 })
  expect(firstRise([null, null], least)).toBeUndefined()
  expect(firstRise([], least)).toBeUndefined()
})

test('where points overlap, what lasts no longer than one of them may be a single request, and the beginning is not measured yet', () => {
  const overlapping = { ...least, overlap: 5 }
  const blip = [...level(1, 20), ...level(4, 5), ...level(1, 20)]
  expect(firstRise(blip, least)?.at).toBe(20)
  expect(firstRise(blip, overlapping)).toBeUndefined()
  // It may go up in two steps, and one that is not over yet may last.
  expect(firstRise([...level(1, 20), ...level(4, 4), ...level(9, 4), ...level(1, 20)], overlapping)?.at).toBe(
    20,
  )
  expect(firstRise([...level(1, 20), ...level(4, 3)], overlapping)?.at).toBe(20)
  const begins: Point[] = [null, null, ...level(1, 5), ...level(4, 30)]
  expect(firstRise(begins, least)?.at).toBe(7)
  expect(firstRise(begins, overlapping)).toBeUndefined()
  expect(firstRise(begins.slice(2), overlapping)?.at).toBe(5)
})

import { expect, test } from 'vitest'
import { latestPoint, momentAt, pointsOfCells, pointsOfLines } from './chart-point'

const times = [0, 10, 20]
const words = (column: number, value: number | null) => `${column}: ${value}`

/**
 *  5 |     b  .
 *  3 | b   .  b
 *  1 | a  a      (a has a gap at the end)
 */
const frame = {
  times,
  columns: [
    [1, 1, null],
    [9, 9, 9],
    [3, 5, 3],
  ],
}
const lines = pointsOfLines(frame, [0, 2], false, words)

test.each([
  ['the nearest line is meant', lines, 0, 1.4, 0],
  ['above all of them the highest', lines, 1, 100, 1],
  ['of a gap there is none', lines, 2, 0, 1],
  ['a hidden line is none', lines, 0, 9, 1],
  ['in a stack what lies below the upper line', pointsOfLines(frame, [0, 2], true, words), 0, 1.2, 1],
  ['above a stack its highest', pointsOfLines(frame, [0, 2], true, words), 0, 50, 1],
  ['without lines there is none', pointsOfLines(frame, [], false, words), 0, 1, -1],
])('%s', (_name, points, at, value, row) => {
  expect(points.rowAt(at, value)).toBe(row)
})

test('a walk begins at the latest point that there is', () => {
  expect(latestPoint(lines, 0)).toEqual({ at: 2, row: 1 })
  expect(latestPoint(pointsOfLines(frame, [0], false, words), 0)).toEqual({ at: 1, row: 0 })
  expect(latestPoint(pointsOfLines(frame, [], false, words), 0)).toEqual({ at: 2, row: -1 })
})

test('a rectangle means the line with most points in it, and else the nearest', () => {
  expect(lines.rowWithin(0, 2, 2, 6)).toBe(1)
  expect(lines.rowWithin(0, 2, 0, 2)).toBe(0)
  expect(lines.rowWithin(0, 0, 6, 8)).toBe(1)
})

test('a line knows its place, its lowest value in a stretch, and its words, also where it stands on others', () => {
  const stack = pointsOfLines(frame, [0, 2], true, words)
  expect([lines.placeOf(1, 1), lines.placeOf(0, 2), stack.placeOf(1, 1)]).toEqual([5, undefined, 6])
  expect([lines.leastOf(1, 0, 1), lines.leastOf(0, 2, 2), stack.leastOf(1, 1, 2)]).toEqual([3, undefined, 3])
  expect(stack.wordsOf(1, 1)).toBe('2: 5')
})

test('a cell is meant by any value between its edges; one without a lower bound has no least value', () => {
  const bounds = [-Infinity, 0.1, 0.5, Infinity]
  const cells = pointsOfCells(
    { times, edges: bounds, counts: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9) },
    [0, 0.1, 0.5, 1],
    (low, high, count) => `${low} to ${high}: ${count}`,
  )
  expect([-1, 0.05, 0.1, 0.3, 0.7, 2].map((value) => cells.rowAt(0, value))).toEqual([0, 0, 1, 1, 2, 2])
  expect([0, 1, 2].map((row) => cells.leastOf(row, 0, 0))).toEqual([undefined, 0.1, 0.5])
  expect(cells.placeOf(1, 0)).toBeCloseTo(0.3)
  expect(cells.rowWithin(0, 2, 0.2, 0.9)).toBe(1)
  // Up to the bound of the cell that the upper edge lies in; the uppermost has none.
  expect([0.05, 0.3, 0.5, 0.7, 9].map((high) => cells.mostBelow(high))).toEqual([
    0.1,
    0.5,
    0.5,
    undefined,
    undefined,
  ])
  expect(cells.wordsOf(2, 1)).toBe('0.5 to Infinity: 6')
})

test.each([
  [-5, 0],
  [4, 0],
  [6, 1],
  [99, 2],
])('the moment nearest to %s s is number %s', (time, at) => {
  expect(momentAt(times, time)).toBe(at)
})

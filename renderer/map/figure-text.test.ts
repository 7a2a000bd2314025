import { expect, test } from 'vitest'
import type { CallFigures } from '#shared/map/graph'
import { figuresInRoom, labelBeside, labelsOf, spokenFigures } from './figure-text'

const figures = (calls: number, errors: number, p95 = 1): CallFigures => ({
  calls,
  rate: undefined,
  errors,
  p50: undefined,
  p95,
  p99: undefined,
})

test('beside the window before, a call wears the figure that is looked at and what it was, or nothing new', () => {
  const [now, before] = [figures(351, 0.197), figures(340, 0.0474)]
  expect(labelBeside(now, before, 'errors')).toEqual(['19.7 %', 'was 4.74 %'])
  expect(labelBeside(now, before, 'rate')).toEqual(['351', 'was 340'])
  expect(labelBeside(now, before, 'p95')).toEqual(['351', '1.00 s'])
  expect(labelBeside(now, { ...before, errors: undefined, calls: undefined }, 'errors')).toEqual([
    '351',
    '19.7 %',
  ])
})

test('where there is less room, a call wears less: what is looked at and what became of it last', () => {
  const [now, before] = [figures(351, 0.197), figures(340, 0.0474)]
  expect(labelsOf(now, 'errors', 'same', undefined)).toEqual(['351  19.7 %', '19.7 %'])
  expect(labelsOf(now, 'errors', 'same', before)).toEqual(['19.7 %  was 4.74 %', '19.7 %'])
  expect(labelsOf(now, 'errors', 'new', undefined)).toEqual(['351  19.7 %  new', '19.7 %  new', 'new'])
  const unknown = { ...now, calls: undefined, errors: undefined }
  expect(labelsOf(unknown, 'errors', undefined, undefined)).toEqual([])
})

test('figures that would touch leave out those that are not looked at', () => {
  const wide = { ...figures(12_345_678, 0.143, 0.2), rate: undefined }
  const inRoom = (looked: 'rate' | 'errors' | 'p95', roomPx: number) =>
    Object.values(figuresInRoom(wide, looked, roomPx, (text) => text.length * 6)).join('|')
  expect(inRoom('errors', 200)).toBe('12.3 M|14.3 %|200 ms')
  // Fewer digits come before fewer figures.
  expect(inRoom('errors', 110)).toBe('12 M|14 %|200 ms')
  expect(inRoom('errors', 80)).toBe('|14 %|200 ms')
  expect(inRoom('rate', 80)).toBe('12 M|14 %|')
  expect(inRoom('p95', 40)).toBe('||200 ms')
})

test('rates are said in the unit of their map, and what was only counted as a count', () => {
  const unit = { seconds: 60, word: 'min' }
  const measured = { ...figures(0, 0.0952), calls: undefined, rate: 0.5 }
  expect(labelsOf(measured, 'errors', 'same', undefined, unit)).toEqual(['30/min  9.52 %', '9.52 %'])
  expect(labelsOf({ ...measured, calls: 3 }, 'rate', 'same', undefined, unit)[0]).toBe('30/min')
  expect(labelsOf(figures(3, 0), 'rate', 'same', undefined, unit)[0]).toBe('3')
  const seldom = { ...measured, rate: 0.011, errors: undefined, p95: undefined }
  expect(figuresInRoom(seldom, 'rate', 1, (text) => text.length, { seconds: 3_600, word: 'h' }).rate).toBe(
    '40/h',
  )
  const spoken = spokenFigures({ ...measured, rate: 31.21, p95: 0.0953 }, { seconds: 1, word: 's' })
  expect(spoken).toBe('31.2/s calls, 9.52 % errors, p95 95.3 ms')
  expect(spokenFigures({ ...figures(1, 0), p95: undefined })).toBe('1 call, 0 % errors')
})

test('a share of which not all is known is the least that failed', () => {
  expect(labelsOf({ ...figures(2, 0.5), errorsAreLeast: true }, 'errors', 'same', undefined)[0]).toBe(
    '2  ≥ 50 %',
  )
})

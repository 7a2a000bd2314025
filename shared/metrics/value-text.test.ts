import { expect, test } from 'vitest'
import { noUnit, type Unit } from './unit'
import { rateText, valueText } from './value-text'

const unit = (changes: Partial<Unit>): Unit => ({ ...noUnit, ...changes })

test.each<[number, Partial<Unit>, string]>([
  [4.83, { kind: 'seconds' }, '4.83 s'],
  [4.83, { kind: 'seconds', scale: 1e-3 }, '4.83 ms'],
  [0, { kind: 'seconds' }, '0 s'],
  [-0.2, { kind: 'seconds' }, '−200 ms'],
  [1_240_000, { kind: 'bytes', perSecond: true }, '1.24 MB/s'],
  [-5, { kind: 'bytes' }, '−5 B'],
  [0.3812, { kind: 'ratio' }, '38.1 %'],
  [38, { kind: 'percent' }, '38 %'],
  [31.234, { perSecond: true }, '31.2/s'],
  [1_254_321, {}, '1.25 M'],
  [999.7, {}, '1 k'],
  [0.0042, {}, '0.0042'],
  [0.00000031, {}, '3.10e-7'],
  [1e308, { kind: 'seconds' }, '1.00e308 s'],
  [-1e308, { kind: 'bytes' }, '−1.00e308 B'],
  [Number.NEGATIVE_INFINITY, {}, '−Inf'],
  [Number.NaN, { kind: 'seconds' }, 'NaN'],
])('%d in %o is %s', (value, changes, expected) => {
  expect(valueText(value, unit(changes))).toBe(expected)
})

test.each([
  [31.234, '31.2/s'],
  [0.001, '0.001/s'],
  [0, '0/s'],
  [0.0005, '1.8/h'],
  [4.76e-5, '4.11/day'],
  [1e-9, '<0.01/day'],
  [Number.NaN, 'NaN/s'],
])('what happens %d times a second is said as %s', (each, expected) => {
  expect(rateText(each)).toBe(expected)
})

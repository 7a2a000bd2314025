import { expect, test } from 'vitest'
import { floatText, plainFloatText } from './answer-text.ts'
import { readGoFloat, readNumber, readString } from './literals.ts'

test.each([
  ['12.5', 12.5],
  ['1_000', 1000],
  ['.5e3', 500],
  ['0x1F', 31],
  ['010', 8],
  ['Inf', Infinity],
  ['1h30m', 5400],
  ['1y2w3d', 31_536_000 + 14 * 86_400 + 3 * 86_400],
  ['1ms', 0.001],
  ['5d', 432_000],
])('%s is %d', (text, value) => {
  expect(readNumber(text)).toBe(value)
})

test.each([
  ['"a"', 'a'],
  ["'it\"s'", 'it"s'],
  ['`a\\n`', 'a\\n'],
  ['"\\t\\\\\\""', '\t\\"'],
  ['"\\xc3\\xa4\\303\\244\\u00e4"', 'äää'],
  ['"\\U0001F600"', '😀'],
  ['"\\xff"', '\ufffd'],
  ['"a', undefined],
  ['"a\\"', undefined],
  ['"\\q"', undefined],
  ['"\\\'"', undefined],
])('%s reads %j', (text, value) => {
  expect(readString(text)).toBe(value)
})

test.each([
  ['0.5', 0.5],
  ['+Inf', Infinity],
  ['-infinity', -Infinity],
  ['1e3', 1000],
  ['', undefined],
  ['1s', undefined],
  ['0x10', undefined],
])('the bound %j is %d', (text, value) => {
  expect(readGoFloat(text)).toBe(value)
})

test.each([
  [1e21, '1e+21', '1000000000000000000000'],
  [1.5e-7, '1.5e-07', '0.00000015'],
  [-1.25e22, '-1.25e+22', '-12500000000000000000000'],
  [1e100, '1e+100', `1${'0'.repeat(100)}`],
  [0.1, '0.1', '0.1'],
  [-Infinity, '-Inf', '-Inf'],
  [NaN, 'NaN', 'NaN'],
])('%d is written %s, and plainly %s', (value, text, plain) => {
  expect([floatText(value), plainFloatText(value)]).toEqual([text, plain])
})

import { expect, test } from 'vitest'
import { oddOneOf } from './odd-one'

const least = { factor: 3, difference: 0.02 }
const of = (...values: readonly number[]) => values.map((value, at) => ({ name: `${at}`, value }))

test('one that is far worse than all the others is told, with the worst of those', () => {
  expect(oddOneOf(of(0.04, 1.9, 0.05), least)).toEqual({ name: '1', value: 1.9, others: 0.05, count: 2 })
  expect(oddOneOf(of(0.04, 1.9), least)).toEqual({ name: '1', value: 1.9, others: 0.04, count: 1 })
})

test.each([
  ['it is alone', of(1.9)],
  ['there is none', []],
  ['another is bad too', of(0.04, 1.9, 1.2)],
  ['all is quick', of(0.001, 0.009, 0.002)],
])('none is told where %s', (_, all) => {
  expect(oddOneOf(all, least)).toBeUndefined()
})

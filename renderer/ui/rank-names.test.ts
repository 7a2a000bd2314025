import { expect, test } from 'vitest'
import { rankNames } from './rank-names'

const names = ['shipping', 'payment-service', 'web-pay', 'prepay', 'pay', 'Payroll']

test('no text keeps all names in their order', () => {
  expect(rankNames(names, '  ')).toBe(names)
})

test('equal comes first, then beginnings, then beginnings of words, then the rest', () => {
  expect(rankNames(names, 'PAY')).toEqual(['pay', 'payment-service', 'Payroll', 'web-pay', 'prepay'])
})

test('a text that no name holds gives nothing', () => {
  expect(rankNames(names, 'zzz')).toEqual([])
})

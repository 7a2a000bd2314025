import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { spansNamed } from '#shared/derive/named-spans'

const trace = traceFromText(`
order-service: POST /orders  0..1000
  payment-service: payments-db pool.acquire  10..900  error
  payment-service: pool.acquire  20..25
  payment-service: pool.acquire  40..90
  payment-db: SELECT pool  50..60
`)
const named = (text: string, most = 10) => spansNamed(trace, text.split(' ').filter(Boolean), most)

test('every word is in the service or the name; failed first, then the longest', () => {
  expect(named('POOL')).toEqual([1, 3, 4, 2])
  expect(named('payment-service acquire')).toEqual([1, 3, 2])
  expect(named('select payment')).toEqual([4])
})

test('nothing typed names no span, and no more are listed than asked for', () => {
  expect(named('')).toEqual([])
  expect(named('pool', 2)).toEqual([1, 3])
  expect(named('nobody')).toEqual([])
})

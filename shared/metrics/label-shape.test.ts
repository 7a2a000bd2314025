import { expect, test } from 'vitest'
import { unboundedShape } from './label-shape'

const hex = (index: number, digits: number): string =>
  (BigInt(index + 1) * 0x9e3779b97f4a7c15f39cc0605cedc835n).toString(16).padStart(64, '1').slice(-digits)
const many = (of: (index: number) => string, count = 60): string[] =>
  Array.from({ length: count }, (_, index) => of(index))

test.each([
  ['UUIDs', many((at) => hex(at, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'))],
  ['hex ids', many((at) => `1${hex(at, 31)}`)],
  ['numbers', many((at) => String(at * 17))],
  ['addresses', many((at) => `10.0.3.${at}:8080`)],
  ['addresses', many((at) => `user${at}@shop.test`)],
  ['paths with ids', many((at) => `/api/orders/${at + 100_000}/items`)],
  ['paths with ids', many((at) => `/search?q=${at}`)],
  ['times', many((at) => `2026-11-12T14:${at}:00Z`)],
  ['times', many((at) => String(1_790_000_000 + at))],
  ['words with ids', many((at) => `payment-7d9c5b-${at}x7f3k2q`)],
])('%s may grow without end', (shape, values) => {
  expect(unboundedShape(values)).toBe(shape)
})

test.each([
  ['few values, whatever they look like', many((at) => hex(at, 32), 12)],
  ['status codes', many((at) => String(200 + at), 30)],
  ['routes', many((at) => `/api/${'abcdefgh'[at % 8].repeat(1 + at / 8)}/{id}`)],
  ['words', many((at) => `service-${'abcdefgh'[at % 8].repeat(1 + at / 8)}`)],
  [
    'words with a few ids among them',
    [...many((at) => 'x'.repeat(at + 1)), ...many((at) => hex(at, 32), 20)],
  ],
])('%s are a set someone chose', (_, values) => {
  expect(unboundedShape(values)).toBeUndefined()
})

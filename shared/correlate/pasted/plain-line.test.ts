import { expect, test } from 'vitest'
import { readPlainLine } from './plain-line'

const services = ['payment-service', 'shop/cart']
const atMs = Date.parse('2026-11-29T20:09:24.244Z')

test.each([
  [
    '2026-11-29T20:09:24.244Z ERROR payment-service connection pool exhausted, waited 4500ms for order 17',
    { atMs, service: 'payment-service', words: 'connection pool exhausted, waited' },
  ],
  [
    '[2026-11-29 20:09:24,244] [warn] cart: stock of item a1b2 is low',
    { atMs, service: 'cart', words: 'stock of item' },
  ],
  // Whoever it is, it is not known: its name may well stand in the line.
  [
    '2026-11-29T21:09:24.244+01:00 INFO reconciler started "nightly run" of all accounts',
    { atMs, service: undefined, words: 'reconciler started' },
  ],
  ['2026-11-29T20:09:24.244Z 17 4500ms', undefined],
  ['ERROR payment-service connection pool exhausted', undefined],
  ['2026-13-45T20:09:24.244Z ERROR pool exhausted', undefined],
])('%s', (text, line) => {
  expect(readPlainLine(text, services)).toEqual(line)
})

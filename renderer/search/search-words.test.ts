import { expect, test } from 'vitest'
import { type TraceConditions, noConditions } from '#shared/api/contract'
import { nameOfSearch, narrowest, roundBelow } from './search-words'

const form = (change: Partial<TraceConditions>): TraceConditions => ({ ...noConditions, ...change })

test.each([
  [noConditions, 'all traces'],
  [form({ service: 'payment-service', errorsOnly: true }), 'errors in payment-service'],
  [form({ operation: 'POST /checkout', minDurationNs: 2e9 }), 'POST /checkout over 2 s'],
  [
    form({
      service: 'a',
      operation: 'GET /',
      errorsOnly: true,
      tags: [{ key: 'k', value: 'v' }],
      maxDurationNs: 1.5e6,
    }),
    'errors GET / in a k=v under 1.5 ms',
  ],
])('%o is named', (conditions, name) => {
  expect(nameOfSearch(conditions, undefined)).toBe(name)
})

test('own TraceQL is its own name, on one line', () => {
  expect(nameOfSearch(noConditions, '{ name =~ "a" }\n&& { }')).toBe('{ name =~ "a" } && { }')
})

test('the narrowest condition is named, and taken away by the button', () => {
  const all = form({
    service: 'order-service',
    operation: 'GET /',
    errorsOnly: true,
    tags: [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ],
    minDurationNs: 5e9,
    maxDurationNs: 9e9,
  })
  const sentences: string[] = []
  let conditions: TraceConditions | undefined = all
  while (conditions) {
    const { sentence, without } = narrowest(conditions, 'in the last 1 h')
    sentences.push(sentence)
    conditions = without?.conditions
  }
  expect(sentences).toEqual([
    'No trace of order-service in the last 1 h took over 5 s.',
    'No trace of order-service in the last 1 h has b = 2.',
    'No trace of order-service in the last 1 h has a = 1.',
    'No trace of order-service in the last 1 h failed.',
    'No trace of order-service in the last 1 h took under 9 s.',
    'No trace of order-service in the last 1 h has a span named GET /.',
    'No trace of order-service in the last 1 h.',
    'No trace in the last 1 h.',
  ])
})

test('a duration is rounded down to one digit', () => {
  expect([4.87e9, 950e6, 12.6e9, 5e9, 1, 0].map((ns) => roundBelow(ns))).toEqual([
    4e9, 900e6, 10e9, 5e9, 1, 0,
  ])
})

import { expect, test } from 'vitest'
import { noConditions } from '#shared/api/contract'
import { foundOf, leftOutOf, restOf, savedFoundOf } from './rest-of'

const jaeger = {
  source: { id: 'j', name: 'Jaeger' },
  newestFirst: false,
  services: undefined,
  limitReached: true,
  hasMore: true,
  isStuck: false,
  query: { ...noConditions, startMs: 1, endMs: 2, limit: 5, traceql: '' },
}

test('only a source that gives the newest is said to have done so', () => {
  expect(restOf(jaeger)).toBe('there are more, and Jaeger does not say which it gives')
  expect(restOf({ ...jaeger, newestFirst: true })).toBe('the newest; older ones exist')
  expect(restOf({ ...jaeger, newestFirst: true, isStuck: true })).toBe(
    'the last answer held only what was here already; the next asks for twice as many',
  )
})

test('that it was asked service by service is said, and so is a millisecond too full', () => {
  expect(restOf({ ...jaeger, services: ['a', 'b'], limitReached: false, hasMore: false })).toBe(
    'asked service by service, 2 services',
  )
  expect(restOf({ ...jaeger, hasMore: false, isStuck: true })).toBe(
    'within one millisecond there are 5 or more, and no shorter time can be asked for: raise the limit',
  )
})

test('traces that were left out are counted, with what they are without', () => {
  expect(leftOutOf({ leftOut: { count: 0, services: ['order-service'] } })).toBe('')
  expect(leftOutOf({ leftOut: { count: 14, services: ['order-service'] } })).toBe(
    '14 others without order-service left out',
  )
})

test('a step says how many there are, and whether these are all; what was saved of it says what is not in the file', () => {
  const tempo = { ...jaeger, newestFirst: true }
  const whole = { ...jaeger, hasMore: false }
  const found = [[whole], [tempo, whole], [tempo, jaeger]].map((sources) => foundOf(100, sources))
  expect(found).toEqual(['100 traces', 'newest 100 traces', '100 traces and more'])
  expect(found.map(savedFoundOf)).toEqual([
    expect.stringContaining('found 100 traces. '),
    expect.stringContaining('found the newest 100 traces; older ones existed. '),
    expect.stringContaining('found 100 traces and more, which were not listed. '),
  ])
})

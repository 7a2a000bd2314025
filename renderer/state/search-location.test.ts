import { expect, test } from 'vitest'
import { slowestFirst } from '#shared/trace/summary'
import { hrefOfSearch, searchKeyOf, searchLocation, type SearchLocation } from './search-location'

const empty = searchLocation.parse(new URLSearchParams())

const full: SearchLocation = {
  asked: true,
  sources: ['tempo-1', 'jaeger/2'],
  service: 'order-service',
  operation: 'POST /orders',
  tags: [
    { key: 'http.route', value: '/orders?x=1&y=2' },
    { key: 'empty', value: '' },
  ],
  minDurationNs: 500_000_000,
  maxDurationNs: 5_000_000_000,
  errorsOnly: true,
  traceql: '{ name = "a b" } && { duration > 1s }',
  askOthers: true,
  withServices: ['edge-gateway'],
  range: { from: 1_763_000_000_123, to: 'now' },
  rangeProblem: undefined,
  limit: 20,
  sort: slowestFirst,
  region: { fromMs: 1_763_000_000_000, toMs: 1_763_000_100_000, minNs: 1_000_000, maxNs: 9_000_000_000 },
  isLed: true,
  earlierMs: 360_000,
}

test('every part of a search comes back from its URL', () => {
  expect(searchLocation.parse(searchLocation.format(full))).toEqual(full)
})

test('a search that was led to by something other than a chart says so alone', () => {
  expect(searchLocation.parse(new URLSearchParams('led=1'))).toMatchObject({ isLed: true, earlierMs: 0 })
  expect(searchLocation.format({ ...empty, isLed: true }).get('led')).toBe('1')
})

test('a bare address is an empty form that asks nothing', () => {
  expect(empty.asked).toBe(false)
  expect(searchLocation.format(empty).toString()).toBe('')
})

test('a link to a search runs when it is opened', () => {
  expect(hrefOfSearch({ service: 'payment-service', errorsOnly: true })).toBe(
    '/traces?service=payment-service&errors=1&from=now-1h&to=now',
  )
})

test('what does not parse is left out', () => {
  const params = new URLSearchParams(
    'min=fast&max=-1&limit=1e9&sort=colour.up&region=1~2~3&tag==x&tag=novalue&from=now-1h&errors=yes',
  )
  expect(searchLocation.parse(params)).toEqual({ ...empty, asked: true, limit: 2_000 })
})

test('times that are no stretch of time are the last hour, and it is said why', () => {
  const params = new URLSearchParams('service=cart&from=now-1h&to=now-2h')
  const place = searchLocation.parse(params)
  expect(place).toEqual({
    ...empty,
    asked: true,
    service: 'cart',
    rangeProblem: 'The end is not after the start.',
  })
  expect(searchLocation.format(place).toString()).toBe('service=cart&from=now-1h&to=now')
})

test('sorting and choosing a region do not ask again', () => {
  expect(searchKeyOf(full)).toBe(searchKeyOf({ ...full, sort: empty.sort, region: undefined }))
  expect(searchKeyOf(full)).not.toBe(searchKeyOf({ ...full, limit: 21 }))
})

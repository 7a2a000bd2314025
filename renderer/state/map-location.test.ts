import { expect, test } from 'vitest'
import { hrefOfTraceOnMap, hrefOnMap, mapLocation, type MapLocation } from './map-location'

test('what is shown comes back from its URL', () => {
  const state: MapLocation = {
    sources: ['files:abc', 'b'],
    view: 'table',
    figure: 'p95',
    focus: 'shop/order & co',
    depth: 3,
    leastRate: 0.1,
    hidden: ['redis', 'a=b'],
    compared: true,
    trace: 'source=a&id=1',
    selected: 'order\npayment',
    range: { from: 'now-7d', to: 'now' },
    rangeProblem: undefined,
    filter: 'order & co',
    within: true,
    sort: { column: 'child', descending: false },
  }
  expect(mapLocation.parse(mapLocation.format(state))).toEqual(state)
})

test('a bare address shows the last day, most calls first, and is written bare', () => {
  const bare = mapLocation.parse(new URLSearchParams('sort=nonsense&depth=99&least=-1&figure=x'))
  expect(bare).toEqual({
    sources: [],
    view: 'map',
    figure: 'errors',
    focus: '',
    depth: 1,
    leastRate: 0,
    hidden: [],
    compared: false,
    trace: '',
    selected: '',
    range: { from: 'now-24h', to: 'now' },
    rangeProblem: undefined,
    filter: '',
    within: false,
    sort: { column: 'calls', descending: true },
  })
  expect(mapLocation.format(bare).toString()).toBe('')
})

test('a service is shown among its neighbours, in whole milliseconds', () => {
  expect(hrefOnMap('order & co', { startMs: 0.5, endMs: 1.5 })).toBe(
    '/map?from=0&to=2&focus=order+%26+co&selected=order+%26+co',
  )
})

test('a trace is laid over the map of its own time', () => {
  const startMs = 1_700_000_000_000
  const href = hrefOfTraceOnMap('source=a&id=1', { startMs, endMs: startMs + 500.5 })
  const { searchParams } = new URL(href, 'http://clew')
  expect(Object.fromEntries(searchParams)).toEqual({
    trace: 'source=a&id=1',
    from: `${startMs - 300_000}`,
    to: `${startMs + 300_501}`,
  })
})

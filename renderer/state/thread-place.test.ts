import { expect, test } from 'vitest'
import { longest, type Step } from '#shared/thread/thread'
import { placeAmong, placeAsAsked, placeIn } from './thread-place'

const window = { startMs: 1_000, endMs: 2_000.4 }

test.each([
  [
    'a range that moves becomes the window that was asked',
    '/logs?query=a%3D%3Db&from=now-1h&to=now',
    '/logs?query=a%3D%3Db&from=1000&to=2000',
  ],
  [
    'the usual range, which is not said, too',
    '/metrics?p=auto::up&p=auto::down',
    '/metrics?p=auto%3A%3Aup&p=auto%3A%3Adown&from=1000&to=2000',
  ],
  [
    'a page that follows stands still',
    '/logs?query=a&from=now-15m&to=now&live=1',
    '/logs?query=a&from=1000&to=2000',
  ],
  ['a fixed range stays, to the letter', '/logs?query=a+b&from=5&to=6', '/logs?query=a+b&from=5&to=6'],
])('%s', (_what, place, expected) => {
  expect(placeAsAsked({ place, window })).toBe(expected)
})

test('a place without a stretch of time stays', () => {
  expect(placeAsAsked({ place: '/trace?id=1' })).toBe('/trace?id=1')
})

test.each([
  ['/logs?query=a&source=loki&from=1&to=2', '/logs?query=a&from=1&to=2&source=files%3Aabc'],
  ['/traces?from=1&to=2&source=a&source=b', '/traces?from=1&to=2&source=files%3Aabc'],
  ['/trace?file=x&id=1', '/trace?id=1&source=files%3Aabc'],
  [
    '/metrics?p=lines:prometheus:up{a%3D":"}&p=auto::down&from=1&to=2',
    `/metrics?${new URLSearchParams([
      ['from', '1'],
      ['to', '2'],
      ['p', 'lines:files%3Aabc:up{a=":"}'],
      ['p', 'auto:files%3Aabc:down'],
    ])}`,
  ],
  [
    '/metrics?p=auto.logql:loki:rate({a="b"}[1m])',
    `/metrics?${new URLSearchParams([['p', 'auto.logql:files%3Aabc:rate({a="b"}[1m])']])}`,
  ],
  [
    '/metrics?p=lines:a%253Aloki:rate({a="b"}[1m])&p=auto:prometheus:up',
    `/metrics?${new URLSearchParams([
      ['p', 'lines.logql:files%3Aabc:rate({a="b"}[1m])'],
      ['p', 'auto:files%3Aabc:up'],
    ])}`,
  ],
  [
    '/map?trace=source%3Djaeger%26id%3D1',
    `/map?${new URLSearchParams([
      ['trace', 'id=1&source=files%3Aabc'],
      ['source', 'files:abc'],
    ])}`,
  ],
  ['/overview', '/overview?source=files%3Aabc'],
  // No chart that can be read.
  ['/metrics?p=broken', '/metrics?source=files%3Aabc'],
])('%s is asked of another source', (place, expected) => {
  expect(placeIn(place, 'files:abc', new Set(['a:loki']))).toBe(expected)
})

test('no place among what was opened is longer than is kept, and none leads elsewhere', () => {
  const step: Step = {
    id: 'a',
    parent: '',
    place: '/metrics?p=lines::up',
    signal: 'metric',
    title: 'up',
    sources: [],
    query: 'up',
    count: '',
    atMs: 1,
    name: '',
    note: '',
    isPinned: false,
  }
  const long = `/metrics?p=lines::${'('.repeat(longest.place / 2)}`
  expect(placeAmong(step, 'files:f', new Set())).toBe('/metrics?p=lines%3Afiles%253Af%3Aup')
  expect(placeAmong({ ...step, place: long }, 'files:f', new Set())).toBe('/metrics?source=files%3Af')
})

import { describe, expect, it } from 'vitest'
import { hrefOfTrace, sessionOf, traceLocation, type TraceLocation } from './trace-location'

const read = (query: string): TraceLocation => traceLocation.parse(new URLSearchParams(query))

const everything: TraceLocation = {
  sources: ['tempo-1', 'jaeger 2'],
  files: ['a.json'],
  traceId: '4be1f0c24be1f0c24be1f0c24be1f0c2',
  startMs: 1000,
  endMs: 2000,
  told: { service: 'order-service', tookNs: 2_310_000_000, failed: true },
  read: {
    where: 'traceid in metadata',
    others: [{ id: '106d14a355890aebaa8a2346bdbb221d', where: 'request in the line' }],
  },
  span: '00000000000000ab',
  zoom: { from: 10, to: 5_000_000_000 },
  find: 'http.status_code=500 -kind:client',
  matchesOnly: true,
  folding: { base: 2, toggled: ['00000000000000ab', '*00000000000000cd'] },
  rawClock: true,
  criticalPath: false,
  repeats: false,
  view: 'table',
  color: 'http.route',
  flame: { kind: 'merged', by: 'http.route' },
  flameZoom: { from: 0.25, to: 0.5 },
  reductions: [
    { kind: 'focus', span: '00000000000000ab' },
    { kind: 'hide-service', service: 'shop: cart' },
    { kind: 'drop-short', belowNs: 1e6 },
    { kind: 'drop-share', below: 0.01 },
    { kind: 'select-time', from: 5, to: 2e9 },
  ],
  table: {
    by: { kind: 'attribute', key: 'http.route: "x"' },
    sort: { column: 'p95', descending: false },
    filter: 'GET /',
    open: ['00000000000000ab', '00000000000000cd'],
  },
}

describe('trace location', () => {
  it('comes back whole from the link it makes', () => {
    const href = hrefOfTrace(everything)
    expect(read(href.slice(href.indexOf('?')))).toEqual(everything)
  })

  it('says nothing in the link that is as usual', () => {
    expect(hrefOfTrace({ sources: ['tempo'], traceId: 'ab' })).toBe('/trace?source=tempo&id=ab')
  })

  it('leaves out what does not parse', () => {
    const location = read(
      'zoom=9-3&fold=up.xyz.00000000000000AB&start=soon&end=&only=yes&view=pie&cut=focus:x&cut=short:-1&cut=time:9-3&group=colour&sort=-size&open=xyz',
    )
    expect(location).toEqual(read(''))
  })

  it('reads a folding level and the spans that differ', () => {
    expect(read('fold=closed.00000000000000ab').folding).toEqual({
      base: 'closed',
      toggled: ['00000000000000ab'],
    })
    expect(read('fold=3').folding).toEqual({ base: 3, toggled: [] })
  })

  it('names one session for the same inputs in another order', () => {
    const [both, turned, one] = [['a', 'b'], ['b', 'a'], ['a']].map((sources) =>
      sessionOf({ sources, files: [], traceId: 'ab' }),
    )
    expect(turned).toBe(both)
    expect(one).not.toBe(both)
  })
})

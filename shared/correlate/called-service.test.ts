import { describe, expect, test } from 'vitest'
import { calledService, tracesOfCalls } from '#shared/correlate/called-service'
import type { Attribute } from '#shared/trace/detail'
import { SpanFlag, SpanKind } from '#shared/trace/table'
import { traceFromText } from '../../test/builders/trace-from-text.ts'

const known = ['search-service', 'web-bff', 'payment']

/** Row 1 is answered, row 3 was given up on, row 4 is no call. */
function calls() {
  const trace = traceFromText(`
    web-bff: root              0..100
      web-bff: GET /search    10..40
        search: GET /search   20..30
      web-bff: GET /search    50..80
      web-bff: render         80..90
  `)
  for (const row of [1, 3]) trace.spans.kind[row] = SpanKind.client
  return trace
}

const answeredBy = (value: string) => calledService(calls(), 1, [{ key: 'server.address', value }], known)

test('a call is of the service whose span answered it, whatever its attributes say', () => {
  expect(answeredBy('payment')).toEqual({ service: 'search', named: undefined })
  expect(answeredBy('search-service')).toEqual({
    service: 'search',
    named: { key: 'server.address', value: 'search-service' },
  })
})

interface Named {
  readonly what: string
  readonly attributes: readonly Attribute[]
  readonly service: string | undefined
  readonly named?: readonly [key: string, value: string]
}

const table: readonly Named[] = [
  { what: 'nothing is said', attributes: [], service: undefined },
  {
    what: 'an address that is a service',
    attributes: [{ key: 'server.address', value: 'search-service' }],
    service: 'search-service',
    named: ['server.address', 'search-service'],
  },
  {
    what: 'an address within a cluster',
    attributes: [{ key: 'server.address', value: 'search-service.shop.svc.cluster.local' }],
    service: 'search-service',
    named: ['server.address', 'search-service.shop.svc.cluster.local'],
  },
  {
    what: 'a peer that is spelled otherwise, before the address of a proxy',
    attributes: [
      { key: 'server.address', value: 'payment' },
      { key: 'peer.service', value: 'shop/Search_Service' },
    ],
    service: 'search-service',
    named: ['peer.service', 'shop/Search_Service'],
  },
  {
    what: 'an address elsewhere',
    attributes: [{ key: 'server.address', value: '10.0.3.7' }],
    service: undefined,
  },
  { what: 'its own address', attributes: [{ key: 'server.address', value: 'web-bff' }], service: undefined },
  { what: 'a number', attributes: [{ key: 'peer.service', value: 7 }], service: undefined },
]

describe('a call that was not answered is of whom it names', () => {
  test.each(table)('$what', ({ attributes, service, named }) => {
    expect(calledService(calls(), 3, attributes, known)).toEqual(
      service && { service, named: named && { key: named[0], value: named[1] } },
    )
  })
})

test('what is no client, and a call of a database, leads to no service', () => {
  const trace = calls()
  const attributes = [{ key: 'peer.service', value: 'payment' }]
  expect(calledService(trace, 4, attributes, known)).toBeUndefined()
  trace.spans.flags[3] |= SpanFlag.database
  expect(calledService(trace, 3, attributes, known)).toBeUndefined()
})

test('calls are looked for by what named the service that was called, around the moment of one of them', () => {
  const named = { key: 'server.address', value: 'search-service' }
  const place = { service: 'web-bff', startMs: 1_000_000, endMs: 1_001_000 }
  expect(tracesOfCalls(place, { service: 'search-service', named })).toEqual({
    question: {
      service: 'web-bff',
      operation: '',
      minDurationNs: undefined,
      maxDurationNs: undefined,
      kind: 'client',
      errorsOnly: false,
      startMs: 700_000,
      endMs: 1_301_000,
    },
    tags: [named],
  })
  expect(tracesOfCalls(place, { service: 'search-service', named: undefined })).toBeUndefined()
})

import { expect, test } from 'vitest'
import { TraceImport } from './index'
import { type SpansMeant, spansByTrace } from './spans-by-trace'

const span = (traceId: string, id: string, name: string, kind: number, tookMs: number, failed = false) => ({
  traceId: traceId.repeat(32),
  spanId: id.repeat(16),
  name,
  kind,
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: `${1_700_000_000_000 + tookMs}000000`,
  status: failed ? { code: 2 } : {},
})

function found(change: Partial<SpansMeant>, most = 20) {
  const into = new TraceImport()
  const document = into.addDocument('answer')
  const spans = [
    span('a', '1', 'POST /orders', 2, 100),
    span('a', '2', 'POST /orders', 2, 300, true),
    span('a', '3', 'POST /orders', 3, 200),
    span('b', '4', 'POST /orders', 2, 50),
    span('b', '5', 'GET /orders', 2, 50),
  ]
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'order' } }] }
  document.push(
    new TextEncoder().encode(JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] })),
  )
  document.end()
  const meant: SpansMeant = {
    service: 'order',
    operation: 'POST /orders',
    kind: 'server',
    minDurationNs: undefined,
    maxDurationNs: undefined,
    errorsOnly: false,
    ...change,
  }
  return [...spansByTrace(into.arrived, meant, most)].map(([id, of]) => [
    id[0],
    of.map(({ spanId }) => spanId[0]).join(''),
  ])
}

test.each<[string, Partial<SpansMeant>, unknown]>([
  [
    'of a service, an operation and a kind',
    {},
    [
      ['a', '12'],
      ['b', '4'],
    ],
  ],
  ['of another kind', { kind: 'client' }, [['a', '3']]],
  ['under names in lower case', { service: 'Order', operation: 'get /orders' }, [['b', '5']]],
  [
    'of any operation',
    { operation: '' },
    [
      ['a', '12'],
      ['b', '45'],
    ],
  ],
  ['that failed', { errorsOnly: true }, [['a', '2']]],
  ['of a duration', { minDurationNs: 60e6, maxDurationNs: 250e6 }, [['a', '1']]],
  ['of another service', { service: 'mail' }, []],
])('spans %s', (_, change, expected) => expect(found(change)).toEqual(expected))

test('no more of a trace than are wanted', () => {
  expect(found({}, 1)).toEqual([
    ['a', '1'],
    ['b', '4'],
  ])
})

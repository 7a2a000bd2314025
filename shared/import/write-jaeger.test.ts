import { expect, test } from 'vitest'
import { dumpTrace } from '#shared/trace/dump'
import { dumpDetails, importChunks } from '../../test/builders/dump-import'
import { type PlainSpan, writeTrace } from '../../test/builders/write-formats'
import { jaegerOfTrace } from './write-jaeger'

const traceId = '5b8efff798038103d269b633813fc60c'
const spans: readonly PlainSpan[] = [
  {
    id: 'eee19b7ec3c1b174',
    parentId: undefined,
    service: 'checkout',
    name: 'POST /pay',
    kind: 2,
    startUs: 1_793_000_000_000_000,
    durationUs: 250_000,
    isError: true,
    attributes: [['http.route', '/pay']],
    events: [['retry', 1_793_000_000_100_000]],
  },
  {
    id: 'eee19b7ec3c1b175',
    parentId: 'eee19b7ec3c1b174',
    service: 'payment',
    name: 'charge',
    kind: 3,
    startUs: 1_793_000_000_050_000,
    durationUs: 100_000,
    isError: false,
    attributes: [],
    events: [],
  },
]

test.each(['otlp', 'protobuf', 'zipkin', 'jaeger'] as const)(
  'a trace that came as %s is the same when it is read again from Jaeger’s JSON',
  (format) => {
    const first = importChunks('first', [writeTrace(format, traceId, spans)])
    const trace = first.build(traceId, { adjustSkew: false })
    if (!trace) throw new Error('The trace was not read.')
    const written = new TextEncoder().encode(jaegerOfTrace(first.store, trace))
    const second = importChunks('second', [written])
    const again = second.build(traceId, { adjustSkew: false })
    if (!again) throw new Error('The trace was not read again.')
    expect(dumpTrace(again)).toBe(dumpTrace(trace))
    expect(dumpDetails(second)).toBe(dumpDetails(first))
  },
)

import { expect, test } from 'vitest'
import { packTexts } from '#shared/base/text-list'
import { SpanFlag, SpanKind } from '#shared/trace/table'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { callsOfTrace, namespacesOfTrace } from '#shared/map/trace-calls'

test('a span in another service than its parent is a call, measured by how long it took', () => {
  const trace = traceFromText(`
    gateway: root    0..100
      order: one    10..30  error
      order: two    40..80
        order: in   50..60
        pay: charge 60..70
  `)
  const calls = callsOfTrace(trace, [])
  expect(calls.map(({ parent, child, figures }) => [parent, child, figures.calls, figures.errors])).toEqual([
    ['gateway', 'order', 2, 0.5],
    ['order', 'pay', 1, 0],
  ])
  const [{ figures }] = calls
  expect(figures.p99).toBeGreaterThan(figures.p50 ?? 0)
})

test('whom a client span called is what it says of it, unless a span answered', () => {
  const trace = traceFromText(`
    order: root       0..100
      order: SELECT  10..30
      order: GET     40..80
        pay: charge  50..70
  `)
  for (const row of [1, 2]) trace.spans.kind[row] = SpanKind.client
  trace.spans.flags[1] |= SpanFlag.database
  const column = {
    key: 'db.namespace',
    valueOf: Int32Array.of(-1, 0, 0, -1),
    values: packTexts(['orders']),
    counts: Int32Array.of(2),
  }
  expect(callsOfTrace(trace, [column]).map(({ child, childKind }) => [child, childKind])).toEqual([
    ['orders', 'database'],
    ['pay', 'service'],
  ])
})

const column = (values: readonly string[], valueOf: readonly number[]) => ({
  values: packTexts(values),
  valueOf: Int32Array.from(valueOf),
})

test('a service is in the namespace that its first span with one says', () => {
  const trace = traceFromText(`
    gateway: root  0..100
      order: one   10..30
      order: two   40..80
  `)
  const columns = [column(['shop'], [-1, -1, 0]), column(['prod', 'dmz'], [1, 0, 0])]
  expect(Object.fromEntries(namespacesOfTrace(trace, columns as never))).toEqual({
    gateway: 'dmz',
    order: 'prod',
  })
})

test('a message goes through its queue, taken from it in one call however many spans that is', () => {
  const trace = traceFromText(`
    order: root          0..100
      order: send        10..30
        mail: receive    40..80  error
          mail: process  50..70
        ship: process    60..90
  `)
  const { kind } = trace.spans
  kind[1] = SpanKind.producer
  for (const row of [2, 3, 4]) kind[row] = SpanKind.consumer
  const destination = { key: 'messaging.destination.name', ...column(['order-events'], [-1, 0, 0, 0, -1]) }
  const calls = callsOfTrace(trace, [destination] as never)
  expect(
    calls.map(({ parent, child, parentKind, childKind, figures }) => [
      parent,
      child,
      parentKind,
      childKind,
      figures.calls,
      figures.errors,
    ]),
  ).toEqual([
    ['order', 'order-events', 'service', 'queue', 1, 0],
    ['order-events', 'mail', 'queue', 'service', 1, 1],
    // It does not say where from.
    ['order', 'ship', 'service', 'service', 1, 0],
  ])
})

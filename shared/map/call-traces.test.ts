import { expect, test } from 'vitest'
import { tracesOfBacking, tracesOfCall } from '#shared/map/call-traces'
import { unknownFigures } from '#shared/map/graph'

const edge = (p95: number | undefined) => ({
  id: '',
  parent: 'order "x"',
  child: 'payment',
  figures: { ...unknownFigures, p95 },
  told: [],
})

test('traces of a call name both of its ends, what failed and what was slow at the one that answers', () => {
  const { all, failed, slow } = tracesOfCall(edge(0.5), { parentKind: 'service', childKind: 'service' })
  expect(all.traceql).toBe(
    '{ resource.service.name = "order \\"x\\"" } > { resource.service.name = "payment" }',
  )
  expect(failed).toMatchObject({ service: 'payment', withServices: ['order "x"'], errorsOnly: true })
  expect(failed.traceql).toMatch(/"payment" && status = error }$/)
  expect(slow).toMatchObject({ minDurationNs: 500_000_000 })
  expect(slow.traceql).toMatch(/"payment" && duration > 500000000ns }$/)
})

test('a database sends no spans: its caller’s are asked for', () => {
  const { all } = tracesOfCall(edge(undefined), { parentKind: 'service', childKind: 'database' })
  expect(all).toMatchObject({
    service: 'order "x"',
    withServices: [],
    traceql: expect.stringMatching(
      /^{ resource\.service\.name = "order \\"x\\"" && kind = client && \(span\.peer\.service = "payment" \|\| .*span\.server\.address = "payment"\) }$/,
    ),
  })
})

test('a queue sends no spans: those that sent to it, or took from it, are asked for', () => {
  const into = tracesOfCall(
    { ...edge(undefined), child: 'order-events' },
    { parentKind: 'service', childKind: 'queue' },
  )
  expect(into.all).toMatchObject({
    service: 'order "x"',
    traceql:
      '{ resource.service.name = "order \\"x\\"" && kind = producer && span.messaging.destination.name = "order-events" }',
  })
  const out = tracesOfCall(
    { ...edge(undefined), parent: 'order-events' },
    { parentKind: 'queue', childKind: 'service' },
  )
  expect(out.failed).toMatchObject({
    service: 'payment',
    traceql:
      '{ resource.service.name = "payment" && kind = consumer && span.messaging.destination.name = "order-events" && status = error }',
  })
})

const node = (kind: 'database' | 'queue') => ({
  name: 'orders',
  namespace: '',
  kind,
  figures: { ...unknownFigures, p95: 2 },
  isCalled: true,
})

test('all calls of a database or queue are asked for by whatever names it', () => {
  const { all, failed } = tracesOfBacking(node('database'), 'order')
  expect(all.traceql).toMatch(/^{ kind = client && \(.*span\.db\.namespace = "orders".*\) }$/)
  expect(failed).toMatchObject({ service: 'order', errorsOnly: true })
  expect(tracesOfBacking(node('queue'), 'order').slow.traceql).toBe(
    '{ span.messaging.destination.name = "orders" && duration > 2000000000ns }',
  )
})

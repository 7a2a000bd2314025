import { expect, test } from 'vitest'
import { tracesOfCall } from '#shared/map/call-traces'
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
    '{ resource.service.name = "order \\"x\\"" } >> { resource.service.name = "payment" }',
  )
  expect(failed).toMatchObject({ service: 'payment', errorsOnly: true })
  expect(failed.traceql).toMatch(/"payment" && status = error }$/)
  expect(slow).toMatchObject({ minDurationNs: 500_000_000 })
  expect(slow.traceql).toMatch(/"payment" && duration > 500000000ns }$/)
})

test('a database sends no spans: its caller’s are asked for', () => {
  const { all } = tracesOfCall(edge(undefined), { parentKind: 'service', childKind: 'database' })
  expect(all).toMatchObject({
    service: 'order "x"',
    traceql: '{ resource.service.name = "order \\"x\\"" && kind = client }',
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

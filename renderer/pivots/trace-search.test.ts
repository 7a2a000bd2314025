import { expect, test } from 'vitest'
import type { TraceQuestion } from '#shared/correlate/trace-questions'
import { searchOf } from './trace-search'

const all: TraceQuestion = {
  service: 'order-service',
  operation: '',
  minDurationNs: undefined,
  maxDurationNs: undefined,
  kind: undefined,
  errorsOnly: false,
  startMs: 1_000.5,
  endMs: 2_000.5,
}

test.each([
  [{}, '', '{ resource.service.name = "order-service" }'],
  [
    { minDurationNs: 250_000_000 },
    '&min=250000000',
    '{ resource.service.name = "order-service" && duration >= 250ms }',
  ],
  [
    { minDurationNs: 250_000_000, maxDurationNs: 1e9, kind: 'server' as const },
    '&tag=span.kind%3Dserver&min=250000000&max=1000000000',
    '{ resource.service.name = "order-service" && kind = server && duration >= 250ms && duration <= 1s }',
  ],
  [{ errorsOnly: true }, '&errors=1', '{ resource.service.name = "order-service" && status = error }'],
])('a search for %j says the same in its link and in its query', (change, conditions, query) => {
  expect(searchOf({ ...all, ...change })).toEqual({
    href: `/traces?service=order-service${conditions}&from=1000&to=2001&led=1`,
    query,
  })
})

test('an instance is an attribute of its spans', () => {
  expect(searchOf(all, { tags: [{ key: 'k8s.pod.name', value: 'order-1' }] })).toEqual({
    href: '/traces?service=order-service&tag=k8s.pod.name%3Dorder-1&from=1000&to=2001&led=1',
    query: '{ resource.service.name = "order-service" && .k8s.pod.name = "order-1" }',
  })
})

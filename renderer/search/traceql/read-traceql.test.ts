import { describe, expect, test } from 'vitest'
import { traceqlOf } from '#shared/api/traceql'
import { noConditions, type TraceConditions } from '#shared/api/contract'
import { readTraceql } from './read-traceql'

const form = (change: Partial<TraceConditions>): TraceConditions => ({ ...noConditions, ...change })
const write = (conditions: TraceConditions): string =>
  traceqlOf({ ...conditions, startMs: 0, endMs: 1, limit: 1, traceql: '' })

describe('TraceQL written from the form', () => {
  test.each([
    noConditions,
    form({ service: 'order-service' }),
    form({
      service: 'order-service',
      operation: 'POST /orders',
      tags: [{ key: 'http.route', value: '/orders' }],
      minDurationNs: 500e6,
      maxDurationNs: 5e9,
      errorsOnly: true,
    }),
    form({ tags: [{ key: 'http.response.status_code', value: '500' }] }),
    form({ tags: [{ key: 'n', value: '-1.5' }] }),
    form({ minDurationNs: 1_500_000_000, tags: [{ key: 'retry', value: 'true' }] }),
    form({ tags: [{ key: 'resource.k8s.pod.name', value: 'a-1' }] }),
    form({ tags: [{ key: 'span.two words', value: 'x' }] }),
    form({ tags: [{ key: 'span.kind', value: 'server' }] }),
    form({ tags: [{ key: 'statement', value: 'say "hi" \\ there' }] }),
  ])('is read back to it: %o', (conditions) => {
    expect(readTraceql(write(conditions))).toEqual(conditions)
  })
})

test('other ways of saying the same are read', () => {
  expect(readTraceql('{.service.name="a"&&span:name=`b`&&span:duration>90s&&.n = "x"}')).toEqual(
    form({ service: 'a', operation: 'b', minDurationNs: 90e9 + 1, tags: [{ key: 'n', value: 'x' }] }),
  )
  expect(readTraceql('  ')).toEqual(noConditions)
})

test.each([
  '{ resource.service.name = "a" || name = "b" }',
  '{ (resource.service.name = "a" && name = "b") && duration > 1s }',
  '{ name != "a" }',
  '{ name =~ "a.*" }',
  '{ .a = "x" } && { .b = "y" }',
  '{ .a = "x" } | count() > 2',
  '{ .a = "x" } with (most_recent=true)',
  '{ .a = .b }',
  '{ .a > 3 }',
  '{ .a = nil }',
  '{ .a = "500" }',
  '{ (.a = 1 || .b = "1") }',
  '{ status = ok }',
  '{ duration > 1s && duration > 2s }',
  '{ name = "a" && name = "b" }',
  '{ traceDuration > 1s }',
  '{ duration > 1m30s }',
  '{ .a = "x" .b = "y" }',
  '{ .a = ',
  'order-service',
])('%s is more than the form can say', (text) => {
  expect(readTraceql(text)).toBeUndefined()
})

test.each([
  '{ duration > 500ms }',
  '{ duration >= 500ms }',
  '{ duration < 100ms }',
  '{ duration <= 100ms }',
  '{ duration > 2s && duration < 1us }',
  '{ duration >= 1ns }',
])('%s is asked as it was written', (text) => {
  expect(write(readTraceql(text)!)).toBe(text)
})

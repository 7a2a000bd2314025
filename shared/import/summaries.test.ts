import { expect, test } from 'vitest'
import { TraceImport } from './index.ts'

const span = (spanID: string, processID: string, startTime: number, duration: number, parent?: string) => ({
  traceID: '1'.repeat(32),
  spanID,
  processID,
  operationName: spanID,
  startTime,
  duration,
  references: parent === undefined ? [] : [{ refType: 'CHILD_OF', traceID: '1'.repeat(32), spanID: parent }],
})

test('a list says the times of the trace as it is shown, with its clocks adjusted', () => {
  const a = 'a'.repeat(16)
  const spans = [
    span(a, 'p1', 1_793_000_000_000_000, 100_000),
    span('b'.repeat(16), 'p2', 1_792_999_999_100_000, 50_000, a),
  ]
  const processes = { p1: { serviceName: 'shop' }, p2: { serviceName: 'mail' } }
  const into = new TraceImport()
  const document = into.addDocument('x')
  document.push(
    new TextEncoder().encode(JSON.stringify({ data: [{ traceID: '1'.repeat(32), spans, processes }] })),
  )
  document.end()
  const [summary] = into.summaries()
  const trace = into.build(undefined, { adjustSkew: true })
  expect(trace?.durationNs).toBe(100_000_000)
  expect(summary).toMatchObject({ startNs: String(trace?.epochNs), durationNs: 100_000_000, spanCount: 2 })
})

test('an end without a start, and one in the year 2286, are no durations: neither list nor trace becomes years long', () => {
  const whole = {
    traceId: '1'.repeat(32),
    spanId: 'a'.repeat(16),
    startTimeUnixNano: '1793000000000000000',
    endTimeUnixNano: '1793000000000001000',
  }
  const spans = [
    whole,
    { ...whole, spanId: 'b'.repeat(16), startTimeUnixNano: '0' },
    { ...whole, spanId: 'c'.repeat(16), endTimeUnixNano: '9999999999000000000' },
  ]
  const into = new TraceImport()
  const document = into.addDocument('x')
  document.push(new TextEncoder().encode(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })))
  document.end()
  const trace = into.build(undefined, { adjustSkew: true })
  expect([into.summaries()[0].durationNs, trace?.durationNs]).toEqual([1_000, 1_000])
  expect(trace?.problems.map(({ kind, count }) => [kind, count])).toContainEqual(['no-time', 2])
})

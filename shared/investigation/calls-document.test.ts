import { expect, test } from 'vitest'
import { callsDocument, callsWithin, readCalls } from './calls-document'

const call = (callCount: number, more: object = {}) => ({
  parent: 'web',
  child: 'order',
  callCount,
  errorCount: undefined,
  ...more,
})
const window = { startMs: 10_000, endMs: 70_000 }

test('what was told comes back, and of a pair what was known best; other windows are not answered', () => {
  const timed = call(7, { errorCount: 1, seconds: { p50: 1, p95: 2, p99: 3 } })
  const document: unknown = JSON.parse(
    JSON.stringify(
      callsDocument([
        { ...window, calls: [call(9)] },
        { ...window, calls: [timed] },
      ]),
    ),
  )
  const told = readCalls(document as Record<string, unknown>) ?? []
  expect(callsWithin(told, { startMs: 10_400, endMs: 70_400 })).toEqual([timed])
  expect(callsWithin(told, { startMs: 0, endMs: 70_000 })).toBeUndefined()
})

test('who counted all calls is believed before who read some traces; calls that only those tell are there', () => {
  const read = call(3, { errorCount: 1, sampledOf: 40, seconds: { p50: 1, p95: 2, p99: 3 } })
  const other = { ...read, child: 'bank', childKind: 'outside' as const }
  const document: unknown = JSON.parse(
    JSON.stringify(
      callsDocument([
        { ...window, calls: [read, other] },
        { ...window, calls: [call(9)] },
      ]),
    ),
  )
  const told = readCalls(document as Record<string, unknown>) ?? []
  expect(callsWithin(told, window)).toEqual([call(9), other])
})

test('what is damaged is left out, and another document is none', () => {
  const told = readCalls({
    kind: 'clew-calls',
    told: [7, { ...window, calls: [call(1), { parent: 7 }] }, { calls: [] }],
  })
  expect(told).toEqual([{ ...window, calls: [call(1)] }])
  expect(readCalls({ resourceSpans: [] })).toBeUndefined()
})

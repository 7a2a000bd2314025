import { expect, test } from 'vitest'
import { hasFailed, isInRegion, startMsOf } from '#shared/trace/summary'
import type { TraceSummary } from '#shared/trace/table'

const summary: TraceSummary = {
  traceId: '1'.padStart(32, '0'),
  rootService: 'order-service',
  rootName: 'POST /orders',
  startNs: '1763000000123456789',
  durationNs: 5_000_000,
  spanCount: undefined,
  errorCount: undefined,
  failed: undefined,
  services: [],
  matched: undefined,
}

test('a start keeps its microseconds', () => {
  expect(startMsOf(summary)).toBe(1763000000123.456)
})

test('a trace has failed when its source says so, in words or by a count', () => {
  expect([
    hasFailed(summary),
    hasFailed({ ...summary, failed: true }),
    hasFailed({ ...summary, failed: false, errorCount: 2 }),
    hasFailed({ ...summary, failed: false, errorCount: 0 }),
  ]).toEqual([false, true, true, false])
})

test('the ends of a region belong to it', () => {
  const region = { fromMs: 1763000000123.456, toMs: 1763000000124, minNs: 1, maxNs: 5_000_000 }
  expect([
    isInRegion(summary, region),
    isInRegion(summary, { ...region, fromMs: 1763000000123.457 }),
    isInRegion(summary, { ...region, maxNs: 4_999_999 }),
  ]).toEqual([true, false, false])
})

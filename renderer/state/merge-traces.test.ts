import { expect, test } from 'vitest'
import type { TraceSummary } from '#shared/trace/table'
import { mergeSummaries, mergeTraces } from './merge-traces'

const summary = (change: Partial<TraceSummary>): TraceSummary => ({
  traceId: '1'.padStart(32, '0'),
  rootService: 'order-service',
  rootName: 'POST /orders',
  startNs: '1763000000000000000',
  durationNs: 1_000_000,
  spanCount: undefined,
  errorCount: undefined,
  failed: undefined,
  services: [],
  matched: undefined,
  ...change,
})

const tempo = { id: 't', name: 'Tempo' }
const jaeger = { id: 'j', name: 'Jaeger' }

test('a trace held by two sources is one row that names both', () => {
  const a = summary({})
  const b = summary({ traceId: '2'.padStart(32, '0') })
  expect(
    mergeTraces([
      { source: tempo, traces: [a, b] },
      { source: jaeger, traces: [b, b] },
    ]).map((row) => [row.summary.traceId, row.sources]),
  ).toEqual([
    [a.traceId, [tempo]],
    [b.traceId, [tempo, jaeger]],
  ])
})

test('the fuller answer says what the trace is, and nothing that is known is lost', () => {
  const half = summary({
    spanCount: 3,
    errorCount: 2,
    failed: true,
    durationNs: 5_000_000,
    matched: { spanId: '00000000000000aa', name: 'pool.acquire', durationNs: 4_000_000 },
  })
  const whole = summary({
    startNs: '1762999999999000000',
    spanCount: 9,
    errorCount: 1,
    services: [{ name: 'order-service', spanCount: 9 }],
  })
  expect(mergeSummaries(half, whole)).toEqual({
    ...whole,
    // Earliest start to latest end.
    durationNs: 6_000_000,
    errorCount: 2,
    failed: true,
    matched: half.matched,
  })
  expect(mergeSummaries(half, whole)).toEqual(mergeSummaries(whole, half))
})

test('a root that a server has not seen gives way to one that another has', () => {
  const unseen = summary({ rootService: '<root span not yet received>', rootName: '', spanCount: 9 })
  const seen = summary({ spanCount: 2 })
  expect(mergeSummaries(unseen, seen)).toMatchObject({ rootName: 'POST /orders', spanCount: 9 })
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ArrivedSpans } from './arrival.ts'
import { buildTrace } from './builder.ts'
import { checkTrace } from './check.ts'
import { dumpTrace } from './dump.ts'
import { type ScopeInfo, SpanFlag, type Trace } from './table.ts'

interface DrawnSpan {
  readonly id: number
  /** 0 = a root. */
  readonly parent: number
  /** NaN = none was recorded. */
  readonly start: number
  readonly duration: number
  readonly scope: number
  readonly kind: number
  readonly name: number
}

const SERVICES = ['a', 'b', 'c']
const SCOPES: ScopeInfo[] = [0, 1, 2, 0, 1, 2].map((service, index) => ({
  service,
  format: index < 3 ? 'otlp-json' : 'jaeger-json',
  document: index < 3 ? 0 : 1,
  resource: { start: index, end: index + 1 },
  scope: undefined,
}))
const NAMES = ['x', 'y']

function build(drawn: readonly DrawnSpan[], adjustSkew = true): Trace {
  const spans = new ArrivedSpans()
  for (const span of drawn) {
    const row = spans.add()
    spans.idLow[row] = span.id
    spans.parentLow[row] = span.parent
    spans.startSeconds[row] = Number.isNaN(span.start)
      ? Number.NaN
      : 1_700_000_000 + Math.floor(span.start / 1e9)
    spans.startNanos[row] = Number.isNaN(span.start) ? 0 : span.start - Math.floor(span.start / 1e9) * 1e9
    spans.duration[row] = span.duration
    spans.scope[row] = span.scope
    spans.kind[row] = span.kind
    spans.name[row] = span.name
    if (span.kind === 1) spans.addEvent(span.start)
  }
  const rows = Int32Array.from({ length: drawn.length }, (_, row) => row)
  const parts = {
    traceId: '1'.repeat(32),
    spans,
    rows,
    names: NAMES,
    services: SERVICES,
    scopes: SCOPES,
    problems: [],
  }
  return buildTrace(parts, { adjustSkew })
}

const anyTime = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.maxSafeNat(), fc.constant(Number.NaN))
const anySpan: fc.Arbitrary<DrawnSpan> = fc.record({
  id: fc.integer({ min: 0, max: 30 }),
  parent: fc.integer({ min: 0, max: 35 }),
  start: anyTime,
  duration: fc.oneof(fc.integer({ min: -50, max: 200 }), fc.constant(Number.NaN), fc.maxSafeNat()),
  scope: fc.nat(SCOPES.length - 1),
  kind: fc.nat(5),
  name: fc.nat(1),
})

test('any spans at all become a trace that keeps every invariant and loses no span', () => {
  fc.assert(
    fc.property(fc.array(anySpan, { maxLength: 40 }), fc.boolean(), (drawn, adjustSkew) => {
      const trace = build(drawn, adjustSkew)
      expect(checkTrace(trace)).toEqual([])
      const merged = trace.problems.find(({ kind }) => kind === 'merged')?.count ?? 0
      expect(trace.spanCount + merged).toBe(drawn.length)
    }),
    { numRuns: 1_000 },
  )
})

/** A tree whose spans differ in their start, so that the order of arrival decides nothing. */
const anyTree = fc
  .array(fc.record({ above: fc.nat(), duration: fc.nat(100), scope: fc.nat(2) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((spans) =>
    spans.map(({ above, duration, scope }, index): DrawnSpan => {
      const parent = index === 0 ? 0 : 1 + (above % (index + 2))
      return {
        id: index + 1,
        parent: parent > index ? 1_000 + parent : parent,
        start: index * 3,
        duration,
        scope,
        kind: 0,
        name: 0,
      }
    }),
  )

/** A trace without the order of services, which is that of arrival. */
const drawn = (trace: Trace): string => dumpTrace(trace).replace(/^services .*$/m, '')

test('the order of arrival does not matter', () => {
  fc.assert(
    fc.property(
      anyTree.chain((tree) =>
        fc.tuple(fc.constant(tree), fc.shuffledSubarray(tree, { minLength: tree.length })),
      ),
      ([tree, shuffled]) => {
        expect(drawn(build(shuffled))).toBe(drawn(build(tree)))
      },
    ),
    { numRuns: 300 },
  )
})

test('10,000 levels are no deeper than the stack', () => {
  const drawn = Array.from({ length: 10_000 }, (_, index): DrawnSpan => ({
    id: index + 1,
    parent: index,
    start: index,
    duration: 20_000 - index * 2,
    scope: index % 3,
    kind: 0,
    name: 0,
  }))
  const trace = build(drawn.toReversed())
  expect(checkTrace(trace)).toEqual([])
  expect(trace.levels).toBe(10_000)
})

test('a cycle of 10,000 spans is cut once', () => {
  const drawn = Array.from({ length: 10_000 }, (_, index): DrawnSpan => ({
    id: index + 1,
    parent: ((index + 1) % 10_000) + 1,
    start: index,
    duration: 1,
    scope: 0,
    kind: 0,
    name: 0,
  }))
  const trace = build(drawn)
  expect(checkTrace(trace)).toEqual([])
  expect([trace.levels, trace.spans.flags[0] & SpanFlag.cycle]).toEqual([10_000, SpanFlag.cycle])
})

test('500,000 siblings take a second or so, not the square of it', () => {
  const drawn = Array.from({ length: 500_000 }, (_, index): DrawnSpan => ({
    id: index + 1,
    parent: index === 0 ? 0 : 1,
    start: index === 0 ? 0 : (index * 7_919) % 500_000,
    duration: index === 0 ? 600_000 : 10,
    scope: 0,
    kind: 0,
    name: 0,
  }))
  const trace = build(drawn)
  expect(trace.spans.childCount[0]).toBe(499_999)
  expect(checkTrace(trace)).toEqual([])
})

test('100,000 different spans of one id, and as many that were never told apart, are all shown', () => {
  const drawn = Array.from({ length: 100_000 }, (_, index): DrawnSpan => ({
    id: index % 2,
    parent: index % 2,
    start: index,
    duration: index * 2_000,
    scope: index % 3,
    kind: 0,
    name: 0,
  }))
  const trace = build(drawn)
  expect(trace.spanCount).toBe(100_000)
  expect(checkTrace(trace)).toEqual([])
})

test('columns lie where allocate says', () => {
  const drawn: DrawnSpan = { id: 1, parent: 0, start: 0, duration: 5, scope: 0, kind: 0, name: 0 }
  const spans = new ArrivedSpans()
  spans.idLow[spans.add()] = drawn.id
  const trace = buildTrace(
    {
      traceId: '1'.repeat(32),
      spans,
      rows: Int32Array.of(0),
      names: NAMES,
      services: SERVICES,
      scopes: SCOPES,
      problems: [],
    },
    { adjustSkew: true, allocate: (byteLength) => new SharedArrayBuffer(byteLength) },
  )
  for (const column of Object.values(trace.spans)) {
    if (typeof column === 'object') expect((column as Int32Array).buffer).toBeInstanceOf(SharedArrayBuffer)
  }
})

test('a clock that was never set does not make the trace fifty years long', () => {
  const spans = new ArrivedSpans()
  for (const [id, seconds] of [
    [1, 1_700_000_000],
    [2, 0],
  ]) {
    const row = spans.add()
    spans.idLow[row] = id
    spans.parentLow[row] = id - 1
    spans.startSeconds[row] = seconds
    spans.duration[row] = 1_000
    spans.addEvent(500)
  }
  const parts = {
    traceId: '1'.repeat(32),
    spans,
    rows: Int32Array.of(0, 1),
    names: NAMES,
    services: SERVICES,
    scopes: SCOPES,
    problems: [],
  }
  const trace = buildTrace(parts, { adjustSkew: true })
  expect(checkTrace(trace)).toEqual([])
  expect([trace.durationNs, trace.spans.flags[1] & SpanFlag.untimed, trace.spans.eventTime[1]]).toEqual([
    1_000,
    SpanFlag.untimed,
    500,
  ])
})

import {
  array,
  assert,
  type Arbitrary,
  boolean,
  constantFrom,
  integer,
  nat,
  property,
  string,
  tuple,
} from 'fast-check'
import { expect, test } from 'vitest'
import { importChunks } from '../../test/builders/dump-import.ts'
import { type FormatName, type PlainSpan, writeTrace } from '../../test/builders/write-formats.ts'
import { checkTrace } from '#shared/trace/check'
import { dumpTrace } from '#shared/trace/dump'
import type { Trace } from '#shared/trace/table'
import { spanFilter, type TraceImport, visitSpan } from './index.ts'
import { textOf } from '#shared/base/byte-text'

const TRACE_ID = '00000000000000a1b2c3d4e5f6071829'
const FORMATS: readonly FormatName[] = [
  'jaeger',
  'otlp',
  'tempo',
  'zipkin',
  'zipkin-v1',
  'go',
  'python',
  'protobuf',
  'protobuf-lengths',
]
const EPOCH_US = 1_793_000_000_000_000

const anyWord = string({ unit: 'binary', minLength: 1, maxLength: 8 }).map((word) => word.toWellFormed())

const anySpans: Arbitrary<PlainSpan[]> = array(
  tuple(
    nat(),
    constantFrom('shop', 'stock', 'naïve "quoted"'),
    anyWord,
    constantFrom(0, 2, 3, 4, 5),
    nat(1_000),
    nat(1_000),
    boolean(),
    array(tuple(anyWord, anyWord), { maxLength: 3 }),
    array(nat(500), { maxLength: 2 }),
  ),
  { minLength: 1, maxLength: 12 },
).map((drawn) =>
  drawn.map(([above, service, name, kind, start, durationUs, isError, attributes, events], index) => ({
    id: (index + 1).toString(16).padStart(16, '0'),
    // Beyond the spans there are: some parents are missing.
    parentId: index === 0 ? undefined : (1 + (above % (index + 1))).toString(16).padStart(16, '0'),
    service,
    name,
    kind,
    startUs: EPOCH_US + start,
    durationUs,
    isError,
    attributes: attributes.map(([key, value], at): [string, string] => [`k${at}.${key}`, value]),
    events: events.map((offset, at): [string, number] => [`e${at}`, EPOCH_US + start + offset]),
  })),
)

function buildFirst(into: TraceImport): Trace {
  const trace = into.build(undefined, { adjustSkew: true })
  if (trace === undefined) throw new Error('no trace')
  expect(checkTrace(trace)).toEqual([])
  return trace
}

/** A trace without what is a matter of the format: whether text was escaped, and the order of services. */
function drawn(trace: Trace): string {
  return dumpTrace(trace)
    .replaceAll(' escaped;', '')
    .replaceAll('[escaped; ', '[')
    .replace(/^services .*$/m, '')
}

test('one trace reads the same from every format', () => {
  assert(
    property(anySpans, (spans) => {
      const whole = FORMATS.map((format) =>
        drawn(buildFirst(importChunks(format, [writeTrace(format, TRACE_ID, spans)]))),
      )
      for (const text of whole) expect(text).toBe(whole[0])
    }),
    { numRuns: 200 },
  )
})

test('a trace from two sources is merged, whichever comes first', () => {
  assert(
    property(anySpans, constantFrom(...FORMATS), constantFrom(...FORMATS), (spans, a, b) => {
      const into = importChunks(a, [writeTrace(a, TRACE_ID, spans)])
      const alone = buildFirst(into)
      const second = into.addDocument(b)
      second.push(writeTrace(b, TRACE_ID, spans))
      second.end()
      const both = buildFirst(into)
      expect(both.spanCount).toBe(spans.length)
      expect(into.summaries()[0].spanCount).toBe(spans.length)
      expect(both.problems.find(({ kind }) => kind === 'merged')?.count).toBe(spans.length)
      expect([...both.spans.depth]).toEqual([...alone.spans.depth])
    }),
    { numRuns: 100 },
  )
})

test('chunks of any sizes read as the whole', () => {
  assert(
    property(
      anySpans,
      constantFrom(...FORMATS),
      array(integer({ min: 1, max: 200 }), { minLength: 1 }),
      (spans, format, sizes) => {
        const bytes = writeTrace(format, TRACE_ID, spans)
        const pieces: Uint8Array[] = []
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = sizes[i % sizes.length]
          pieces.push(bytes.slice(at, at + size))
          at += size
        }
        expect(dumpTrace(buildFirst(importChunks(format, pieces)))).toBe(
          dumpTrace(buildFirst(importChunks(format, [bytes]))),
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('summaries say what the built trace says', () => {
  assert(
    property(anySpans, constantFrom(...FORMATS), (spans, format) => {
      const into = importChunks(format, [writeTrace(format, TRACE_ID, spans)])
      const trace = into.build(undefined, { adjustSkew: true })
      const [summary] = into.summaries()
      expect({
        traceId: summary.traceId,
        startNs: summary.startNs,
        durationNs: summary.durationNs,
        spanCount: summary.spanCount,
        errorCount: summary.errorCount,
        services: Object.fromEntries(summary.services.map(({ name, spanCount }) => [name, spanCount])),
      }).toEqual({
        traceId: trace?.traceId,
        startNs: String(trace?.epochNs),
        durationNs: trace?.durationNs,
        spanCount: trace?.spanCount,
        errorCount: trace?.errorCount,
        services: Object.fromEntries(
          trace?.services
            .map((name, index) => [name, trace.serviceSpans[index]])
            .filter(([, count]) => count !== 0) ?? [],
        ),
      })
    }),
    { numRuns: 200 },
  )
})

test('details say what was written, and a visitor hears it', () => {
  assert(
    property(anySpans, constantFrom(...FORMATS), (spans, format) => {
      const into = importChunks(format, [writeTrace(format, TRACE_ID, spans)])
      const trace = buildFirst(into)
      for (let row = 0; row < trace.spans.length; row++) {
        const span = spans[trace.spans.idLow[row] - 1]
        if (trace.spans.scope[row] < 0) continue
        const detail = into.detail(trace, row)
        expect(detail.spanId).toBe(span.id)
        expect(detail.parentSpanId).toBe(span.parentId)
        expect(detail.startNs).toBe(BigInt(span.startUs) * 1_000n)
        expect(detail.resource).toContainEqual({ key: 'service.name', value: span.service })
        expect(detail.events.map(({ name, timeNs }) => [name, timeNs / 1_000n])).toEqual(
          span.events.map(([name, timeUs]) => [name, BigInt(timeUs)]),
        )
        const heard: string[] = []
        visitSpan(into.store, trace, row, {
          pair(place, key, value) {
            heard.push(`${place} ${textOf(key)}=${textOf(value)}`)
            return false
          },
        })
        for (const [key, value] of span.attributes) {
          expect(detail.attributes).toContainEqual({ key, value })
          expect(heard).toContain(`attribute ${key}=${value}`)
          for (const part of [value, key.slice(1), Array.from(value)[0]]) {
            expect(spanFilter(into.store, part)(trace, row)).toBe(true)
          }
        }
      }
    }),
    { numRuns: 150 },
  )
})

test('a visitor that has heard enough is not told more', () => {
  const spans: PlainSpan[] = [
    {
      id: '1'.padStart(16, '0'),
      parentId: undefined,
      service: 's',
      name: 'n',
      kind: 2,
      startUs: EPOCH_US,
      durationUs: 5,
      isError: false,
      attributes: [
        ['a', '1'],
        ['b', '2'],
        ['c', '3'],
      ],
      events: [['e', EPOCH_US]],
    },
  ]
  for (const format of FORMATS) {
    const into = importChunks(format, [writeTrace(format, TRACE_ID, spans)])
    const trace = buildFirst(into)
    let heard = 0
    const stopped = visitSpan(into.store, trace, 0, { pair: () => ++heard === 2 })
    expect([format, stopped, heard]).toEqual([format, true, 2])
  }
})

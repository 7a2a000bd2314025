import { globSync, readFileSync } from 'node:fs'
import { array, assert, constantFrom, nat, oneof, property, tuple, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { importChunks } from '../../test/builders/dump-import.ts'
import { checkTrace } from '#shared/trace/check'
import { TraceImport, visitSpan } from './index.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Looks at everything that can be looked at; nothing of it may throw, whatever was read. */
function lookAtEverything(into: TraceImport): void {
  for (const { traceId } of into.summaries()) {
    const trace = into.build(traceId, { adjustSkew: true })
    if (trace === undefined) throw new Error('a trace that is listed is not there')
    expect(checkTrace(trace)).toEqual([])
    for (let row = 0; row < trace.spans.length; row++) {
      expect(into.detail(trace, row).spanId).toHaveLength(16)
      visitSpan(into.store, trace, row, { pair: () => false })
    }
  }
}

const folder = new URL('../../test/fixtures/', import.meta.url)
const fixtures = globSync('{chrome,jaeger,otlp,sdk,tempo,zipkin}/*.{json,jsonl,pb}', { cwd: folder })
  .filter((file) => !file.includes('golden'))
  .sort()
  .map((file) => new Uint8Array(readFileSync(new URL(file, folder))))
  .filter((bytes) => bytes.length < 10_000)

test('documents with bytes changed, added, doubled and lost are read as far as they go', () => {
  const junk = oneof(
    uint8Array({ maxLength: 4 }),
    constantFrom('"', '{', '}', '[', ']', '\\', ',', ':', '\n{', 'null', '{"traceID":"', '1e999', '-').map(
      encode,
    ),
  )
  const change = tuple(nat(), nat(30), junk)
  assert(
    property(
      constantFrom(...fixtures),
      array(change, { minLength: 1, maxLength: 4 }),
      nat(),
      (bytes, changes, cut) => {
        let changed = bytes
        for (const [at, lost, added] of changes) {
          const from = at % changed.length
          changed = Uint8Array.from([...changed.slice(0, from), ...added, ...changed.slice(from + lost)])
        }
        const half = cut % (changed.length + 1)
        lookAtEverything(importChunks('x', [changed.slice(0, half), changed.slice(half)]))
      },
    ),
    { numRuns: 400 },
  )
})

test('one byte changed in a list of spans costs the span, at worst a few beside it', () => {
  const bytes = new Uint8Array(readFileSync(new URL('jaeger/checkout.json', folder)))
  const spans = importChunks('x', [bytes]).progress().spans
  const first = bytes.indexOf(0x5b, 10) + 1
  let lost = 0
  const last = new TextDecoder().decode(bytes).indexOf('],"processes"') - 1
  assert(
    property(
      nat(),
      constantFrom(0x22, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x3a, 0x20, 0x5c, 0x78),
      (place, byte) => {
        const changed = bytes.slice()
        changed[first + (place % (last - first))] = byte
        const left = importChunks('x', [changed]).progress().spans
        expect(left).toBeGreaterThanOrEqual(spans - 5)
        lost += spans - left
      },
    ),
    { numRuns: 1_000 },
  )
  // Most changed bytes lie in text or numbers, and cost nothing.
  expect(lost).toBeLessThan(1_000)
})

test('random bytes are no trace and no reason to stop', () => {
  assert(
    property(uint8Array({ maxLength: 600 }), (bytes) => {
      const into = new TraceImport()
      const document = into.addDocument('x')
      document.push(bytes)
      document.end()
      lookAtEverything(into)
      expect(document.report.error === undefined).toBe(document.report.spans > 0)
    }),
    { numRuns: 300 },
  )
})

const span = (fields: string): string =>
  `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${'1'.repeat(32)}","spanId":"${'2'.repeat(16)}","name":"n",` +
  `"startTimeUnixNano":"1793000000000000000","endTimeUnixNano":"1793000000000000001",${fields}}]}]}]}`

test('values nested 200,000 deep are passed over, and shown as far as one can look', () => {
  const depth = 200_000
  const deep = `${'{"arrayValue":{"values":['.repeat(depth)}{"stringValue":"x"}${']}}'.repeat(depth)}`
  for (const fields of [
    `"attributes":[{"key":"deep","value":${deep}}]`,
    `"unknown":${'['.repeat(depth)}${']'.repeat(depth)}`,
  ]) {
    const into = importChunks('x', [encode(span(fields))])
    expect(into.progress().spans).toBe(1)
    lookAtEverything(into)
  }
})

test('a span of 20 MB among small ones is read in small chunks, in time that grows with its size', () => {
  const bytes = encode(
    span(`"attributes":[{"key":"big","value":{"stringValue":"${'x'.repeat(20_000_000)}"}}]`),
  )
  const chunks: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += 16_384) chunks.push(bytes.slice(at, at + 16_384))
  const into = importChunks('x', chunks)
  const trace = into.build(undefined, { adjustSkew: true })
  expect(trace?.spanCount).toBe(1)
  if (trace === undefined) return
  const detail = into.detail(trace, 0)
  expect(detail.attributes[0].value).toHaveLength(20_000_000)
  expect(detail.raw.length).toBeLessThan(1_100_000)
})

test('a value of 50 MB that nobody asks for is not kept in one piece', () => {
  const into = new TraceImport()
  const document = into.addDocument('x')
  document.push(encode('{"junk":"'))
  const chunk = encode('y'.repeat(1_000_000))
  for (let i = 0; i < 50; i++) document.push(chunk)
  document.push(encode(`","resourceSpans":${span('"kind":2').slice('{"resourceSpans":'.length)}`))
  document.end()
  expect(into.progress().spans).toBe(1)
  expect(document.report.error).toBeUndefined()
})

test('a million distinct attribute keys are a matter of the one span that has them', () => {
  const keys = Array.from(
    { length: 100_000 },
    (_, index) => `{"key":"k${index}","value":{"intValue":"${index}"}}`,
  )
  const into = importChunks('x', [encode(span(`"attributes":[${keys.join()}]`))])
  const trace = into.build(undefined, { adjustSkew: true })
  if (trace === undefined) throw new Error('no trace')
  let heard = 0
  visitSpan(into.store, trace, 0, { pair: () => ++heard === 0 })
  expect([heard, into.detail(trace, 0).attributes.length]).toEqual([100_000, 100_000])
})

test('100,000 documents of one span each, on lines, are one trace', () => {
  const lines = Array.from({ length: 100_000 }, (_, index) =>
    span('"kind":2').replace('2'.repeat(16), (index + 1).toString(16).padStart(16, '0')),
  )
  const into = importChunks('x', [encode(lines.join('\n'))])
  expect(into.progress()).toMatchObject({ spans: 100_000, traces: 1 })
  expect(into.build(undefined, { adjustSkew: true })?.scopes).toHaveLength(1)
})

test('nothing is asked of a trace that is not there', () => {
  expect(importChunks('x', [encode('{}')]).build(undefined, { adjustSkew: true })).toBeUndefined()
  expect(
    importChunks('x', [encode(span('"kind":2'))]).build('3'.repeat(32), { adjustSkew: true }),
  ).toBeUndefined()
})

/** Whether no more than 2,000 brackets stand open at once. */
function isWithin(text: string): boolean {
  const reader = new TraceImport().addDocument('a.json', true)
  reader.push(encode(text))
  reader.end()
  return reader.isWithin(2_000)
}

test('of a document it is told whether more brackets stand open at once than may be parsed', () => {
  for (const open of [
    '[',
    '{"a":',
    '{"data":',
    '{"data":[',
    '{"trace":{"spans":[{"tags":[',
    '{"resourceLogs":[{"a":',
  ]) {
    const closed = open.replaceAll(/[^[{]/g, '').replaceAll('[', ']').replaceAll('{', '}')
    const close = closed.split('').toReversed().join('')
    const nested = (levels: number): string =>
      `{"status":"ok","x":${open.repeat(levels)}1${close.repeat(levels)}}`
    expect([open, isWithin(nested(2)), isWithin(nested(3_000)), isWithin(open.repeat(3_000))]).toEqual([
      open,
      true,
      false,
      false,
    ])
    const bare = `${open.repeat(3_000)}1${close.repeat(3_000)}`
    expect([open, isWithin(bare)]).toEqual([open, false])
  }
  expect(isWithin('time=2026 level=info')).toBe(false)
})

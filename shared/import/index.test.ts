import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generateSpans, jaegerJson, otlpJson, otlpProtobuf } from '../../test/builders/generate-trace.ts'
import { importChunks } from '../../test/builders/dump-import.ts'
import { checkTrace } from '#shared/trace/check'
import { dumpTrace } from '#shared/trace/dump'
import type { Trace } from '#shared/trace/table'
import { scopePairs, TraceImport } from './index.ts'

const read = (file: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../test/fixtures/${file}`, import.meta.url)))

function build(into: TraceImport, traceId?: string): Trace {
  const trace = into.build(traceId, { adjustSkew: true })
  if (trace === undefined) throw new Error('no trace')
  expect(checkTrace(trace)).toEqual([])
  return trace
}

function importFiles(...files: readonly string[]): TraceImport {
  const into = new TraceImport()
  for (const file of files) {
    const document = into.addDocument(file)
    document.push(read(file))
    document.end()
  }
  return into
}

test('a trace that Jaeger and Tempo hold is read from both, keeps its nanoseconds, and says so', () => {
  const alone = build(importFiles('tempo/checkout-v2.pb'))
  for (const files of [
    ['jaeger/checkout.json', 'tempo/checkout-v2.pb'],
    ['tempo/checkout-v2.pb', 'jaeger/checkout.json'],
  ]) {
    const into = importFiles(...files)
    const both = build(into)
    expect(both.problems.map(({ message }) => message)).toEqual([
      'inventory-service clock is 12 ms behind; 2 spans moved.',
      '11 spans came more than once and are shown once.',
    ])
    expect([...both.spans.start]).toEqual([...alone.spans.start])
    expect(both.epochNs).toBe(alone.epochNs)
    expect(into.summaries()).toEqual(importFiles('tempo/checkout-v2.pb').summaries())
  }
})

test('the service that one source lost comes from the other, whichever comes first', () => {
  const size = { spanCount: 40, seed: 3 }
  const jaeger = Buffer.concat([...jaegerJson(size)])
  const nameless = Buffer.from(
    Buffer.concat([...otlpJson(size)])
      .toString()
      .replaceAll('"service.name"', '"lost"'),
  )
  for (const order of [
    ['jaeger', 'otlp'],
    ['otlp', 'jaeger'],
  ]) {
    const into = new TraceImport()
    for (const name of order) {
      const document = into.addDocument(name)
      document.push(name === 'otlp' ? nameless : jaeger)
      document.end()
    }
    const both = build(into)
    expect(both.spanCount).toBe(40)
    expect(both.problems.find(({ kind }) => kind === 'merged')?.count).toBe(40)
    expect(both.services).not.toContain('unknown_service')
  }
})

test('what one source lacks comes from the other', () => {
  const both = build(importFiles('tempo/partial-v2.json', 'jaeger/checkout.json'))
  expect(both.spanCount).toBe(11)
  expect(both.problems.map(({ kind, count }) => [kind, count])).toEqual([
    ['partial', 7],
    ['clock-skew', 2],
    ['merged', 7],
  ])
})

test('documents that arrive side by side are read as if one after the other', () => {
  const files = ['jaeger/search.json', 'otlp/lines.jsonl', 'zipkin/orders.json']
  const apart = importFiles(...files)
  const into = new TraceImport()
  const documents = files.map((file) => ({ document: into.addDocument(file), bytes: read(file) }))
  for (let at = 0; at < 20_000; at += 97) {
    for (const { document, bytes } of documents) document.push(bytes.slice(at, at + 97))
  }
  for (const { document } of documents) document.end()
  expect(into.summaries()).toEqual(apart.summaries())
  for (const { traceId } of apart.summaries()) {
    expect(dumpTrace(build(into, traceId))).toBe(dumpTrace(build(apart, traceId)))
  }
})

test('a trace can be built while it is read, again and again', () => {
  const bytes = read('jaeger/checkout.json')
  const into = new TraceImport()
  const document = into.addDocument('checkout')
  const counts: number[] = []
  for (let at = 0; at < bytes.length; at += 2_000) {
    document.push(bytes.slice(at, at + 2_000))
    const trace = into.build(undefined, { adjustSkew: true })
    if (trace !== undefined) expect(checkTrace(trace)).toEqual([])
    counts.push(trace?.spanCount ?? 0)
    expect(document.report.error).toBeUndefined()
  }
  document.end()
  expect(counts).toEqual([...counts].sort((a, b) => a - b))
  expect(dumpTrace(build(into))).toBe(dumpTrace(build(importFiles('jaeger/checkout.json'))))
})

test('the traces of a search come newest first, each with its own services', () => {
  const into = importFiles('jaeger/search.json')
  expect(
    into.summaries().map(({ rootService, rootName, services, spanCount }) => ({
      rootService,
      rootName,
      services,
      spanCount,
    })),
  ).toEqual([
    {
      rootService: 'scheduler',
      rootName: 'nightly',
      services: [
        { name: 'archiver', spanCount: 1 },
        { name: 'scheduler', spanCount: 1 },
      ],
      spanCount: 2,
    },
    {
      rootService: 'frontend',
      rootName: 'POST /checkout',
      services: [{ name: 'frontend', spanCount: 2 }],
      spanCount: 2,
    },
  ])
  expect(into.progress()).toEqual({ bytes: read('jaeger/search.json').length, spans: 4, traces: 2 })
  expect(build(into, into.summaries()[1].traceId).services).toEqual(['frontend'])
})

test('a resource is told in pairs, with its instrumentation scope', () => {
  const into = importFiles('otlp/checkout.json')
  const { scopes, services } = build(into)
  const scope = scopes.find(({ service }) => services[service] === 'email-service')
  if (scope === undefined) throw new Error('no such scope')
  expect(scopePairs(into.store, scope)).toEqual([
    { key: 'service.name', value: 'email-service' },
    { key: 'service.version', value: '1.4.2' },
    { key: 'host.name', value: 'email-service-7d9c' },
    { key: 'telemetry.sdk.language', value: 'python' },
    { key: 'scope.name', value: 'opentelemetry.instrumentation.kafka' },
    { key: 'scope.version', value: '0.50b0' },
    { key: 'library.language', value: 'python' },
  ])
})

test('the raw text of a span is what the document says, indented', () => {
  const into = importFiles('otlp/checkout.json')
  const trace = build(into)
  const { resourceSpans } = JSON.parse(new TextDecoder().decode(read('otlp/checkout.json'))) as {
    resourceSpans: { scopeSpans: { spans: { spanId: string }[] }[] }[]
  }
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
  for (let row = 0; row < trace.spans.length; row++) {
    const { raw, spanId } = into.detail(trace, row)
    expect(raw).toBe(
      JSON.stringify(
        spans.find((span) => span.spanId === spanId),
        undefined,
        2,
      ),
    )
  }
})

test('a generated trace is the same in every format, and the same every time', () => {
  const size = { spanCount: 3_000, seed: 5 }
  // Only OTLP has batches, so that its services come in another order.
  const drawn = [jaegerJson, otlpJson, otlpProtobuf].map((write) => {
    const text = dumpTrace(build(importChunks('generated', write(size))))
    return text
      .replace(/^services .*$/m, '')
      .split('\n')
      .sort()
      .join('\n')
  })
  expect(drawn[1]).toBe(drawn[0])
  expect(drawn[2]).toBe(drawn[0])
  expect([...generateSpans(size)]).toEqual([...generateSpans(size)])
})

test('a start that cannot be true is told as it was recorded', () => {
  const into = importFiles('invalid/impossible-starts.json')
  const trace = build(into)
  expect([0, 1, 2].map((row) => into.detail(trace, row).impossibleStart)).toEqual([
    undefined,
    '9000000000000000000 µs',
    '900000000000000000 µs',
  ])
})

/** What comes out of the import is what was fed, whichever server it went through; each server's own losses are written down here. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TraceImport } from '#shared/import/index'
import { checkTrace } from '#shared/trace/check'
import { dumpTrace } from '#shared/trace/dump'
import { SpanKind, type Trace } from '#shared/trace/table'

import { ClewUnderTest, input } from './clew.ts'
import { readFleet } from './fleet.ts'
import { byIdAndKind, fedSpans, importedSpans, type PlainSpan } from './plain.ts'
import { nginxNotFound, startProxy, type Proxy } from './proxy.ts'
import { otlpTraces } from './story/otlp.ts'
import { writeStory } from './story/story.ts'
import type { FedTrace } from './story/span.ts'
import { zipkinId, zipkinTags } from './story/zipkin.ts'

const { servers, endMs } = readFleet()
const story = writeStory(endMs)

let clew: ClewUnderTest
let oldJaeger: Proxy
const ids = { jaeger: '', oldJaeger: '', tempo: '', zipkin: '' }
beforeAll(async () => {
  clew = new ClewUnderTest()
  oldJaeger = await startProxy(servers.jaeger.url, {
    instead: (path) => (path.startsWith('/api/v3/') ? nginxNotFound : undefined),
  })
  ids.jaeger = await clew.connect(input('jaeger', servers.jaeger.url))
  ids.oldJaeger = await clew.connect(input('jaeger', oldJaeger.url))
  ids.tempo = await clew.connect(input('tempo', servers.tempo.url))
  ids.zipkin = await clew.connect(input('zipkin', servers.zipkin.url))
})
afterAll(async () => {
  await clew.close()
  await oldJaeger.close()
})

function importBytes(bytes: Uint8Array): { traces: TraceImport; trace: Trace } {
  const traces = new TraceImport()
  const reader = traces.addDocument('answer')
  // In pieces, as they come from a connection.
  for (let at = 0; at < bytes.length; at += 10_000) reader.push(bytes.slice(at, at + 10_000))
  reader.end()
  const trace = traces.build(undefined, { adjustSkew: false })
  if (trace === undefined)
    throw new Error(`no trace in ${bytes.length} bytes: ${JSON.stringify(reader.report)}`)
  return { traces, trace }
}

async function ask(id: string, trace: FedTrace) {
  const answer = await clew.trace(id, trace.traceId)
  expect(answer.error).toBe(undefined)
  return importBytes(answer.bytes)
}

/** The fed trace imported straight from its OTLP text. */
function direct(trace: FedTrace): Trace {
  return importBytes(new TextEncoder().encode(JSON.stringify(otlpTraces(trace.spans)))).trace
}

/**
 * The trace as text without what depends on the document: in which order it names services and the events of a span (Jaeger sorts them
 * by name), and whether its text has escapes in it.
 */
function tree(trace: Trace): string {
  return dumpTrace(trace)
    .replace(/^services (.*)$/m, (_, list: string) => `services ${list.split(', ').toSorted().join(', ')}`)
    .replaceAll(
      / events at ([^;]*);/g,
      (_, list: string) => ` events at ${list.split(', ').toSorted().join(', ')};`,
    )
    .replaceAll(' escaped;', '')
}

const some = (traces: readonly FedTrace[]) => [traces[0], traces[5], traces[33], traces[99]]

describe.for(['jaeger', 'tempo'] as const)('through %s', (kind) => {
  const { incident, ordinary, leadingZeros, short } = story[kind]

  test('the tree is the one that was fed, span by span', async () => {
    for (const fed of [incident, leadingZeros, short, ...ordinary]) {
      const { trace } = await ask(ids[kind], fed)
      expect(checkTrace(trace)).toEqual([])
      expect(tree(trace)).toBe(tree(direct(fed)))
    }
  })

  test('every span says all that it was fed with', async () => {
    for (const fed of [incident, ...some(ordinary)]) {
      const { traces, trace } = await ask(ids[kind], fed)
      expect(importedSpans(traces, trace)).toEqual(fedSpans(fed))
    }
  })
})

test('through Jaeger, 20,000 spans are the tree that was fed', async () => {
  const { trace } = await ask(ids.jaeger, story.jaeger.large)
  expect(checkTrace(trace)).toEqual([])
  expect(tree(trace)).toBe(tree(direct(story.jaeger.large)))
})

describe('through Jaeger v1', () => {
  test('the tree is the one that was fed, span by span', async () => {
    const { incident, ordinary, leadingZeros, short } = story.jaeger
    for (const fed of [incident, leadingZeros, short, ...ordinary]) {
      const { trace } = await ask(ids.oldJaeger, fed)
      expect(checkTrace(trace)).toEqual([])
      // The link to its own parent is written as FOLLOWS_FROM, in the place of CHILD_OF.
      const expected = tree(direct(fed)).replace(
        '[consumer; messaging; 1 links;',
        '[consumer; followsFrom; messaging;',
      )
      expect(tree(trace)).toBe(expected)
    }
  })

  test('every span says all that it was fed with, except what v1 cannot: lists become text, links lose their attributes', async () => {
    for (const fed of [story.jaeger.incident, ...some(story.jaeger.ordinary)]) {
      const { traces, trace } = await ask(ids.oldJaeger, fed)
      const expected = fedSpans(fed).map((span) => ({
        ...span,
        attributes: listsAsText(span.attributes),
        links: span.links
          .filter((link) => link.spanId !== span.parentSpanId)
          .map((link) => ({ ...link, attributes: {} })),
      }))
      expect(importedSpans(traces, trace)).toEqual(expected)
    }
  })
})

describe('through Zipkin', () => {
  test('every span says what Zipkin can hold of it: lower-case names, text values, no links, events by name', async () => {
    const { incident, ordinary, leadingZeros, short } = story.zipkin
    for (const fed of [incident, leadingZeros, short, ...ordinary]) {
      const { traces, trace } = await ask(ids.zipkin, fed)
      expect(checkTrace(trace)).toEqual([])
      expect(importedSpans(traces, trace)).toEqual(zipkinExpected(fed))
    }
  })

  test('a server that shares its caller’s id is that caller’s child, and its own children are its own', async () => {
    const { trace } = await ask(ids.zipkin, story.zipkin.incident)
    const { spans } = trace
    const rows = Array.from({ length: spans.length }, (_, row) => row)
    const find = (service: string, name: string, kind: number) =>
      rows.find(
        (row) =>
          trace.services[spans.service[row]] === service &&
          trace.names[spans.name[row]] === name &&
          spans.kind[row] === kind,
      ) ?? -1
    const call = find('order-service', 'post /payments/charge', SpanKind.client)
    const charge = find('payment-service', 'post /payments/charge', SpanKind.server)
    const acquire = find('payment-service', 'payments-db pool.acquire', SpanKind.unspecified)
    expect([call, charge, acquire]).not.toContain(-1)
    expect(trace.spans.parent[charge]).toBe(call)
    expect(trace.spans.parent[acquire]).toBe(charge)
  })
})

/** The fed spans as Zipkin gives them back. */
function zipkinExpected(fed: FedTrace): PlainSpan[] {
  const byId = new Map(fed.spans.map((span) => [span.spanId, span]))
  const idOf = (spanId: string | undefined) => {
    const span = spanId === undefined ? undefined : byId.get(spanId)
    return span === undefined ? undefined : zipkinId(span, byId)
  }
  return fedSpans(fed)
    .map((span) => ({
      ...span,
      spanId: idOf(span.spanId) ?? '',
      parentSpanId: idOf(span.parentSpanId),
      name: span.name.toLowerCase(),
      kind: span.kind === 'internal' ? 'unspecified' : span.kind,
      attributes: zipkinTags({
        ...byId.get(span.spanId)?.attributes,
        'service.version': '2.14.0',
        ...(span.statusMessage === undefined ? {} : { error: span.statusMessage }),
      }),
      events: span.events.map(({ name, timeNs }) => ({ name, timeNs, attributes: {} })),
      links: [],
      resource: { 'service.name': span.service },
      scope: '',
    }))
    .toSorted(byIdAndKind)
}

function listsAsText(attributes: PlainSpan['attributes']): PlainSpan['attributes'] {
  const entries = Object.entries(attributes)
  return Object.fromEntries(
    entries.map(([key, value]) => [key, Array.isArray(value) ? JSON.stringify(value) : value]),
  )
}

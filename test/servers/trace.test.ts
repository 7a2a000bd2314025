/** One trace by its id, from every server and in every spelling. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TraceImport } from '#shared/import/index'
import type { Trace } from '#shared/trace/table'

import { ClewUnderTest, input, type TraceAnswer } from './clew.ts'
import { readFleet } from './fleet.ts'
import { nginxNotFound, startProxy, type Proxy, type ProxyOptions } from './proxy.ts'
import { largeSpanCount, writeStory } from './story/story.ts'

const { servers, endMs } = readFleet()
const story = writeStory(endMs)
const kinds = ['jaeger', 'tempo', 'zipkin'] as const
type Kind = (typeof kinds)[number]
const window = `?startMs=${story.startMs}&endMs=${story.endMs}`

let clew: ClewUnderTest
const ids = {} as Record<Kind, string>
const proxies: Proxy[] = []
beforeAll(async () => {
  clew = new ClewUnderTest()
  for (const kind of kinds) ids[kind] = await clew.connect(input(kind, servers[kind].url))
})
afterAll(async () => {
  await clew.close()
  await Promise.all(proxies.map((proxy) => proxy.close()))
})

async function behind(kind: Kind, options: ProxyOptions): Promise<{ id: string; proxy: Proxy }> {
  const proxy = await startProxy(servers[kind].url, options)
  proxies.push(proxy)
  return { id: await clew.connect(input(kind, proxy.url)), proxy }
}

function read(answer: TraceAnswer): Trace {
  const traces = new TraceImport()
  const reader = traces.addDocument('answer')
  reader.push(answer.bytes)
  reader.end()
  const trace = traces.build(undefined, { adjustSkew: false })
  if (trace === undefined) throw new Error(`no trace in the answer: ${JSON.stringify(reader.report)}`)
  return trace
}

describe.for(kinds)('a trace of %s', (kind) => {
  const { incident, leadingZeros, short, ordinary } = story[kind]

  test('comes whole, as the server wrote it', async () => {
    const answer = await clew.trace(ids[kind], incident.traceId)
    expect(answer).toMatchObject({ status: 200, note: '' })
    expect(read(answer)).toMatchObject({ traceId: incident.traceId, spanCount: 247, errorCount: 8 })
  })

  test.for([
    ['upper case', incident.traceId.toUpperCase()],
    ['blanks around it', encodeURIComponent(` ${incident.traceId}\n`)],
  ])('is found with %s', async ([, spelling]) => {
    expect(read(await clew.trace(ids[kind], spelling)).traceId).toBe(incident.traceId)
  })

  test('whose id begins with zeros is found padded and stripped', async () => {
    const stripped = leadingZeros.traceId.replace(/^0+/, '')
    expect(stripped).toHaveLength(21)
    for (const spelling of [leadingZeros.traceId, stripped, `0${stripped}`])
      expect(read(await clew.trace(ids[kind], spelling))).toMatchObject({
        traceId: leadingZeros.traceId,
        spanCount: 3,
      })
  })

  test('whose id has 64 bits is found with 16 and with 32 digits', async () => {
    for (const spelling of [short.traceId, short.traceId.slice(16)])
      expect(read(await clew.trace(ids[kind], spelling))).toMatchObject({
        traceId: short.traceId,
        spanCount: 3,
      })
  })

  test('is found with the window it lies in, and with one it does not lie in', async () => {
    expect(read(await clew.trace(ids[kind], ordinary[0].traceId, window)).spanCount).toBe(
      ordinary[0].spans.length,
    )
    const yesterday = `?startMs=${story.startMs - 86_400_000}&endMs=${story.endMs - 86_400_000}`
    expect(read(await clew.trace(ids[kind], ordinary[0].traceId, yesterday)).spanCount).toBe(
      ordinary[0].spans.length,
    )
  })

  test('that nobody has is not found, whatever the server answers to that', async () => {
    for (const params of ['', window]) {
      const answer = await clew.trace(ids[kind], 'abcdef', params)
      expect(answer.error).toMatchObject({
        kind: 'not-found',
        message: `the ${kind} has no trace 00000000000000000000000000abcdef.`,
        advice: 'It may not have been sampled, be too young or too old, or be in another source or tenant.',
      })
    }
  })

  test('with an id that is none is refused before anyone is asked', async () => {
    for (const text of ['xyz', '0'.repeat(32), 'f'.repeat(33), 'a%2Fb'])
      expect((await clew.trace(ids[kind], text)).error?.kind).toBe('bad-request')
  })
})

describe('Jaeger', () => {
  test('is asked through v3, and its 20,000 spans come whole', async () => {
    const { id, proxy } = await behind('jaeger', {})
    const answer = await clew.trace(id, story.jaeger.large.traceId)
    expect(read(answer).spanCount).toBe(largeSpanCount)
    expect(proxy.asked[0]).toMatch(/^GET \/api\/v3\/traces\/[0-9a-f]{32}(\?|$)/)
  })

  test('without v3 (404 of a proxy) is asked through v1, once it is known', async () => {
    const { id, proxy } = await behind('jaeger', {
      instead: (path) => (path.startsWith('/api/v3/') ? nginxNotFound : undefined),
    })
    const first = await clew.trace(id, story.jaeger.incident.traceId)
    expect(read(first)).toMatchObject({
      traceId: story.jaeger.incident.traceId,
      spanCount: 247,
      errorCount: 8,
    })
    expect(first.bytes.subarray(0, 8)).toEqual(new TextEncoder().encode('{"data":'))
    const asked = proxy.asked.length
    expect(read(await clew.trace(id, story.jaeger.ordinary[0].traceId)).spanCount).toBe(
      story.jaeger.ordinary[0].spans.length,
    )
    expect(proxy.asked.slice(asked).every((line) => line.includes('GET /api/traces/'))).toBe(true)
  })

  test('without v3 (the page of its UI, with 200) is asked through v1', async () => {
    const page =
      '<!doctype html><html lang="en"><head><title>Jaeger UI</title></head><body><div id="jaeger-ui-root"></div></body></html>'
    const { id } = await behind('jaeger', {
      instead: (path) =>
        path.startsWith('/api/v3/')
          ? { status: 200, type: 'text/html; charset=utf-8', text: page }
          : undefined,
    })
    expect(await clew.services(id, story.startMs, story.endMs)).toContain('payment-service')
    expect(await clew.operations(id, 'payment-service', story.startMs, story.endMs)).toContain('fraud.score')
    expect(read(await clew.trace(id, story.jaeger.incident.traceId)).spanCount).toBe(247)
    const missing = await clew.trace(id, 'abcdef')
    expect(missing.error?.kind).toBe('not-found')
  })

  test('without v1’s lists is asked through v3 for everything', async () => {
    const { id } = await behind('jaeger', {
      instead: (path) => (/^\/api\/(services|operations|traces$)/.test(path) ? nginxNotFound : undefined),
    })
    expect(await clew.services(id, story.startMs, story.endMs)).toContain('payment-service')
    expect(read(await clew.trace(id, story.jaeger.incident.traceId)).spanCount).toBe(247)
  })

  test('says which generations it has', async () => {
    const old = await behind('jaeger', {
      instead: (path) => (path.startsWith('/api/v3/') ? nginxNotFound : undefined),
    })
    expect(await clew.probe(input('jaeger', old.proxy.url))).toMatchObject({ ok: true, api: 'v1' })
    const next = await behind('jaeger', {
      instead: (path) => (/^\/api\/(services|operations|traces$)/.test(path) ? nginxNotFound : undefined),
    })
    expect(await clew.probe(input('jaeger', next.proxy.url))).toMatchObject({ ok: true, api: 'v3 (OTLP)' })
  })

  test('hands out the trace as recorded when it is asked to', async () => {
    const { id, proxy } = await behind('jaeger', {})
    expect(read(await clew.trace(id, story.jaeger.incident.traceId, '?raw=true')).spanCount).toBe(247)
    expect(proxy.asked[0]).toMatch(/raw/i)
  })
})

describe('Tempo', () => {
  test('sends protobuf, a part of the JSON’s size', async () => {
    const answer = await clew.trace(ids.tempo, story.tempo.incident.traceId)
    expect(answer.contentType).toContain('application/protobuf')
    const json = await fetch(`${servers.tempo.url}/api/v2/traces/${story.tempo.incident.traceId}`)
    expect(answer.bytes.length).toBeLessThan((await json.arrayBuffer()).byteLength * 0.7)
  })

  test('says PARTIAL for a trace over its limit: what fits is shown, and that it is a part', async () => {
    const answer = await clew.trace(ids.tempo, story.tempo.large.traceId)
    expect(answer.status).toBe(200)
    const trace = read(answer)
    // Of the four blocks it lies in, three pass the limit; a fourth is in where it was read before that was seen.
    expect([(largeSpanCount / 4) * 3, largeSpanCount]).toContain(trace.spanCount)
    const partial = trace.problems.find(({ kind }) => kind === 'partial')
    expect(partial?.message).toContain('Trace exceeds maximum size of 5000000 bytes')
  })

  test('that refuses a trace because one block of it is over the limit says so', async () => {
    const answer = await clew.trace(ids.tempo, story.tooLarge.traceId)
    expect(answer.error).toMatchObject({ kind: 'too-large', status: 422 })
    expect(answer.error?.detail).toContain('trace exceeds max size (max bytes: 5000000)')
    expect(answer.error?.advice).toContain('max_bytes_per_trace')
  })

  test('before 2.7, without v2, is asked through v1', async () => {
    const { id } = await behind('tempo', {
      instead: (path) =>
        path.startsWith('/api/v2/traces/')
          ? { status: 404, type: 'text/plain', text: '404 page not found\n' }
          : undefined,
    })
    expect(read(await clew.trace(id, story.tempo.incident.traceId))).toMatchObject({
      spanCount: 247,
      errorCount: 8,
    })
    expect((await clew.trace(id, 'abcdef')).error?.kind).toBe('not-found')
    expect((await clew.trace(id, story.tempo.large.traceId)).error).toMatchObject({
      kind: 'too-large',
      status: 422,
    })
  })

  test('knows a trace only for its own tenant', async () => {
    const { traceId } = story.tenants['team-red']
    const { url } = servers.tempoTenants
    const ask = async (tenant: string) =>
      clew.trace(await clew.connect(input('tempo', url, { tenant })), traceId)
    expect(read(await ask('team-red')).spanCount).toBe(3)
    expect((await ask('team-blue')).error?.kind).toBe('not-found')
    expect((await ask('')).error).toMatchObject({ kind: 'needs-tenant', status: 401 })
    expect(read(await ask('team-blue|team-red')).spanCount).toBe(3)
  })
})

test('two servers hold one trace: what both send makes it whole', async () => {
  const traces = new TraceImport()
  for (const kind of ['jaeger', 'tempo'] as const) {
    const answer = await clew.trace(ids[kind], story.shared.whole.traceId)
    expect(read(answer).spanCount).toBe(12)
    const reader = traces.addDocument(kind)
    reader.push(answer.bytes)
    reader.end()
  }
  const trace = traces.build(undefined, { adjustSkew: false })
  expect(trace).toMatchObject({
    spanCount: 20,
    services: expect.arrayContaining(['shipping-service', 'carrier-service']) as string[],
  })
  expect(trace?.problems.map(({ kind, count }) => ({ kind, count }))).toEqual([{ kind: 'merged', count: 4 }])
})

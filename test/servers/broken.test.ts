/** Servers that die, hang, break off and come back: real ones, killed with -9 and stopped with SIGSTOP. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { TraceImport } from '#shared/import/index'

import { startBackend, type Backend } from './backends.ts'
import { traceQuery } from '../builders/trace-query.ts'
import { ClewUnderTest, input } from './clew.ts'
import { sendSpans, waitForTraces, waitUntil } from './feed.ts'
import { startProxy, type Proxy, type ProxyOptions } from './proxy.ts'
import { writeStory } from './story/story.ts'

// Its own servers: the shared ones stay alive for the other tests.
const story = writeStory(Date.now() - 60_000)
const { incident, large } = story.jaeger

let clew: ClewUnderTest
let jaeger: Backend
let tempo: Backend
beforeAll(async () => {
  clew = new ClewUnderTest()
  jaeger = await startBackend('jaeger')
  tempo = await startBackend('tempo')
  await feed(jaeger)
  await sendSpans(tempo, incident.spans)
  await waitForTraces(tempo, [incident])
})
afterAll(async () => {
  await clew.close()
  await jaeger.stop()
  await tempo.stop()
})

async function feed(server: Backend): Promise<void> {
  await sendSpans(server, [...incident.spans, ...large.spans])
  await waitForTraces(server, [incident, large])
}

async function behind(server: Backend, options: ProxyOptions): Promise<Proxy> {
  const proxy = await startProxy(server.url, options)
  onTestFinished(() => proxy.close())
  return proxy
}

/** Reads an answer to its end, or as far as it comes. */
async function readAll(response: Response, onChunk?: (bytes: number) => void) {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      chunks.push(chunk)
      bytes += chunk.length
      onChunk?.(bytes)
    }
  } catch (error) {
    return { chunks, bytes, error }
  }
  return { chunks, bytes, error: undefined }
}

describe('a server killed in the middle of an answer', () => {
  test('leaves what has come, says so, refuses while it is down, and answers again when it is back on its port', async () => {
    const proxy = await behind(jaeger, { body: () => ({ kind: 'slow', pauseMs: 10 }) })
    const slow = await clew.connect(input('jaeger', proxy.url, { name: 'slow road' }))
    const direct = await clew.connect(input('jaeger', jaeger.url, { name: 'checkout traces' }))
    expect((await clew.trace(direct, incident.traceId)).status).toBe(200)

    const response = await clew.fetch(`/api/sources/${slow}/traces/${large.traceId}`)
    expect(response.status).toBe(200)
    let killed: Promise<void> | undefined
    const { chunks, bytes, error } = await readAll(response, (bytes) => {
      if (bytes > 500_000) killed ??= jaeger.kill()
    })
    await killed
    expect(error).toBeInstanceOf(Error)
    expect(bytes).toBeGreaterThan(500_000)

    const traces = new TraceImport()
    const reader = traces.addDocument('slow road')
    for (const chunk of chunks) reader.push(chunk)
    reader.end()
    const trace = traces.build(undefined, { adjustSkew: true })
    expect(trace?.traceId).toBe(large.traceId)
    expect(trace?.spanCount).toBeGreaterThan(500)
    expect(trace?.spanCount).toBeLessThan(large.spans.length)
    expect(trace?.problems.map(({ kind }) => kind)).toContain('cut-off')

    const down = await clew.trace(direct, incident.traceId)
    expect(down.error).toMatchObject({
      kind: 'refused',
      message: `checkout traces refused the connection: nothing listens at ${new URL(jaeger.url).host}.`,
      advice: 'Check that the server is running and that the port is right.',
    })
    const search = traceQuery(story.startMs, story.endMs, { service: 'order-service' })
    expect((await clew.searchError(direct, search)).kind).toBe('refused')
    expect(await clew.probe(input('jaeger', jaeger.url))).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    })

    await jaeger.start()
    // A Jaeger with its traces in memory comes back empty, which is no failure.
    expect((await clew.trace(direct, incident.traceId)).error?.kind).toBe('not-found')
    await feed(jaeger)
    expect((await clew.trace(direct, incident.traceId)).status).toBe(200)
    expect((await clew.search(direct, search)).traces.map(({ traceId }) => traceId)).toEqual([
      incident.traceId,
    ])
  })

  test('that keeps its traces on disk has them again', async () => {
    const id = await clew.connect(input('tempo', tempo.url))
    await waitUntil('Tempo to write the trace down', async () => {
      const found = await clew.search(
        id,
        traceQuery(story.startMs, story.endMs, { service: 'payment-service' }),
      )
      return found.traces.length === 1
    })
    expect((await clew.trace(id, incident.traceId)).status).toBe(200)
    await tempo.kill()
    expect((await clew.trace(id, incident.traceId)).error?.kind).toBe('refused')
    await tempo.start()
    expect((await clew.trace(id, incident.traceId)).error).toBe(undefined)
    const found = await clew.search(
      id,
      traceQuery(story.startMs, story.endMs, { service: 'payment-service' }),
    )
    expect(found.traces.map(({ traceId }) => traceId)).toEqual([incident.traceId])
  })
})

describe('a server that hangs', () => {
  test('is given the time of its connection, then said to be slow; awake again it answers', async () => {
    const id = await clew.connect(input('tempo', tempo.url, { name: 'sleepy', timeoutMs: 700 }))
    const patient = await clew.connect(input('tempo', tempo.url, { timeoutMs: 30_000 }))
    process.kill(tempo.pid(), 'SIGSTOP')
    try {
      const answer = await clew.trace(id, incident.traceId)
      expect(answer.error).toMatchObject({ kind: 'timeout', message: 'sleepy did not answer within 0.7 s.' })
    } finally {
      process.kill(tempo.pid(), 'SIGCONT')
    }
    expect((await clew.trace(patient, incident.traceId)).error).toBe(undefined)
  })

  test('in the middle of an answer is given up on as well', async () => {
    const proxy = await behind(jaeger, { body: () => ({ kind: 'stall', afterBytes: 200_000 }) })
    const id = await clew.connect(input('jaeger', proxy.url, { timeoutMs: 3000 }))
    const response = await clew.fetch(`/api/sources/${id}/traces/${large.traceId}`)
    const { bytes, error } = await readAll(response)
    expect(bytes).toBe(200_000)
    expect(String(error)).toContain('stopped sending')
    await waitUntil('the proxy to be left', async () => proxy.underWay() === 0)
  })
})

describe('an answer that breaks off', () => {
  test('in a trace, after the first bytes, ends the stream with an error', async () => {
    const proxy = await behind(jaeger, { body: () => ({ kind: 'break', afterBytes: 300_000 }) })
    const id = await clew.connect(input('jaeger', proxy.url))
    const { bytes, error } = await readAll(await clew.fetch(`/api/sources/${id}/traces/${large.traceId}`))
    expect(bytes).toBe(300_000)
    expect(String(error)).toContain('broke off after 300,000 bytes')
  })

  test('before the first span is an error of its own', async () => {
    const proxy = await behind(jaeger, { body: () => ({ kind: 'break', afterBytes: 40 }) })
    const id = await clew.connect(input('jaeger', proxy.url))
    const response = await clew.fetch(`/api/sources/${id}/traces/${large.traceId}`)
    const { error } = response.ok ? await readAll(response) : { error: await response.text() }
    expect(JSON.stringify(error) + String(error)).toMatch(/cut-off|broke off/)
  })

  test('in a list is an error, not a short list', async () => {
    const proxy = await behind(jaeger, { body: () => ({ kind: 'break', afterBytes: 60 }) })
    const id = await clew.connect(input('jaeger', proxy.url, { name: 'frayed' }))
    await expect(clew.services(id, story.startMs, story.endMs)).rejects.toMatchObject({
      error: { kind: 'cut-off' },
    })
  })

  test('in a search of Tempo is an error, not a short result', async () => {
    const proxy = await behind(tempo, {
      body: (path) => (path === '/api/search' ? { kind: 'break', afterBytes: 100 } : undefined),
    })
    const id = await clew.connect(input('tempo', proxy.url))
    expect((await clew.searchError(id, traceQuery(story.startMs, story.endMs))).kind).toBe('cut-off')
  })
})

describe('a reader who leaves', () => {
  test('in the middle of a trace closes the connection to the server', async () => {
    const proxy = await behind(jaeger, { body: () => ({ kind: 'slow', pauseMs: 20 }) })
    const id = await clew.connect(input('jaeger', proxy.url))
    const response = await clew.fetch(`/api/sources/${id}/traces/${large.traceId}`)
    const reader = response.body?.getReader()
    await reader?.read()
    expect(proxy.underWay()).toBe(1)
    await reader?.cancel()
    await waitUntil('the proxy to be left', async () => proxy.underWay() === 0)
  })

  test('before the answer closes it too', async () => {
    const proxy = await behind(jaeger, { body: () => ({ kind: 'stall', afterBytes: 0 }) })
    const id = await clew.connect(input('jaeger', proxy.url))
    const leaving = new AbortController()
    const answer = clew.fetch(`/api/sources/${id}/traces/${large.traceId}`, { signal: leaving.signal })
    await waitUntil('the request to arrive', async () => proxy.underWay() === 1)
    leaving.abort()
    expect((await answer).status).toBe(499)
    await waitUntil('the proxy to be left', async () => proxy.underWay() === 0)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ServerKind } from '#shared/api/contract'
import type { TraceBackend } from './backend'
import { readText } from './bytes'
import { createBackend } from './create-backend'
import { withinTime } from './deadline'
import type { UpstreamFetch } from './exchange'
import { productAnswers } from './fake-products'
import { fakeServer, fakeTarget } from './fake-server'
import { createSourceClient, type ClientOptions } from './http'
import { probeSource } from './probe'
import { SourceError } from './source-error'

const signal = new AbortController().signal
const window = { startMs: 1_700_000_000_000, endMs: 1_700_000_060_000 }
const timeoutMs = 200

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Each answer alone is in time. */
const slow =
  (response: () => Response): UpstreamFetch =>
  async () => {
    await after(0.7 * timeoutMs)
    return response()
  }
const slowlyAbsent = slow(() => new Response('404 page not found', { status: 404 }))

const clientOf = (kind: ServerKind, fetch: UpstreamFetch, limits: ClientOptions['limits'] = {}) =>
  createSourceClient(fakeTarget(kind, { timeoutMs }), { fetch, limits })

function tracesOf(
  kind: ServerKind,
  fetch: UpstreamFetch,
  limits: ClientOptions['limits'] = {},
): TraceBackend {
  const { traces } = createBackend(clientOf(kind, fetch, limits))
  if (traces === undefined) throw new Error('It keeps traces.')
  return traces
}

/** How work ended, and after how many milliseconds of the fake clock; nothing else takes time. */
async function timed<Result>(
  work: () => Promise<Result>,
): Promise<{ result?: Result; kind?: string; ms: number }> {
  const startMs = performance.now()
  const ended = work().then(
    (result) => ({ result, ms: performance.now() - startMs }),
    (thrown: unknown) => {
      if (!(thrown instanceof SourceError)) throw thrown
      return { kind: thrown.error.kind, ms: performance.now() - startMs }
    },
  )
  await vi.runAllTimersAsync()
  return ended
}

/** Takes the question and never answers. */
const silent: UpstreamFetch = () => new Promise(() => undefined)

/** A Tempo that is given a minute. */
const patient = (): TraceBackend => {
  vi.useFakeTimers()
  const client = createSourceClient(fakeTarget('tempo', { timeoutMs: 60_000 }), { fetch: silent })
  const { traces } = createBackend(client)
  if (traces === undefined) throw new Error('It keeps traces.')
  return traces
}

describe('a question by the way', () => {
  afterEach(() => void vi.useRealTimers())

  it.each<[string, (traces: TraceBackend) => Promise<unknown> | undefined]>([
    ['services', (traces) => traces.services(window, signal)],
    ['operations', (traces) => traces.operations('cart', window, signal)],
    ['tags', (traces) => traces.tags?.(window, signal)],
    ['values of a tag', (traces) => traces.tagValues?.('http.route', '', window, signal)],
  ])('waits 5 s for %s, however long the source is given', async (_, ask) => {
    const failure = Promise.resolve(ask(patient())).catch((thrown: unknown) => thrown)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await failure).toMatchObject({
      error: {
        kind: 'timeout',
        message: 'shop did not answer within 5 s.',
        advice:
          'Check that it is running and not overloaded, then try again. Searches and traces are given 60 s.',
      },
    })
  })

  it('is not a trace', async () => {
    const request = { traceId: '0123456789abcdef0123456789abcdef', window, raw: false }
    const failure = patient()
      .trace(request, signal)
      .catch((thrown: unknown) => thrown)
    const answered = vi.fn()
    void failure.then(answered)
    await vi.advanceTimersByTimeAsync(59_000)
    expect(answered).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await failure).toMatchObject({ error: { message: 'shop did not answer within 60 s.' } })
  })

  it('is not a test, unless it is one of those made every minute', async () => {
    vi.useFakeTimers()
    const client = createSourceClient(fakeTarget('tempo', { timeoutMs: 60_000 }), { fetch: silent })
    const asked = [probeSource(client, signal), probeSource(client, signal, 5_000)]
    await vi.advanceTimersByTimeAsync(60_000)
    const [test, look] = await Promise.all(asked)
    expect(test.error?.message).toBe('shop did not answer within 60 s.')
    expect(look.error?.message).toBe('shop did not answer within 5 s.')
  })
})

/** Leads on and on. */
const turnsAway: UpstreamFetch = async (url) => {
  await after(4_000)
  return new Response('', { status: 307, headers: { location: `${url}x` } })
}

describe('a server that takes 4 s for each answer', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it.each(['jaeger', 'tempo', 'zipkin'] as const)('is up by the look made every minute: %s', async (kind) => {
    const { fetch } = fakeServer(productAnswers[kind])
    const late: UpstreamFetch = async (url, init) => {
      await after(4_000)
      const answer = await fetch(url, init)
      answer.headers.set('date', new Date().toUTCString())
      return answer
    }
    const client = createSourceClient(fakeTarget(kind, { timeoutMs: 30_000 }), { fetch: late })
    const { result } = await timed(() => probeSource(client, signal, 5_000))
    expect(result).toMatchObject({ ok: true, error: undefined })
    expect(result?.notes).toContain('It is slow: an answer took 4 s. Searches and traces take longer.')
  })

  it('may not answer for longer than its source is given', async () => {
    const client = createSourceClient(fakeTarget('zipkin', { timeoutMs: 10_000 }), { fetch: turnsAway })
    const { result, ms } = await timed(() => probeSource(client, signal, 5_000))
    expect(ms).toBeCloseTo(10_000, -2)
    expect(result?.error?.message).toBe('shop did not answer within 10 s.')
  })
})

describe('the time limit of a source', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is one for all the APIs that are tried', async () => {
    const traces = tracesOf('jaeger', slowlyAbsent)
    expect(await timed(() => traces.services(window, signal))).toEqual({ kind: 'timeout', ms: timeoutMs })
  })

  it('is one for all the spellings of a trace id', async () => {
    const request = { traceId: '00000000000000007f990610ce7c7c57', window, raw: false }
    const ask = () => tracesOf('zipkin', slowlyAbsent).trace(request, signal)
    expect(await timed(ask)).toEqual({ kind: 'timeout', ms: timeoutMs })
  })

  it.each(['jaeger', 'tempo', 'zipkin', 'loki', 'prometheus'] as const)(
    'is one for a test of a %s, and for finding out what it is instead',
    async (kind) => {
      const target = fakeTarget(kind, { timeoutMs, url: 'http://shop.test/some/where' })
      const client = createSourceClient(target, { fetch: slowlyAbsent })
      const { result, ms } = await timed(() => probeSource(client, signal))
      expect(result?.ok).toBe(false)
      // Questions that come too late are given a millisecond.
      expect(ms).toBeCloseTo(timeoutMs, -1)
    },
  )

  it('is not met by headers alone', async () => {
    const silent = slow(() => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) })))
    const ask = () => tracesOf('zipkin', silent).services(window, signal)
    expect(await timed(ask)).toEqual({ kind: 'timeout', ms: timeoutMs })
  })

  /** Sends a piece every half of the time limit. */
  const dripping = (pieces: readonly string[], status = 200): UpstreamFetch =>
    slow(() => {
      const left = [...pieces]
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const piece = left.shift()
          if (piece === undefined) return controller.close()
          if (left.length < pieces.length - 1) await after(0.5 * timeoutMs)
          controller.enqueue(new TextEncoder().encode(piece))
        },
      })
      return new Response(body, { status, headers: { 'content-type': 'application/json' } })
    })

  it('does not count a stream that keeps coming', async () => {
    const client = clientOf('zipkin', dripping(['[', '{"a":1},', '{"b":2}', ']']))
    const ask = async () => {
      const { body } = await withinTime(timeoutMs, () => client.stream('/api/v2/traces', { signal }))
      return readText(body)
    }
    expect(await timed(ask)).toEqual({ result: '[{"a":1},{"b":2}]', ms: 440 })
  })

  it('is met by the end of what is read as a whole, not by a byte now and then', async () => {
    const traces = tracesOf('zipkin', dripping(['["a",', '"b",', '"c",', '"d"]']))
    expect(await timed(() => traces.services(window, signal))).toEqual({ kind: 'timeout', ms: timeoutMs })
  })

  it('is one for the words of a refusal as well', async () => {
    const traces = tracesOf('zipkin', dripping(['sto', 'rage', ' is', ' down'], 500))
    expect(await timed(() => traces.services(window, signal))).toEqual({
      kind: 'server-error',
      ms: timeoutMs,
    })
  })

  it.each([
    ['before', [' ', '\n', ' ', ' ', ' ', '[]'], timeoutMs],
    ['within', ['[', '\n', ' ', ' ', ' ', ']'], 0.7 * timeoutMs + timeoutMs],
  ])('is not put off by blanks %s an answer', async (_, pieces, ms) => {
    const client = clientOf('zipkin', dripping(pieces))
    const ask = async () => {
      const { body } = await withinTime(timeoutMs, () => client.stream('/api/v2/traces', { signal }))
      return readText(body)
    }
    expect(await timed(ask)).toEqual({ kind: 'timeout', ms })
  })

  it('does not count the wait for other requests of ours', async () => {
    const traces = tracesOf(
      'zipkin',
      slow(() => Response.json(['a'])),
      { requests: 1 },
    )
    const ask = () => Promise.all([traces.services(window, signal), traces.services(window, signal)])
    expect(await timed(ask)).toEqual({ result: [['a'], ['a']], ms: 280 })
  })
})

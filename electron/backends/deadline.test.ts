import { describe, expect, it } from 'vitest'
import type { SourceKind } from '#shared/api/contract'
import type { TraceBackend } from './backend'
import { createBackend } from './create-backend'
import type { UpstreamFetch } from './exchange'
import { fakeTarget } from './fake-server'
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

const clientOf = (kind: SourceKind, fetch: UpstreamFetch, limits: ClientOptions['limits'] = {}) =>
  createSourceClient(fakeTarget(kind, { timeoutMs }), { fetch, limits })

function tracesOf(
  kind: SourceKind,
  fetch: UpstreamFetch,
  limits: ClientOptions['limits'] = {},
): TraceBackend {
  const { traces } = createBackend(clientOf(kind, fetch, limits))
  if (traces === undefined) throw new Error('It keeps traces.')
  return traces
}

/** The kind of failure, and after how many time-outs it came. */
async function failureOf(work: () => Promise<unknown>): Promise<{ kind: string; timeouts: number }> {
  const startMs = performance.now()
  try {
    await work()
  } catch (thrown) {
    if (!(thrown instanceof SourceError)) throw thrown
    return { kind: thrown.error.kind, timeouts: (performance.now() - startMs) / timeoutMs }
  }
  throw new Error('It did not fail.')
}

describe('the time limit of a source', () => {
  it('is one for all the APIs that are tried', async () => {
    const { kind, timeouts } = await failureOf(() =>
      tracesOf('jaeger', slowlyAbsent).services(window, signal),
    )
    expect(kind).toBe('timeout')
    expect(timeouts).toBeLessThan(1.6)
  })

  it('is one for all the spellings of a trace id', async () => {
    const request = { traceId: '00000000000000007f990610ce7c7c57', window, raw: false }
    const { kind, timeouts } = await failureOf(() => tracesOf('zipkin', slowlyAbsent).trace(request, signal))
    expect(kind).toBe('timeout')
    expect(timeouts).toBeLessThan(1.6)
  })

  it.each(['jaeger', 'tempo', 'zipkin', 'loki', 'prometheus'] as const)(
    'is one for a test of a %s, and for finding out what it is instead',
    async (kind) => {
      const startMs = performance.now()
      const report = await probeSource(clientOf(kind, slowlyAbsent), signal)
      expect(report.ok).toBe(false)
      expect((performance.now() - startMs) / timeoutMs).toBeLessThan(1.35)
    },
  )

  it('is not met by headers alone', async () => {
    const silent = slow(() => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) })))
    const { kind, timeouts } = await failureOf(() => tracesOf('zipkin', silent).services(window, signal))
    expect(kind).toBe('timeout')
    expect(timeouts).toBeLessThan(1.6)
  })

  it('does not count an answer that keeps coming', async () => {
    const pieces = ['["a",', '"b",', '"c",', '"d"]']
    const flowing = slow(
      () =>
        new Response(
          new ReadableStream<Uint8Array>({
            async pull(controller) {
              const piece = pieces.shift()
              if (piece === undefined) return controller.close()
              if (piece !== '["a",') await after(0.5 * timeoutMs)
              controller.enqueue(new TextEncoder().encode(piece))
            },
          }),
        ),
    )
    expect(await tracesOf('zipkin', flowing).services(window, signal)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('does not count the wait for other requests of ours', async () => {
    const traces = tracesOf(
      'zipkin',
      slow(() => Response.json(['a'])),
      { requests: 1 },
    )
    const both = await Promise.all([traces.services(window, signal), traces.services(window, signal)])
    expect(both).toEqual([['a'], ['a']])
  })
})

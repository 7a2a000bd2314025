import { describe, expect, it } from 'vitest'
import type { TraceQuery } from '#shared/api/contract'
import { traceQuery } from '../../test/builders/trace-query'
import type { TraceBackend } from './backend'
import { readText } from './bytes'
import { fakeServer, fakeTarget, type FakeAnswer } from './fake-server'
import { createSourceClient } from './http'
import { createZipkin } from './zipkin'

const signal = new AbortController().signal
const window = { startMs: 1_700_000_000_000, endMs: 1_700_000_060_000 }
const query = traceQuery(window.startMs, window.endMs)

function zipkin(routes: Readonly<Record<string, FakeAnswer>>): { asked: string[]; traces: TraceBackend } {
  const server = fakeServer(routes)
  const { traces } = createZipkin(createSourceClient(fakeTarget('zipkin'), { fetch: server.fetch }))
  if (traces === undefined) throw new Error('Zipkin keeps traces.')
  return { asked: server.asked, traces }
}

describe('Zipkin', () => {
  it('lists services and their spans', async () => {
    const { traces, asked } = zipkin({ '/api/v2/services': ['b', 'a'], '/api/v2/spans': ['get'] })
    expect(await traces.services(window, signal)).toEqual(['a', 'b'])
    expect(await traces.operations('a', window, signal)).toEqual(['get'])
    expect(await traces.operations('', window, signal)).toEqual([])
    expect(asked).toEqual(['/api/v2/services', '/api/v2/spans?serviceName=a'])
  })

  it.each<[Partial<TraceQuery>, string]>([
    [{}, 'endTs=1700000060000&lookback=60000&limit=20'],
    [
      { service: 'a', operation: 'get', errorsOnly: true, tags: [{ key: 'http.method', value: 'GET' }] },
      'serviceName=a&spanName=get&annotationQuery=http.method=GET and error&endTs=1700000060000&lookback=60000&limit=20',
    ],
    // It keeps the kind of a span as no tag.
    [
      {
        tags: [
          { key: 'span.kind', value: 'server' },
          { key: 'a', value: '1' },
        ],
      },
      'annotationQuery=a=1&endTs=1700000060000&lookback=60000&limit=20',
    ],
    // A longest duration alone is refused by Zipkin.
    [{ maxDurationNs: 2e9 }, 'minDuration=1&maxDuration=2000000&endTs=1700000060000&lookback=60000&limit=20'],
    [{ minDurationNs: 1_500_000 }, 'minDuration=1500&endTs=1700000060000&lookback=60000&limit=20'],
  ])('is searched in its own words (%#)', async (form, words) => {
    const { traces, asked } = zipkin({ '/api/v2/traces': [[{ traceId: 'a' }]] })
    const result = await traces.search({ ...query, ...form }, signal)
    expect(asked).toEqual([`/api/v2/traces?${words}`])
    expect(result.kind === 'traces' && (await readText(result.stream.body))).toBe('[[{"traceId":"a"}]]')
  })

  it('finds a trace under its short id', async () => {
    const traceId = '0000000000000000463ac35c9f6413ad'
    const { traces } = zipkin({ '/api/v2/trace/463ac35c9f6413ad': [{ traceId: '463ac35c9f6413ad' }] })
    expect((await traces.trace({ traceId, window: undefined, raw: false }, signal)).notes).toEqual([
      'shop knows this trace as 463ac35c9f6413ad.',
    ])
  })

  it('says when a trace is not there', async () => {
    const traceId = '463ac35c9f6413ad463ac35c9f6413ad'
    const { traces } = zipkin({ [`/api/v2/trace/${traceId}`]: [] })
    await expect(traces.trace({ traceId, window: undefined, raw: false }, signal)).rejects.toMatchObject({
      error: { kind: 'not-found' },
    })
  })

  it('counts errors between services', async () => {
    const { traces, asked } = zipkin({
      '/api/v2/dependencies': [
        { parent: 'a', child: 'b', callCount: 3, errorCount: 1 },
        { parent: 'b', child: 'c', callCount: 2 },
      ],
    })
    expect(await traces.dependencies?.(window, signal)).toEqual({
      calls: [
        { parent: 'a', child: 'b', callCount: 3, errorCount: 1 },
        { parent: 'b', child: 'c', callCount: 2, errorCount: 0 },
      ],
      notes: [],
    })
    expect(asked).toEqual(['/api/v2/dependencies?endTs=1700000060000&lookback=60000'])
  })
})

import { expect, test } from 'vitest'
import type { SearchAnswer } from '#shared/api/contract'
import { searchRoute } from './search-route'

const signal = new AbortController().signal

/** Asks a source that answers everything so. */
function search(query: object, answer: Response): Promise<SearchAnswer> {
  return searchRoute(
    `/search?query=${encodeURIComponent(JSON.stringify(query))}`,
    {
      fetch: () => Promise.resolve(answer),
      now: () => 0,
      pause: () => Promise.resolve(),
      allocate: (byteLength) => new ArrayBuffer(byteLength),
      mostBytes: Number.POSITIVE_INFINITY,
    },
    signal,
  )
}

function trace(id: string, tags: readonly object[], startTime = 1_700_000_000_000_000): object {
  return {
    traceID: id.repeat(32),
    spans: [
      {
        traceID: id.repeat(32),
        spanID: '1'.repeat(16),
        operationName: id,
        references: [],
        startTime,
        duration: 5,
        tags,
        logs: [],
        processID: 'p1',
      },
    ],
    processes: { p1: { serviceName: 'shop', tags: [] } },
  }
}

function wholeTraces(): Response {
  const failed = { key: 'otel.status_code', type: 'string', value: 'ERROR' }
  return Response.json(
    { data: [trace('a', [failed]), trace('b', [], 1_699_999_999_000_000)] },
    { headers: { 'x-clew-answer': 'traces' } },
  )
}

const summaries = (...parts: readonly object[]): Response =>
  Response.json({
    traces: parts.map((part, at) => ({ startNs: `${9 - at}000000`, ...part })),
    limitReached: true,
    notes: [],
  })

test('a search for errors leaves out whole traces without one, and says that the limit was reached all the same', async () => {
  const answer = await search({ errorsOnly: true, limit: 2 }, wholeTraces())
  expect(answer.traces.map(({ rootName }) => rootName)).toEqual(['a'])
  expect(answer.limitReached).toBe(true)
  expect((await search({ errorsOnly: true, limit: 3 }, wholeTraces())).limitReached).toBe(false)
  expect(answer.oldestGivenMs).toBe(1_699_999_999_000)
})

test('a search for everything leaves out nothing', async () => {
  expect((await search({ errorsOnly: false, limit: 2 }, wholeTraces())).traces).toHaveLength(2)
  const own = summaries({ errorCount: 0, failed: false })
  expect((await search({ errorsOnly: true, limit: 2, traceql: '{}' }, own)).traces).toHaveLength(1)
  const all = summaries({ errorCount: 0, failed: false })
  expect((await search({ errorsOnly: false, limit: 2 }, all)).traces).toHaveLength(1)
})

test('a search for errors leaves out summaries that count none, and keeps those that do not say', async () => {
  const answer = await search(
    { errorsOnly: true, limit: 4 },
    summaries(
      { rootName: 'failed', failed: true },
      { rootName: 'counted', errorCount: 2, failed: true },
      { rootName: 'clean', errorCount: 0, failed: false },
      { rootName: 'silent' },
      { rootName: 'matched', errorCount: 0, failed: false, matched: { spanId: '1' } },
    ),
  )
  expect(answer.traces.map(({ rootName }) => rootName)).toEqual(['failed', 'counted', 'silent', 'matched'])
  expect(answer.oldestGivenMs).toBe(5)
  expect(answer.limitReached).toBe(true)
})

test('of whole traces the spans that are meant are told, where single spans are asked for', async () => {
  const query = { limit: 2, service: 'shop', operation: 'a', spanKind: 'unspecified' }
  const { traces } = await search(query, wholeTraces())
  expect(traces.map(({ spans }) => spans?.map(({ name, durationNs }) => [name, durationNs]))).toEqual([
    [['a', 5_000]],
    [],
  ])
})

test('whole traces without a span of the kind that a tag asks for are left out, however short the server was of kinds', async () => {
  const serving = { key: 'span.kind', type: 'string', value: 'server' }
  const answer = () =>
    Response.json(
      { data: [trace('a', [serving]), trace('b', [], 1_699_999_999_000_000)] },
      { headers: { 'x-clew-answer': 'traces' } },
    )
  const query = { limit: 2, service: 'shop', tags: [{ key: 'span.kind', value: 'server' }] }
  const { traces, ...rest } = await search(query, answer())
  expect(traces.map(({ rootName }) => rootName)).toEqual(['a'])
  // The list can be asked on from the oldest that came.
  expect(rest).toMatchObject({ limitReached: true, oldestGivenMs: 1_699_999_999_000 })
  expect((await search({ ...query, minDurationNs: 6_000 }, answer())).traces).toEqual([])
  expect((await search({ limit: 2, service: 'shop', tags: [] }, answer())).traces).toHaveLength(2)
})

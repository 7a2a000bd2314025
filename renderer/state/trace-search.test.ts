import { describe, expect, test } from 'vitest'
import type { SearchAnswer, TraceQuery } from '#shared/api/contract'
import type { TraceSummary } from '#shared/trace/table'
import { ClewError } from '../client/api'
import { TraceSearch, type SearchMeans } from './trace-search'

const query: TraceQuery = {
  service: 'order-service',
  operation: '',
  tags: [],
  minDurationNs: undefined,
  maxDurationNs: undefined,
  errorsOnly: false,
  startMs: 1_000,
  endMs: 10_000,
  limit: 2,
  traceql: '',
}

const trace = (id: number, startMs: number): TraceSummary => ({
  traceId: String(id).padStart(32, '0'),
  rootService: 'order-service',
  rootName: 'POST /orders',
  startNs: `${startMs}000000`,
  durationNs: 1_000,
  spanCount: 1,
  errorCount: 0,
  failed: undefined,
  services: [],
  matched: undefined,
})

const answer = (traces: readonly TraceSummary[], limitReached = false): SearchAnswer => ({
  traces,
  limitReached,
  notes: [],
})

/** A server that answers when told to. */
class Server implements SearchMeans {
  readonly asked: { source: string; query: TraceQuery; signal: AbortSignal }[] = []
  readonly #waiting: { settle(answer: SearchAnswer): void; fail(thrown: unknown): void }[] = []
  now = 100
  nowMs = (): number => this.now
  search = (url: string, signal: AbortSignal): Promise<SearchAnswer> => {
    const { pathname, searchParams } = new URL(url, 'http://clew')
    this.asked.push({
      source: pathname.split('/')[3],
      query: JSON.parse(searchParams.get('query') ?? '') as TraceQuery,
      signal,
    })
    return new Promise((settle, fail) => {
      this.#waiting.push({ settle, fail })
      signal.addEventListener('abort', () => fail(new DOMException('stopped', 'AbortError')))
    })
  }
  async answer(request: number, given: SearchAnswer): Promise<void> {
    this.#waiting[request].settle(given)
    await Promise.resolve()
    await Promise.resolve()
  }
  async fail(request: number, thrown: unknown): Promise<void> {
    this.#waiting[request].fail(thrown)
    await Promise.resolve()
    await Promise.resolve()
  }
}

const start = (server: Server, ...ids: string[]): TraceSearch => {
  const search = new TraceSearch(
    ids.map((id) => ({ source: { id, name: id }, query })),
    query,
    server,
  )
  search.start()
  return search
}

const phases = (search: TraceSearch): readonly string[] => search.snapshot().sources.map(({ phase }) => phase)
const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve))

describe('a search over several sources', () => {
  test('shows what one source found while another is still silent', async () => {
    const server = new Server()
    const search = start(server, 'fast', 'slow')
    server.now = 900
    await server.answer(0, answer([trace(1, 5_000)]))
    expect(phases(search)).toEqual(['answered', 'asking'])
    expect(search.snapshot().traces.map((row) => row.sources)).toEqual([[{ id: 'fast', name: 'fast' }]])
    expect(search.snapshot().sources[0].tookMs).toBe(800)
    expect(search.snapshot().isAsking).toBe(true)
  })

  test('keeps the failure of one beside the traces of the other', async () => {
    const server = new Server()
    const search = start(server, 'good', 'bad')
    await server.answer(0, answer([trace(1, 5_000)]))
    const error = {
      kind: 'timeout' as const,
      message: 'bad did not answer within 10 s.',
      detail: undefined,
      advice: 'Try a shorter window.',
      status: 504,
    }
    await server.fail(1, new ClewError(error))
    expect(phases(search)).toEqual(['answered', 'failed'])
    expect(search.snapshot().sources[1].error).toEqual(error)
    expect(search.snapshot().traces).toHaveLength(1)
  })

  test('stops one source and lets the others go on', async () => {
    const server = new Server()
    const search = start(server, 'a', 'b')
    search.stop('a')
    await settled()
    expect(phases(search)).toEqual(['stopped', 'asking'])
    expect(server.asked.map(({ signal }) => signal.aborted)).toEqual([true, false])
    expect(search.snapshot().sources[0].error).toBeUndefined()
  })

  test('ignores the late answer of a question that was asked again', async () => {
    const server = new Server()
    const search = start(server, 'a')
    search.retry('a')
    await server.answer(0, answer([trace(1, 5_000)]))
    expect(search.snapshot().traces).toEqual([])
    await server.answer(1, answer([trace(2, 5_000)]))
    expect(search.snapshot().traces.map((row) => row.summary)).toEqual([trace(2, 5_000)])
  })

  test('asks again what was under way when the page was left', async () => {
    const server = new Server()
    const search = start(server, 'done', 'slow')
    await server.answer(0, answer([trace(1, 5_000)]))
    search.pause()
    await settled()
    search.resume()
    expect(server.asked.map(({ source }) => source)).toEqual(['done', 'slow', 'slow'])
    await server.answer(2, answer([trace(2, 6_000)]))
    expect(phases(search)).toEqual(['answered', 'answered'])
    expect(search.snapshot().traces).toHaveLength(2)
  })
})

describe('going on past the limit', () => {
  test('asks for what is before the oldest trace found, sharing a millisecond, and drops what comes twice', async () => {
    const server = new Server()
    const search = start(server, 'a')
    await server.answer(0, answer([trace(3, 9_000), trace(2, 6_000)], true))
    expect(search.snapshot().sources[0]).toMatchObject({ hasOlder: true, coveredFromMs: 6_000 })
    search.loadOlder('a')
    expect(server.asked[1].query).toEqual({ ...query, endMs: 6_001 })
    await server.answer(1, answer([trace(2, 6_000), trace(1, 2_000)]))
    expect(search.snapshot().traces.map((row) => row.summary.traceId)).toEqual(
      [3, 2, 1].map((id) => trace(id, 0).traceId),
    )
    expect(search.snapshot().sources[0]).toMatchObject({ fresh: 1, hasOlder: false, coveredFromMs: 1_000 })
  })

  test('doubles the limit when a whole answer was known already', async () => {
    const server = new Server()
    const search = start(server, 'a')
    const same = [trace(3, 6_000), trace(2, 6_000)]
    await server.answer(0, answer(same, true))
    search.loadOlder('a')
    await server.answer(1, answer(same, true))
    expect(search.snapshot().sources[0]).toMatchObject({ fresh: 0, hasOlder: true })
    search.loadOlder('a')
    expect(server.asked.map((one) => one.query.limit)).toEqual([2, 2, 4])
  })

  test('walks back in short steps after a retry with a shorter window', async () => {
    const server = new Server()
    const search = start(server, 'a')
    await server.fail(
      0,
      new ClewError({ kind: 'timeout', message: '', detail: undefined, advice: '', status: 504 }),
    )
    search.retry('a', 4_000)
    expect(server.asked[1].query).toMatchObject({ startMs: 6_000, endMs: 10_000 })
    await server.answer(1, answer([trace(1, 7_000)]))
    expect(search.snapshot().sources[0]).toMatchObject({ hasOlder: true, coveredFromMs: 6_000 })
    search.loadOlder('a')
    expect(server.asked[2].query).toMatchObject({ startMs: 2_000, endMs: 6_001 })
  })

  test('has nothing to go on with when the source gave all it had', async () => {
    const server = new Server()
    const search = start(server, 'a')
    await server.answer(0, answer([trace(1, 5_000)]))
    search.loadOlder('a')
    expect(server.asked).toHaveLength(1)
    expect(search.snapshot().sources[0].hasOlder).toBe(false)
  })
})

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
  services = (): Promise<readonly string[]> => Promise.resolve([])
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
    ids.map((id) => ({ source: { id, name: id }, query, newestFirst: true })),
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

/** A trace with a span of each service, and some that are not said to be of any. */
const traceOf = (id: number, spanCount: number | undefined, ...names: readonly string[]) => ({
  ...trace(id, 5_000),
  spanCount,
  services: names.map((name) => ({ name, spanCount: 1 })),
})

test('traces without a service that must be in them are left out and counted; those whose services are not all named stay', async () => {
  const server = new Server()
  const search = new TraceSearch(
    [{ source: { id: 'a', name: 'a' }, query, newestFirst: true, withServices: ['Order-Service'] }],
    query,
    server,
  )
  search.start()
  const both = traceOf(1, 2, 'payment-service', 'order-service')
  const without = traceOf(2, 1, 'payment-service')
  const cut = traceOf(3, 9, 'payment-service')
  const unnamed = traceOf(4, 3)
  await server.answer(0, answer([both, without, cut, unnamed]))
  expect(search.snapshot().traces.map((row) => row.summary)).toEqual([both, cut, unnamed])
  search.retry('a')
  await server.answer(1, answer([both, without]))
  expect(search.snapshot().sources[0].leftOut).toEqual({ count: 1, services: ['Order-Service'] })
})

describe('going on past the limit', () => {
  test('asks for what is before the oldest trace found, sharing a millisecond, and drops what comes twice', async () => {
    const server = new Server()
    const search = start(server, 'a')
    await server.answer(0, answer([trace(3, 9_000), trace(2, 6_000)], true))
    expect(search.snapshot().sources[0]).toMatchObject({ hasMore: true, coveredFromMs: 6_000 })
    search.loadMore('a')
    expect(server.asked[1].query).toEqual({ ...query, endMs: 6_001 })
    await server.answer(1, answer([trace(2, 6_000), trace(1, 2_000)]))
    expect(search.snapshot().traces.map((row) => row.summary.traceId)).toEqual(
      [3, 2, 1].map((id) => trace(id, 0).traceId),
    )
    expect(search.snapshot().sources[0]).toMatchObject({ fresh: 1, hasMore: false, coveredFromMs: 1_000 })
  })

  test('goes on before the oldest trace given, also where that one did not fail and was left out', async () => {
    const server = new Server()
    const search = start(server, 'a')
    await server.answer(0, { ...answer([trace(3, 9_000)], true), oldestGivenMs: 7_000 })
    search.loadMore('a')
    expect(server.asked[1].query).toEqual({ ...query, endMs: 7_001 })
    // Nothing of it failed: that is no reason to ask for twice as many.
    await server.answer(1, { ...answer([], true), oldestGivenMs: 4_000 })
    expect(search.snapshot().sources[0]).toMatchObject({ fresh: 0, isStuck: false, coveredFromMs: 4_000 })
    search.loadMore('a')
    expect(server.asked[2].query).toEqual({ ...query, endMs: 4_001 })
  })

  test('doubles the limit when a whole answer was known already', async () => {
    const server = new Server()
    const search = start(server, 'a')
    const same = [trace(3, 6_000), trace(2, 6_000)]
    await server.answer(0, answer(same, true))
    search.loadMore('a')
    await server.answer(1, answer(same, true))
    expect(search.snapshot().sources[0]).toMatchObject({ fresh: 0, hasMore: true })
    search.loadMore('a')
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
    expect(search.snapshot().sources[0]).toMatchObject({ hasMore: true, coveredFromMs: 6_000 })
    search.loadMore('a')
    expect(server.asked[2].query).toMatchObject({ startMs: 2_000, endMs: 6_001 })
  })

  test('has nothing to go on with when the source gave all it had', async () => {
    const server = new Server()
    const search = start(server, 'a')
    await server.answer(0, answer([trace(1, 5_000)]))
    search.loadMore('a')
    expect(server.asked).toHaveLength(1)
    expect(search.snapshot().sources[0].hasMore).toBe(false)
  })
})

/** Holds traces and gives any of them, never the newest first, as Jaeger's memory store does. */
class Unordered implements SearchMeans {
  readonly asked: TraceQuery[] = []
  readonly held: readonly TraceSummary[]
  readonly names: readonly string[]
  failing: string | undefined
  #seed = 7
  constructor(held: readonly TraceSummary[], names: readonly string[] = []) {
    this.held = held
    this.names = names
  }
  nowMs = (): number => 100
  services = (): Promise<readonly string[]> => Promise.resolve(this.names)
  search = async (url: string): Promise<SearchAnswer> => {
    const asked = JSON.parse(new URL(url, 'http://clew').searchParams.get('query') ?? '') as TraceQuery
    this.asked.push(asked)
    await Promise.resolve()
    if (asked.service === this.failing)
      throw new ClewError({ kind: 'timeout', message: 'late', detail: undefined, advice: '', status: 504 })
    const matching = this.held.filter((one) => {
      const startMs = Number(BigInt(one.startNs) / 1_000_000n)
      return (
        startMs >= asked.startMs &&
        startMs <= asked.endMs &&
        (asked.service === '' || one.rootService === asked.service)
      )
    })
    const given = matching.toSorted(() => {
      this.#seed = (this.#seed * 16_807) % 2_147_483_647
      return this.#seed % 2 === 0 ? 1 : -1
    })
    return answer(given.slice(0, asked.limit), given.length >= asked.limit)
  }
}

const searchUnordered = (server: Unordered, change: Partial<TraceQuery> = {}, eachService = false) => {
  const search = new TraceSearch(
    [
      {
        source: { id: 'jaeger', name: 'Jaeger' },
        query: { ...query, ...change },
        newestFirst: false,
        eachService,
      },
    ],
    query,
    server,
  )
  search.start()
  return search
}

const idsOf = (search: TraceSearch): readonly string[] =>
  search
    .snapshot()
    .traces.map(({ summary }) => summary.traceId)
    .toSorted()

/** Clicks until nothing is left; how many clicks each brought something. */
async function loadAll(search: TraceSearch): Promise<readonly number[]> {
  const brought: number[] = []
  while (search.snapshot().sources[0].hasMore && brought.length < 100) {
    search.loadMore('jaeger')
    // oxlint-disable-next-line no-await-in-loop
    await settled()
    brought.push(search.snapshot().sources[0].fresh ?? -1)
  }
  return brought
}

describe('a source that promises no order', () => {
  test('is asked until every trace is here, and each click but the last brings some', async () => {
    // Most of them close together, as traffic is.
    const held = Array.from({ length: 21 }, (_, at) =>
      trace(at, at < 4 ? 1_000 + at * 2_000 : 9_000 + at * 3),
    )
    const search = searchUnordered(new Unordered(held), { limit: 5 })
    await settled()
    expect(search.snapshot().sources[0]).toMatchObject({ limitReached: true, hasMore: true })
    expect(idsOf(search)).toHaveLength(5)
    const brought = await loadAll(search)
    expect(idsOf(search)).toEqual(held.map(({ traceId }) => traceId).toSorted())
    expect(brought.slice(0, -1).every((fresh) => fresh > 0)).toBe(true)
    expect(search.snapshot().sources[0]).toMatchObject({
      limitReached: false,
      hasMore: false,
      isStuck: false,
    })
  })

  test('asks halves that share a millisecond', async () => {
    const server = new Unordered([trace(1, 2_000), trace(2, 8_000)])
    const search = searchUnordered(server)
    await settled()
    search.loadMore('jaeger')
    await settled()
    expect(server.asked.slice(1, 3).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [5_500, 10_000],
      [1_000, 5_500],
    ])
  })

  test('is not asked for less than a millisecond, and that is said', async () => {
    const search = searchUnordered(new Unordered([1, 2, 3, 4].map((id) => trace(id, 5_000))))
    await settled()
    await loadAll(search)
    expect(search.snapshot().sources[0]).toMatchObject({ isStuck: true, hasMore: false, limitReached: true })
  })

  test('after a retry with a shorter window all the rest is still reached', async () => {
    const held = Array.from({ length: 9 }, (_, at) => trace(at, 1_500 + at * 900))
    const server = new Unordered(held)
    server.failing = 'slow'
    const search = searchUnordered(server, { service: 'order-service', limit: 3 })
    search.retry('jaeger', 2_000)
    await settled()
    expect(server.asked.at(-1)).toMatchObject({ startMs: 8_000, endMs: 10_000 })
    await loadAll(search)
    expect(idsOf(search)).toHaveLength(9)
  })
})

describe('a source that searches within one service, when none is named', () => {
  const held = Array.from({ length: 40 }, (_, at) => ({
    ...trace(at, 1_000 + at * 200),
    rootService: at % 2 === 0 ? 'a' : 'b',
  }))

  test('is asked for each of its services, which share the limit', async () => {
    const server = new Unordered(held, ['a', 'b'])
    const search = searchUnordered(server, { service: '', limit: 60 }, true)
    await settled()
    expect(server.asked.map(({ service, limit }) => [service, limit])).toEqual([
      ['a', 30],
      ['b', 30],
    ])
    expect(idsOf(search)).toHaveLength(40)
    expect(search.snapshot().sources[0]).toMatchObject({ phase: 'answered', services: ['a', 'b'] })
  })

  test('asks again only for the service that failed', async () => {
    const server = new Unordered(held, ['a', 'b'])
    server.failing = 'b'
    const search = searchUnordered(server, { service: '', limit: 60 }, true)
    await settled()
    expect(phases(search)).toEqual(['failed'])
    expect(idsOf(search)).toHaveLength(20)
    server.failing = undefined
    search.retry('jaeger')
    await settled()
    expect(server.asked.map(({ service }) => service)).toEqual(['a', 'b', 'b'])
    expect(idsOf(search)).toHaveLength(40)
  })

  test('is asked two things at once, nothing more after a time-out, and the part without an answer last on a retry', async () => {
    const server = new Unordered(held, ['b', 'a', 'c', 'd'])
    server.failing = 'b'
    const search = searchUnordered(server, { service: '', limit: 80 }, true)
    await settled()
    expect(server.asked.map(({ service }) => service)).toEqual(['b', 'a'])
    server.failing = undefined
    search.retry('jaeger')
    await settled()
    expect(server.asked.slice(2).map(({ service }) => service)).toEqual(['c', 'd', 'b'])
    expect(phases(search)).toEqual(['answered'])
  })

  test('offers its services where they are too many to ask each', async () => {
    const names = Array.from({ length: 31 }, (_, at) => `service-${at}`)
    const server = new Unordered(held, names)
    const search = searchUnordered(server, { service: '' }, true)
    await settled()
    expect(search.snapshot().sources[0]).toMatchObject({ phase: 'choose', services: names })
    expect(server.asked).toEqual([])
  })
})

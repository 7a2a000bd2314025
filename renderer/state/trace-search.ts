/**
 * One search over several sources, outside React: each source is asked, stopped, asked again and gone on with by itself, so that a slow
 * or failing one never holds up the others. Pages read it with `useSyncExternalStore`.
 */
import type { ApiError, SearchAnswer, TraceQuery } from '#shared/api/contract'
import { createGate } from '#shared/base/gate'
import { startMsOf } from '#shared/trace/summary'
import type { TraceSummary } from '#shared/trace/table'
import { api, searchPath, toApiError } from '../client/api'
import { traceSessions } from '../client/trace-sessions'
import { type FoundTrace, mergeTraces, type SourceName } from './merge-traces'
import {
  goneOn,
  hasMore,
  isStuck,
  mostServices,
  type Part,
  partsOfServices,
  shortened,
  wholePart,
} from './search-parts'

/** What one source is asked. */
export interface Ask {
  readonly source: SourceName
  readonly query: TraceQuery
  /** When more match than the limit, the newest come; otherwise any may come, and no time counts as searched then. */
  readonly newestFirst: boolean
  /** The source searches within one service and none is named: each of its services is asked. */
  readonly eachService?: boolean | undefined
  /** Traces of which it is known that they have no span of one of these are left out. */
  readonly withServices?: readonly string[] | undefined
}

export interface SourceProgress {
  readonly source: SourceName
  /** `choose`: it has too many services to ask each of them; a person must choose one of `services`. */
  readonly phase: 'asking' | 'answered' | 'failed' | 'stopped' | 'choose'
  readonly newestFirst: boolean
  /** The services it is asked for one by one, or can be chosen from; undefined where that is not the way. */
  readonly services: readonly string[] | undefined
  /** As last asked: its window is a part of the search's when older traces were asked for. */
  readonly query: TraceQuery
  /** All that came for this search, newest answer last. */
  readonly traces: readonly TraceSummary[]
  /** Traces that came and are not among them, for they have no span of a service that must be in them. */
  readonly leftOut: { readonly count: number; readonly services: readonly string[] }
  /** How many of the last answer were not there before; undefined before the first answer. */
  readonly fresh: number | undefined
  /** The last answer held as many as were asked for. */
  readonly limitReached: boolean
  /** From here to the end of the search's window, what the source gives is here. Milliseconds since 1970. */
  readonly coveredFromMs: number
  /** There may be more traces inside the search's window, which can be asked for: older ones where the newest come first. */
  readonly hasMore: boolean
  /** More began within one millisecond, or where the newest come first within what was there already, than the limit lets through. */
  readonly isStuck: boolean
  /** What the server said besides, in the last answer. */
  readonly notes: readonly string[]
  readonly error: ApiError | undefined
  /** When it was last asked. Milliseconds since 1970. */
  readonly askedMs: number
  /** How long the last answer took. */
  readonly tookMs: number
}

export interface SearchSnapshot {
  readonly sources: readonly SourceProgress[]
  readonly traces: readonly FoundTrace[]
  readonly isAsking: boolean
}

/** What a search needs from outside; tests give their own. */
export interface SearchMeans {
  search(url: string, signal: AbortSignal): Promise<SearchAnswer>
  services(sourceId: string, window: SearchWindow, signal: AbortSignal): Promise<readonly string[]>
  nowMs(): number
}

/** A limit is never doubled past this. */
const mostAsked = 10_000
/** Parts of one source under way: its server has others to answer too. */
const partsAtOnce = 2

interface Running {
  progress: SourceProgress
  readonly ask: Ask
  abort: AbortController | undefined
  /** Set when the page was left while this source was being asked. */
  isPaused: boolean
  /** Ids of all traces that came, those that are left out too. */
  readonly known: Set<string>
  /** What a source without an order is asked; undefined where the newest come first, and before its services are known. */
  parts: readonly Part[] | undefined
  /** How long a stretch is asked at a time, after a retry with a shorter window. */
  stepMs: number
}

/** Whether it is asked in parts, rather than back in time from what it gave. */
const goesInParts = ({ newestFirst, eachService = false }: Ask): boolean => !newestFirst || eachService

/** Whether the summary names all services of its trace, and not this one. Zipkin writes names in lower case. */
const lacks = ({ services, spanCount = 0 }: TraceSummary, service: string): boolean =>
  services.length > 0 &&
  services.reduce((sum, one) => sum + one.spanCount, 0) >= spanCount &&
  !services.some(({ name }) => name.toLowerCase() === service.toLowerCase())

/** What of an answer was not there before, added to what was. */
function withFresh(
  { progress, known }: Running,
  answer: SearchAnswer,
): Pick<SourceProgress, 'traces' | 'leftOut'> {
  const fresh = answer.traces.filter(({ traceId }) => !known.has(traceId))
  for (const { traceId } of fresh) known.add(traceId)
  const { traces, leftOut } = progress
  const wanted = fresh.filter((trace) => !leftOut.services.some((service) => lacks(trace, service)))
  return {
    traces: wanted.length === 0 ? traces : [...traces, ...wanted],
    leftOut: { ...leftOut, count: leftOut.count + fresh.length - wanted.length },
  }
}

export interface SearchWindow {
  readonly startMs: number
  readonly endMs: number
}

export class TraceSearch {
  /** What was asked for as a whole. Milliseconds since 1970. */
  readonly window: SearchWindow
  readonly #means: SearchMeans
  readonly #running: readonly Running[]
  readonly #listeners = new Set<() => void>()
  #snapshot: SearchSnapshot = { sources: [], traces: [], isAsking: false }

  constructor(asks: readonly Ask[], window: SearchWindow, means: SearchMeans) {
    this.window = window
    this.#means = means
    const now = means.nowMs()
    this.#running = asks.map((ask) => ({
      ask,
      abort: undefined,
      isPaused: false,
      known: new Set<string>(),
      parts: goesInParts(ask) && !ask.eachService ? wholePart(ask.query) : undefined,
      stepMs: Infinity,
      progress: {
        source: ask.source,
        phase: 'stopped',
        newestFirst: ask.newestFirst,
        services: undefined,
        query: ask.query,
        traces: [],
        leftOut: { count: 0, services: ask.withServices ?? [] },
        fresh: undefined,
        limitReached: false,
        coveredFromMs: ask.query.endMs,
        hasMore: false,
        isStuck: false,
        notes: [],
        error: undefined,
        askedMs: now,
        tookMs: 0,
      },
    }))
    this.#snapshot = this.#read()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): SearchSnapshot => this.#snapshot

  /** Asks every source. */
  start(): void {
    for (const one of this.#running) this.#askAgain(one)
  }

  /** The page is left: nothing is waited for, and servers are not kept busy for nobody. */
  pause(): void {
    for (const one of this.#running)
      if (one.abort) {
        one.isPaused = true
        one.abort.abort()
      }
  }

  /** The page is back: what was under way is asked again. */
  resume(): void {
    for (const one of this.#running)
      if (one.isPaused) {
        one.isPaused = false
        this.#askAgain(one)
      }
  }

  stop(sourceId: string): void {
    this.#find(sourceId)?.abort?.abort()
  }

  stopAll(): void {
    for (const one of this.#running) one.abort?.abort()
  }

  /** Asks a source again; with `lengthMs` only for the newest part of that length, which busy servers answer more often. */
  retry(sourceId: string, lengthMs?: number): void {
    const one = this.#find(sourceId)
    if (!one) return
    if (goesInParts(one.ask)) {
      if (lengthMs !== undefined && one.parts) {
        one.parts = shortened(one.parts, lengthMs)
        one.stepMs = lengthMs
      }
      void this.#askParts(one, false)
      return
    }
    const { query } = one.progress
    void this.#ask(one, {
      ...query,
      startMs: lengthMs === undefined ? query.startMs : Math.max(query.startMs, query.endMs - lengthMs),
    })
  }

  /**
   * Goes on past the limit: the same conditions in the window before the oldest trace found. The windows share a millisecond, and
   * what comes twice is dropped, so that nothing falls between them. When a whole answer was known already (more traces in that
   * millisecond, or second, than the limit), the limit doubles. A source without an order is asked for each part that reached its
   * limit again, as two halves.
   */
  loadMore(sourceId: string): void {
    const one = this.#find(sourceId)
    if (!one || !one.progress.hasMore || one.abort) return
    if (one.parts) {
      one.parts = goneOn(one.parts, one.stepMs)
      void this.#askParts(one, true)
      return
    }
    const { query, coveredFromMs, isStuck } = one.progress
    const whole = one.ask.query
    // After a retry with a shorter window, steps keep that length.
    const isShortened = query.startMs > whole.startMs
    const lengthMs = query.endMs - query.startMs
    void this.#ask(one, {
      ...whole,
      limit: isStuck ? Math.min(mostAsked, query.limit * 2) : query.limit,
      startMs: isShortened ? Math.max(whole.startMs, coveredFromMs - lengthMs) : whole.startMs,
      endMs: Math.min(query.endMs, coveredFromMs + 1),
    })
  }

  #find(sourceId: string): Running | undefined {
    return this.#running.find((one) => one.ask.source.id === sourceId)
  }

  #askAgain(one: Running): void {
    void (goesInParts(one.ask) ? this.#askParts(one, false) : this.#ask(one, one.progress.query))
  }

  async #ask(one: Running, query: TraceQuery): Promise<void> {
    one.abort?.abort()
    const abort = new AbortController()
    one.abort = abort
    const askedMs = this.#means.nowMs()
    this.#set(one, { phase: 'asking', query, error: undefined, notes: [], askedMs, tookMs: 0 })
    try {
      const answer = await this.#means.search(searchPath(one.ask.source.id, query), abort.signal)
      if (one.abort !== abort) return
      one.abort = undefined
      this.#accept(one, query, answer, this.#means.nowMs() - askedMs)
    } catch (thrown) {
      this.#fail(one, abort, thrown)
    }
  }

  /** Asks the parts that are due; with `goesOn`, halves on until something new came, for a click that brings nothing is none. */
  async #askParts(one: Running, goesOn: boolean): Promise<void> {
    one.abort?.abort()
    const abort = new AbortController()
    one.abort = abort
    const askedMs = this.#means.nowMs()
    const known = one.progress.traces.length
    this.#set(one, { phase: 'asking', error: undefined, notes: [], askedMs, tookMs: 0 })
    try {
      if (!one.parts) {
        const services = await this.#means.services(one.ask.source.id, this.window, abort.signal)
        if (one.abort !== abort) return
        if (services.length > mostServices) {
          one.abort = undefined
          this.#set(one, { phase: 'choose', services, tookMs: this.#means.nowMs() - askedMs })
          return
        }
        one.parts = partsOfServices(one.ask.query, services)
        this.#set(one, { services })
      }
      await this.#askDue(one, abort)
      const isFruitless = (): boolean => goesOn && one.progress.traces.length === known
      while (one.abort === abort && isFruitless() && one.parts.some(hasMore)) {
        one.parts = goneOn(one.parts, one.stepMs)
        // Each round waits for the one before: its answers say what is asked next.
        // oxlint-disable-next-line no-await-in-loop
        await this.#askDue(one, abort)
      }
      if (one.abort !== abort) return
      one.abort = undefined
      this.#set(one, {
        phase: 'answered',
        fresh: one.progress.traces.length - known,
        tookMs: this.#means.nowMs() - askedMs,
      })
    } catch (thrown) {
      this.#fail(one, abort, thrown)
    }
  }

  /**
   * Every part that is due, a few at once; what one gives stays when another fails. A time-out ends it, or thirty services of a source
   * that hangs would take thirty time-outs; the part that had none goes last, so that a retry reaches the others.
   */
  async #askDue(one: Running, abort: AbortController): Promise<void> {
    const asked = one.parts?.filter((part) => part.state === 'due') ?? []
    if (asked.length > 0) this.#set(one, { query: asked[0].query })
    const gate = createGate(partsAtOnce)
    let timedOut = false
    const askPart = async (part: Part): Promise<void> => {
      const leave = await gate.enter(abort.signal)
      try {
        if (timedOut) return
        const answer = await this.#means.search(searchPath(one.ask.source.id, part.query), abort.signal)
        if (one.abort === abort) this.#acceptPart(one, part, answer)
      } catch (thrown) {
        if (toApiError(thrown).kind === 'timeout' && one.abort === abort) {
          timedOut = true
          one.parts = [...(one.parts ?? []).filter((other) => other !== part), part]
        }
        throw thrown
      } finally {
        leave()
      }
    }
    const settled = await Promise.allSettled(asked.map(askPart))
    const failed = settled.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
  }

  #acceptPart(one: Running, part: Part, answer: SearchAnswer): void {
    const parts = (one.parts ?? []).map((other): Part =>
      other === part ? { ...part, state: answer.limitReached ? 'full' : 'done' } : other,
    )
    one.parts = parts
    this.#set(one, {
      ...withFresh(one, answer),
      limitReached: parts.some(({ state }) => state === 'full'),
      hasMore: parts.some(hasMore),
      isStuck: parts.some(isStuck),
      notes: [...new Set([...one.progress.notes, ...answer.notes])],
    })
  }

  #fail(one: Running, abort: AbortController, thrown: unknown): void {
    if (one.abort !== abort) return
    one.abort = undefined
    const error = toApiError(thrown)
    const isStopped = error.kind === 'cancelled' || abort.signal.aborted
    this.#set(one, {
      phase: isStopped ? 'stopped' : 'failed',
      error: isStopped ? undefined : error,
      tookMs: this.#means.nowMs() - one.progress.askedMs,
    })
  }

  #accept(one: Running, query: TraceQuery, answer: SearchAnswer, tookMs: number): void {
    const { traces, leftOut } = withFresh(one, answer)
    let oldestMs = Math.min(query.endMs, answer.oldestGivenMs ?? Infinity)
    for (const trace of answer.traces) oldestMs = Math.min(oldestMs, startMsOf(trace))
    const coveredFromMs = answer.limitReached ? oldestMs : query.startMs
    this.#set(one, {
      phase: 'answered',
      traces,
      leftOut,
      fresh: traces.length - one.progress.traces.length,
      limitReached: answer.limitReached,
      coveredFromMs,
      // Not `fresh === 0`: traces that did not fail are looked at, and left out.
      isStuck: answer.limitReached && coveredFromMs >= query.endMs - 1,
      hasMore: coveredFromMs > one.ask.query.startMs,
      notes: answer.notes,
      tookMs,
    })
  }

  #set(one: Running, change: Partial<SourceProgress>): void {
    one.progress = { ...one.progress, ...change }
    this.#snapshot = this.#read()
    for (const listener of this.#listeners) listener()
  }

  #read(): SearchSnapshot {
    const sources = this.#running.map((one) => one.progress)
    return {
      sources,
      // The same array while nothing came: what is drawn from it is not worked out again.
      traces: sources.every((source, index) => source.traces === this.#snapshot.sources[index]?.traces)
        ? this.#snapshot.traces
        : mergeTraces(sources),
      isAsking: sources.some((source) => source.phase === 'asking'),
    }
  }
}

/** Going back to a list asks nothing again; a few lists are enough for that. */
const mostKept = 6
const kept = new Map<string, TraceSearch>()
const watchers = new Set<() => void>()

/** The search of this name, if it is still kept. */
export const keptSearch = (key: string): TraceSearch | undefined => kept.get(key)

const means: SearchMeans = {
  search: (url, signal) => traceSessions.search(url, signal),
  services: (sourceId, window, signal) => api.services(sourceId, window, signal),
  nowMs: () => Date.now(),
}

/** Hears of every search that starts. */
export function watchSearches(listener: () => void): () => void {
  watchers.add(listener)
  return () => watchers.delete(listener)
}

/** Starts a search under this name, in place of an earlier one. */
export function startSearch(key: string, asks: readonly Ask[], window: SearchWindow): void {
  kept.get(key)?.stopAll()
  kept.delete(key)
  const search = new TraceSearch(asks, window, means)
  kept.set(key, search)
  for (const [oldKey, old] of kept) {
    if (kept.size <= mostKept) break
    old.stopAll()
    kept.delete(oldKey)
  }
  search.start()
  for (const watcher of watchers) watcher()
}

/** All that a search finds at once, outside of any page. Rejects when it is stopped. */
export async function runSearch(
  asks: readonly Ask[],
  window: SearchWindow,
  signal: AbortSignal,
): Promise<readonly FoundTrace[]> {
  const search = new TraceSearch(asks, window, means)
  const { promise, resolve } = Promise.withResolvers<void>()
  const look = (): void => {
    if (!search.snapshot().isAsking) resolve()
  }
  const leave = search.subscribe(look)
  const stop = (): void => search.stopAll()
  signal.addEventListener('abort', stop)
  search.start()
  look()
  await promise
  signal.removeEventListener('abort', stop)
  leave()
  signal.throwIfAborted()
  return search.snapshot().traces
}

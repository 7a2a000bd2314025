/**
 * One search over several sources, outside React: each source is asked, stopped, asked again and gone on with by itself, so that a slow
 * or failing one never holds up the others. Pages read it with `useSyncExternalStore`.
 */
import type { ApiError, SearchAnswer, TraceQuery } from '#shared/api/contract'
import { startMsOf } from '#shared/trace/summary'
import type { TraceSummary } from '#shared/trace/table'
import { searchPath, toApiError } from '../client/api'
import { traceSessions } from '../client/trace-sessions'
import { type FoundTrace, mergeTraces, type SourceName } from './merge-traces'

/** What one source is asked. */
export interface Ask {
  readonly source: SourceName
  readonly query: TraceQuery
}

export interface SourceProgress {
  readonly source: SourceName
  readonly phase: 'asking' | 'answered' | 'failed' | 'stopped'
  /** As last asked: its window is a part of the search's when older traces were asked for. */
  readonly query: TraceQuery
  /** All that came for this search, newest answer last. */
  readonly traces: readonly TraceSummary[]
  /** How many of the last answer were not there before; undefined before the first answer. */
  readonly fresh: number | undefined
  /** The last answer held as many as were asked for. */
  readonly limitReached: boolean
  /** From here to the end of the search's window, what the source gives is here. Milliseconds since 1970. */
  readonly coveredFromMs: number
  /** There may be older traces inside the search's window. */
  readonly hasOlder: boolean
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
  nowMs(): number
}

/** A limit is never doubled past this. */
const mostAsked = 10_000

interface Running {
  progress: SourceProgress
  readonly ask: Ask
  abort: AbortController | undefined
  /** Set when the page was left while this source was being asked. */
  isPaused: boolean
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
      progress: {
        source: ask.source,
        phase: 'stopped',
        query: ask.query,
        traces: [],
        fresh: undefined,
        limitReached: false,
        coveredFromMs: ask.query.endMs,
        hasOlder: false,
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
    for (const one of this.#running) void this.#ask(one, one.ask.query)
  }

  /** The page is left: nothing is waited for, and connections are free for the next page. */
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
        void this.#ask(one, one.progress.query)
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
    const { query } = one.progress
    void this.#ask(one, {
      ...query,
      startMs: lengthMs === undefined ? query.startMs : Math.max(query.startMs, query.endMs - lengthMs),
    })
  }

  /**
   * Goes on past the limit: the same conditions in the window before the oldest trace found. The windows share a millisecond, and
   * what comes twice is dropped, so that nothing falls between them. When a whole answer was known already (more traces in that
   * millisecond, or second, than the limit), the limit doubles.
   */
  loadOlder(sourceId: string): void {
    const one = this.#find(sourceId)
    if (!one || !one.progress.hasOlder || one.abort) return
    const { query, coveredFromMs, fresh } = one.progress
    const whole = one.ask.query
    // After a retry with a shorter window, steps keep that length.
    const isShortened = query.startMs > whole.startMs
    const lengthMs = query.endMs - query.startMs
    void this.#ask(one, {
      ...whole,
      limit: fresh === 0 && one.progress.limitReached ? Math.min(mostAsked, query.limit * 2) : query.limit,
      startMs: isShortened ? Math.max(whole.startMs, coveredFromMs - lengthMs) : whole.startMs,
      endMs: Math.min(query.endMs, coveredFromMs + 1),
    })
  }

  #find(sourceId: string): Running | undefined {
    return this.#running.find((one) => one.ask.source.id === sourceId)
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
      if (one.abort !== abort) return
      one.abort = undefined
      const error = toApiError(thrown)
      this.#set(one, {
        phase: error.kind === 'cancelled' || abort.signal.aborted ? 'stopped' : 'failed',
        error: error.kind === 'cancelled' || abort.signal.aborted ? undefined : error,
        tookMs: this.#means.nowMs() - askedMs,
      })
    }
  }

  #accept(one: Running, query: TraceQuery, answer: SearchAnswer, tookMs: number): void {
    const known = new Set(one.progress.traces.map((trace) => trace.traceId))
    const fresh = answer.traces.filter((trace) => !known.has(trace.traceId))
    let oldestMs = query.endMs
    for (const trace of answer.traces) oldestMs = Math.min(oldestMs, startMsOf(trace))
    const coveredFromMs = answer.limitReached ? oldestMs : query.startMs
    this.#set(one, {
      phase: 'answered',
      traces: fresh.length === 0 ? one.progress.traces : [...one.progress.traces, ...fresh],
      fresh: fresh.length,
      limitReached: answer.limitReached,
      coveredFromMs,
      hasOlder: coveredFromMs > one.ask.query.startMs,
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

/** A log query under way: page after page of lines, outside React, kept while the page is away so that Back finds it again. */
import type { ApiError } from '#shared/api/contract'
import type { LogWindow } from '#shared/api/logs'
import type { LogBatch } from '#shared/logs/batch'
import { emptyList, type LogList, trimmed, unitsOf, withNews, withRest } from '#shared/logs/log-list'
import { toApiError } from '../client/api'
import { readLogPage } from '../client/log-reader'
import type { PageQuestion } from '../worker/log-messages'

/** What a run has by now. */
export interface LogSnapshot {
  readonly list: LogList
  readonly isAsking: boolean
  readonly error: ApiError | undefined
  /** There are lines that were not asked for yet. */
  readonly hasRest: boolean
  /** Why no more are asked for, though there are. */
  readonly isFull: boolean
  /** A person ended it: lines that were still to come are missing. */
  readonly isCut: boolean
  readonly notes: readonly string[]
  /** From the first question to the last answer, waiting for the person not counted. */
  readonly tookMs: number
  readonly searchedBytes: number
}

/** The first page comes at once, those after it hold more; one more than is shown, for the last one may be held back (log-pages.ts). */
const firstLines = 1_001
const laterLines = 5_000
/** Letters of lines and what lies beside them: some 150 MB of memory at most. */
const mostUnits = 120e6
/** So many are left where the oldest lines were let go: that is work for the whole list, and not to be done for each line. */
const leftUnits = 100e6

let lastId = 0

/** One query over one window. */
export class LogRun {
  /** Tells it from every other of this page. */
  readonly id = ++lastId
  readonly question: Omit<PageQuestion, 'limit'>
  #snapshot: LogSnapshot
  #rest: LogWindow | undefined
  #units = 0
  #stop = new AbortController()
  #enough = new AbortController()
  readonly #listeners = new Set<() => void>()

  constructor(question: Omit<PageQuestion, 'limit'>) {
    this.question = question
    this.#rest = question.window
    this.#snapshot = {
      list: emptyList(question.order),
      isAsking: false,
      error: undefined,
      hasRest: true,
      isFull: false,
      isCut: false,
      notes: [],
      tookMs: 0,
      searchedBytes: 0,
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): LogSnapshot => this.#snapshot

  /** Asks for the next page, unless one is being asked for or there is none. */
  readonly more = async (): Promise<void> => {
    const window = this.#rest
    const { isAsking, isFull, isCut } = this.#snapshot
    if (window === undefined || isAsking || isFull || isCut) return
    const startMs = performance.now()
    this.#set({ isAsking: true, error: undefined })
    const limit = this.#snapshot.list.length === 0 ? firstLines : laterLines
    try {
      const page = await readLogPage(
        { ...this.question, window, limit },
        this.#stop.signal,
        this.#enough.signal,
      )
      const { batch, rest } = page
      this.#rest = rest
      this.#units += unitsOf(batch)
      this.#set({
        list: withRest(this.#snapshot.list, batch),
        hasRest: rest !== undefined,
        isFull: rest !== undefined && this.#units > mostUnits,
        isCut: page.isCut,
        notes: [...new Set([...this.#snapshot.notes, ...page.notes])],
        searchedBytes: this.#snapshot.searchedBytes + page.searchedBytes,
        isAsking: false,
        tookMs: this.#snapshot.tookMs + performance.now() - startMs,
      })
    } catch (thrown) {
      const error = toApiError(thrown)
      const isCancelled = error.kind === 'cancelled'
      this.#set({
        isAsking: false,
        error: isCancelled ? undefined : error,
        isCut: isCancelled && this.#enough.signal.aborted,
      })
    }
  }

  /** Adds lines that came since, to a list that is newest first; the oldest are let go where memory ends. */
  readonly addNews = (batch: LogBatch): void => {
    this.#units += unitsOf(batch)
    const all = withNews(this.#snapshot.list, batch)
    const list = this.#units > mostUnits ? trimmed(all, leftUnits) : all
    if (list === all) {
      this.#set({ list })
      return
    }
    this.#units = list.batches.reduce((sum, one) => sum + unitsOf(one), 0)
    this.#rest = undefined
    const note = 'The oldest lines were let go to make room for new ones.'
    this.#set({ list, hasRest: false, notes: [...new Set([...this.#snapshot.notes, note])] })
  }

  /** Ends the run with the lines that came; it asks for no more. */
  readonly endHere = (): void => this.#enough.abort()

  /** Stops what is being asked; what came stays, and `more` goes on from there. */
  readonly stop = (): void => {
    this.#stop.abort()
    this.#stop = new AbortController()
  }

  #set(change: Partial<LogSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** So many are kept; the one used least recently goes first. */
const mostRuns = 3
const kept = new Map<string, LogRun>()
const watchers = new Set<() => void>()

export const keptRun = (key: string): LogRun | undefined => kept.get(key)

/** Hears of runs that begin. */
export function watchRuns(listener: () => void): () => void {
  watchers.add(listener)
  return () => watchers.delete(listener)
}

/** Begins a run and asks for its first page. */
export function startRun(key: string, question: Omit<PageQuestion, 'limit'>): void {
  kept.get(key)?.stop()
  kept.delete(key)
  const run = new LogRun(question)
  kept.set(key, run)
  for (const [oldest, other] of kept) {
    if (kept.size <= mostRuns) break
    other.stop()
    kept.delete(oldest)
  }
  void run.more()
  for (const listener of watchers) listener()
}

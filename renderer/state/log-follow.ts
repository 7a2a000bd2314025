/**
 * A run, newest first, that goes on: lines are added as they come. Where the stream breaks off it is opened again, and the hole is asked for page by page;
 * where that cannot be had, it is said.
 */
import type { LogWindow } from '#shared/api/logs'
import { keysSince } from '#shared/logs/log-list'
import { keyOfLine, type LogBatch, nsTextOf } from '#shared/logs/batch'
import { mergeBatches } from '#shared/logs/merge'
import { toApiError } from '../client/api'
import { followLogs, readLogPage } from '../client/log-reader'
import type { TailLines } from '../worker/log-messages'
import type { LogRun } from './log-run'

/** What following has come to. */
export interface FollowSnapshot {
  readonly state: 'connecting' | 'live' | 'lost'
  readonly isPaused: boolean
  /** Lines that came since it was paused. */
  readonly waiting: number
  readonly notes: readonly string[]
}

/** How lines are had; a test gives its own. */
export interface FollowServer {
  readonly follow: typeof followLogs
  readonly page: typeof readLogPage
  /** Nanoseconds since 1970. */
  readonly now: () => bigint
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Servers take in lines a little late, and clocks differ: so much before the newest line is asked for again, and known lines left out. */
const overlapNs = 5_000_000_000n
/** A stream that has just been opened repeats what it is asked from; after so long it does not any more. */
const repeatsForNs = 30_000_000_000n
/** A hole with more lines than this is not filled. */
const mostInHole = 20_000
const holePage = 5_000
/** Letters that wait while it is paused; with more the stream is closed, and what was missed is a hole. */
const mostWaiting = 30e6
const firstPauseMs = 1_000
const mostPauseMs = 15_000

const real: FollowServer = {
  follow: followLogs,
  page: readLogPage,
  now: () => BigInt(Date.now()) * 1_000_000n,
  wait: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    }),
}

/** Follows one run from `start` to `stop`. */
export class LogFollow {
  readonly #run: LogRun
  readonly #server: FollowServer
  #stop = new AbortController()
  #snapshot: FollowSnapshot = { state: 'connecting', isPaused: false, waiting: 0, notes: [] }
  #waiting: LogBatch[] = []
  #waitingUnits = 0
  /** Lines older than this have been asked for, page by page. */
  #knownUntilNs: bigint
  /** Keys of lines about the moment the stream was opened, which it may send again for a while. */
  #known = new Set<string>()
  #openedNs = 0n
  /** So much waits that the stream was closed until it is shown. */
  #isHeld = false
  #resume: () => void = () => undefined
  #connection = new AbortController()
  /** Why it could not be opened, as it is said until it is. */
  #refusal: string | undefined
  readonly #listeners = new Set<() => void>()

  constructor(run: LogRun, server: FollowServer = real) {
    this.#run = run
    this.#server = server
    this.#knownUntilNs = BigInt(run.question.window.endNs)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): FollowSnapshot => this.#snapshot

  readonly start = (): void => {
    this.#stop = new AbortController()
    void this.#keepOn(this.#stop.signal)
  }

  readonly stop = (): void => {
    this.#stop.abort()
    this.#connection.abort()
  }

  /** Holds lines back, or shows those that waited. */
  readonly pause = (isPaused: boolean): void => {
    const waiting = this.#waiting
    this.#waiting = []
    this.#waitingUnits = 0
    this.#set({ isPaused, waiting: 0 })
    if (waiting.length > 0) this.#run.addNews(mergeBatches(waiting, 'newest'))
    if (!isPaused) this.#resume()
  }

  async #keepOn(stopped: AbortSignal): Promise<void> {
    let pauseMs = firstPauseMs
    while (!stopped.aborted) {
      this.#connection = new AbortController()
      this.#openedNs = this.#server.now()
      // oxlint-disable-next-line no-await-in-loop -- each connection goes on from the one before
      await this.#connect()
      if (stopped.aborted) return
      this.#set({ state: 'lost' })
      if (this.#isHeld) {
        // oxlint-disable-next-line no-await-in-loop -- nothing is asked while it is held
        await new Promise<void>((resolve) => {
          this.#resume = resolve
          stopped.addEventListener('abort', () => resolve())
        })
        this.#isHeld = false
        continue
      }
      if (this.#server.now() - this.#openedNs > 10_000_000_000n) pauseMs = firstPauseMs
      // oxlint-disable-next-line no-await-in-loop
      await this.#server.wait(pauseMs, stopped)
      pauseMs = Math.min(mostPauseMs, pauseMs * 2)
    }
  }

  async #connect(): Promise<void> {
    const { signal } = this.#connection
    const { source, query } = this.#run.question
    try {
      await this.#fillHole(signal)
      const startNs = String(this.#knownUntilNs - overlapNs)
      // Its lines have just been asked for and were given: what was wrong is no more.
      this.#set({ state: 'live', notes: this.#snapshot.notes.filter((note) => note !== this.#refusal) })
      await this.#server.follow(
        { source, query, order: 'newest', startNs },
        (lines) => this.#take(lines),
        signal,
      )
    } catch (thrown) {
      const error = toApiError(thrown)
      if (error.kind !== 'cancelled' && error.kind !== 'cut-off')
        this.#note((this.#refusal = `${error.message} ${error.advice}`))
    }
  }

  /** Asks for what came between the last line that is known and now. */
  async #fillHole(signal: AbortSignal): Promise<void> {
    const { question, snapshot } = this.#run
    const { source, query } = question
    const fromNs = this.#knownUntilNs - overlapNs
    const untilNs = this.#server.now()
    this.#known = keysSince(snapshot().list, fromNs)
    for (const batch of this.#waiting)
      for (let at = 0; at < batch.length; at++) this.#known.add(keyOfLine({ batch, at }))
    let rest: LogWindow | undefined =
      untilNs > fromNs ? { startNs: String(fromNs), endNs: String(untilNs) } : undefined
    let count = 0
    while (rest !== undefined) {
      if (count > mostInHole) {
        this.#note(
          `More lines came while the stream was away than are asked for again: some between ${timeOf(rest.startNs)} and ${timeOf(rest.endNs)} are missing.`,
        )
        break
      }
      // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ended
      const page = await this.#server.page(
        { source, query, order: 'newest', window: rest, limit: holePage },
        signal,
      )
      count += page.batch.length
      rest = page.rest
      this.#take({ batch: page.batch, dropped: 0 })
      for (let at = 0; at < page.batch.length; at++) this.#known.add(keyOfLine({ batch: page.batch, at }))
    }
    this.#knownUntilNs = untilNs
  }

  #take({ batch, dropped }: TailLines): void {
    if (dropped > 0) this.#note('The server could not keep up and left lines out.')
    if (this.#server.now() - this.#openedNs > repeatsForNs) this.#known.clear()
    const isKnown = (of: LogBatch, at: number): boolean => this.#known.has(keyOfLine({ batch: of, at }))
    const news =
      this.#known.size === 0 ? batch : mergeBatches([batch], 'newest', (of, at) => !isKnown(of, at))
    if (news.length === 0) return
    const newestNs = BigInt(nsTextOf({ batch: news, at: 0 }))
    if (newestNs > this.#knownUntilNs) this.#knownUntilNs = newestNs
    if (!this.#snapshot.isPaused) {
      this.#run.addNews(news)
      return
    }
    this.#waiting.push(news)
    this.#waitingUnits += news.text.length + news.extra.length
    this.#set({ waiting: this.#snapshot.waiting + news.length })
    if (this.#waitingUnits > mostWaiting) {
      this.#note('So many lines came while it was paused that they are asked for again afterwards.')
      this.#isHeld = true
      this.#connection.abort()
    }
  }

  #note(note: string): void {
    this.#set({ notes: [...new Set([...this.#snapshot.notes, note])] })
  }

  #set(change: Partial<FollowSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of this.#listeners) listener()
  }
}

const timeOf = (ns: string): string =>
  new Date(Number(ns.slice(0, -6))).toISOString().slice(11, 23).concat(' UTC')

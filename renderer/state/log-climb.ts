/** A ladder of log queries under way: every source climbs its own, one rung after the other, until one finds what is sought. */
import { type Climbed, foundIn, isDown, type RungState } from '#shared/correlate/ladder-end'
import { logLadder, type LogSubject, type LogSourceFacts, type Rung } from '#shared/correlate/log-ladder'
import { msOf } from '#shared/logs/batch'
import { toApiError } from '../client/api'
import { readLogPage } from '../client/log-reader'
import { nsText } from './log-facts'

/** How far it has come. */
export interface ClimbSnapshot {
  readonly climbed: readonly Climbed[]
  /** `learning`: what the sources call things is still being asked. */
  readonly state: 'learning' | 'climbing' | 'found' | 'empty' | 'stopped'
}

/** Enough to tell how many there are; the page of logs reads the rest. */
const countedLines = 100

/** One climb; it begins when it is made. */
export class LogClimb {
  readonly subject: LogSubject
  #snapshot: ClimbSnapshot = { climbed: [], state: 'learning' }
  readonly #stop = new AbortController()
  readonly #listeners = new Set<() => void>()
  readonly #onFound: (found: Climbed) => void

  constructor(
    subject: LogSubject,
    sources: readonly Promise<LogSourceFacts>[],
    onFound: (found: Climbed) => void,
  ) {
    this.subject = subject
    this.#onFound = onFound
    void this.#climbAll(sources)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): ClimbSnapshot => this.#snapshot

  /** Asks nothing more; what was answered stays. */
  readonly stop = (): void => {
    if (this.#isOver()) return
    this.#set({ state: 'stopped' })
    this.#stop.abort()
  }

  readonly #isOver = (): boolean => this.#snapshot.state !== 'learning' && this.#snapshot.state !== 'climbing'

  async #climbAll(sources: readonly Promise<LogSourceFacts>[]): Promise<void> {
    await Promise.all(sources.map(async (facts) => this.#climb(await facts)))
    if (!this.#isOver()) this.#set({ state: 'empty' })
  }

  async #climb(source: LogSourceFacts): Promise<void> {
    if (this.#isOver()) return
    const rungs = logLadder(this.subject, source)
    const waiting = rungs.map((rung): Climbed => ({ rung, state: { kind: 'waiting' } }))
    this.#set({ climbed: [...this.#snapshot.climbed, ...waiting], state: 'climbing' })
    for (const [at, rung] of rungs.entries()) {
      this.#mark([rung], { kind: 'asking' })
      // A rung is asked only where the one before it found nothing.
      // oxlint-disable-next-line no-await-in-loop
      const state = await this.#ask(rung)
      if (this.#isOver()) return
      this.#mark([rung], state)
      const found = foundIn(this.#snapshot.climbed)
      if (found !== undefined) {
        this.#set({ state: 'found' })
        this.#stop.abort()
        this.#onFound(found)
        return
      }
      if (state.kind === 'failed' && isDown(state.error)) {
        this.#mark(rungs.slice(at + 1), { kind: 'skipped' })
        return
      }
    }
  }

  async #ask({ source, query, startMs, endMs }: Rung): Promise<RungState> {
    const begunMs = performance.now()
    try {
      const { batch, rest } = await readLogPage(
        {
          source,
          query,
          window: { startNs: nsText(startMs), endNs: nsText(endMs) },
          limit: countedLines,
          order: 'oldest',
        },
        this.#stop.signal,
      )
      const timeAt = (at: number): number => (batch.length === 0 ? 0 : msOf({ batch, at }))
      return {
        kind: 'answered',
        count: batch.length,
        hasMore: rest !== undefined,
        firstMs: timeAt(0),
        lastMs: timeAt(batch.length - 1),
        tookMs: performance.now() - begunMs,
      }
    } catch (thrown) {
      return { kind: 'failed', error: toApiError(thrown) }
    }
  }

  #mark(rungs: readonly Rung[], state: RungState): void {
    const climbed = this.#snapshot.climbed.map((one) => (rungs.includes(one.rung) ? { ...one, state } : one))
    this.#set({ climbed })
  }

  #set(change: Partial<ClimbSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** A ladder of queries under way: every source climbs its own, one rung after the other, until one finds what is sought. */
import { Held } from '#shared/base/held'
import {
  type Climbed,
  endOfStopped,
  isDown,
  type LadderEnd,
  type RungState,
} from '#shared/correlate/ladder-end'
import type { Rung } from '#shared/correlate/log-ladder'
import { toApiError } from '../client/api'

/** How far it has come. */
export interface ClimbSnapshot {
  readonly climbed: readonly Climbed[]
  /** What is sought, once it has been found. */
  readonly found?: Climbed | undefined
  /** `learning`: what the sources call things is still being asked. */
  readonly state: 'learning' | 'climbing' | 'found' | 'empty' | 'stopped'
}

/** What it came to, once it has ended: `over` says it where it was not stopped. `idle`: none was begun. */
export const endNow = (
  state: ClimbSnapshot['state'] | 'idle',
  climbed: readonly Climbed[],
  over: () => LadderEnd | undefined,
): LadderEnd | undefined => {
  if (state === 'stopped') return endOfStopped(climbed)
  return state === 'found' || state === 'empty' ? over() : undefined
}

/** What a rung is answered with. */
export type RungAnswer = Omit<Extract<RungState, { kind: 'answered' }>, 'kind' | 'tookMs'>

/** What a climb is made of. */
export interface ClimbPlan<Step extends Rung> {
  /** One for each source. */
  readonly ladders: readonly Promise<readonly Step[]>[]
  readonly ask: (rung: Step, signal: AbortSignal) => Promise<RungAnswer>
  /** The rung that found what is sought, while none has: undefined. */
  readonly foundIn: (climbed: readonly Climbed[]) => Climbed | undefined
  /** What asks for all, where a rung that found something may have found a part of it only. */
  readonly wholeOf?: (step: Step) => Step | undefined
  /** `climbed`: all that was asked on the way there. */
  readonly onFound: (found: Climbed, climbed: readonly Climbed[]) => void
}

/** One climb; it begins when it is made. */
export class Climb<Step extends Rung> {
  readonly #snapshot = new Held<ClimbSnapshot>({ climbed: [], state: 'learning' })
  readonly #plan: ClimbPlan<Step>
  readonly #stop = new AbortController()

  constructor(plan: ClimbPlan<Step>) {
    this.#plan = plan
    void this.#climbAll()
  }

  readonly subscribe = this.#snapshot.subscribe

  readonly snapshot = this.#snapshot.get

  /** Asks nothing more; what was answered stays. */
  readonly stop = (): void => {
    if (this.#isOver()) return
    this.#set({ state: 'stopped' })
    this.#stop.abort()
  }

  readonly #isOver = (): boolean => {
    const { state } = this.snapshot()
    return state !== 'learning' && state !== 'climbing'
  }

  async #climbAll(): Promise<void> {
    await Promise.all(this.#plan.ladders.map(async (ladder) => this.#climb(await ladder)))
    if (!this.#isOver()) this.#set({ state: 'empty' })
  }

  async #climb(rungs: readonly Step[]): Promise<void> {
    if (this.#isOver()) return
    const waiting = rungs.map((rung): Climbed => ({ rung, state: { kind: 'waiting' } }))
    this.#set({ climbed: [...this.snapshot().climbed, ...waiting], state: 'climbing' })
    for (const [at, rung] of rungs.entries()) {
      this.#mark([rung], { kind: 'asking' })
      // A rung is asked only where the one before it found nothing.
      // oxlint-disable-next-line no-await-in-loop
      const state = await this.#ask(rung)
      if (this.#isOver()) return
      this.#mark([rung], state)
      const found = this.#plan.foundIn(this.snapshot().climbed)
      if (found !== undefined) {
        const whole = found.rung === rung ? await this.#askWhole(rung, state) : undefined
        if (this.#isOver()) return
        this.#set({ state: 'found', found: whole ?? found })
        this.#stop.abort()
        this.#plan.onFound(whole ?? found, this.snapshot().climbed)
        return
      }
      if (state.kind === 'failed' && isDown(state.error)) {
        this.#mark(rungs.slice(at + 1), { kind: 'skipped' })
        return
      }
    }
  }

  /** What asks for all, in the place of a rung that found a part; undefined where that was all. */
  async #askWhole(part: Step, found: RungState): Promise<Climbed | undefined> {
    const rung = this.#plan.wholeOf?.(part)
    if (rung === undefined) return undefined
    const state = await this.#ask(rung)
    if (this.#isOver() || state.kind !== 'answered' || found.kind !== 'answered') return undefined
    // Where there are more than were counted, nothing tells that those are all.
    if (!found.hasMore && state.count <= found.count) return undefined
    const whole: Climbed = { rung, state }
    this.#set({ climbed: this.snapshot().climbed.map((one) => (one.rung === part ? whole : one)) })
    return whole
  }

  async #ask(rung: Step): Promise<RungState> {
    const begunMs = performance.now()
    try {
      const answer = await this.#plan.ask(rung, this.#stop.signal)
      return { kind: 'answered', ...answer, tookMs: performance.now() - begunMs }
    } catch (thrown) {
      return { kind: 'failed', error: toApiError(thrown) }
    }
  }

  #mark(rungs: readonly Rung[], state: RungState): void {
    const climbed = this.snapshot().climbed.map((one) => (rungs.includes(one.rung) ? { ...one, state } : one))
    this.#set({ climbed })
  }

  #set(change: Partial<ClimbSnapshot>): void {
    this.#snapshot.set({ ...this.#snapshot.get(), ...change })
  }
}

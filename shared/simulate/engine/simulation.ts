/** Virtual time and the processes that live in it. */
import { EventQueue } from './event-queue.ts'

/** What a process waits for: so many nanoseconds, or until whoever was handed `wake` calls it, once. */
export type Wait = number | ((wake: () => void) => void)

/** Something that happens over virtual time: a generator that yields whenever it waits. */
export type Process<Result = void> = Generator<Wait, Result, void>

/** A world in which only `now` passes. */
export class Simulation {
  #now = 0
  readonly #events = new EventQueue()
  readonly #failed: Running<unknown>[] = []

  /** Nanoseconds from the beginning. */
  get now(): number {
    return this.#now
  }

  /** Lets something happen after so many nanoseconds. */
  after(delayNs: number, action: () => void): void {
    this.#events.push(this.#now + delayNs, action)
  }

  /** Starts a process beside those that run; it begins at once. What it throws comes out of `join`. */
  start<Result>(process: Process<Result>): Running<Result> {
    const running = new Running<Result>()
    const step = (): void => {
      let next
      try {
        next = process.next()
      } catch (error) {
        running.settle({ kind: 'failed', error })
        this.#failed.push(running)
        return
      }
      if (next.done) running.settle({ kind: 'done', result: next.value })
      else if (typeof next.value === 'number') this.after(next.value, step)
      else next.value(step)
    }
    step()
    return running
  }

  /** Lets time pass until that moment. Throws what a process threw that nobody joined. */
  run(untilNs: number): void {
    while (this.#events.nextTime <= untilNs) {
      this.#now = this.#events.nextTime
      this.#events.pop()?.()
    }
    for (const running of this.#failed) running.throwUnlessJoined()
    this.#now = Math.max(this.#now, untilNs)
  }
}

/** How a process ended. */
export type Outcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: unknown }

const nobody: readonly (() => void)[] = []

/** A process that was started. */
export class Running<Result> {
  #outcome: Outcome<Result> | undefined
  #joined = false
  /** Nearly always one: a list that others are pushed to would make room for many. */
  #waiting: readonly (() => void)[] = nobody

  /** Called by the simulation when the process has ended. */
  settle(outcome: Outcome<Result>): void {
    this.#outcome = outcome
    for (const wake of this.#waiting) wake()
  }

  /** Waits for the process to end; throws what it threw. */
  *join(): Process<Result> {
    this.#joined = true
    if (this.#outcome === undefined) yield (wake) => this.#wait(wake)
    const outcome = this.#outcome
    if (outcome === undefined) throw new Error('woken before the process had ended')
    if (outcome.kind === 'failed') throw outcome.error
    return outcome.result
  }

  #wait(wake: () => void): void {
    this.#waiting = [...this.#waiting, wake]
  }

  /** A mistake in a process that runs by itself would be lost otherwise. */
  throwUnlessJoined(): void {
    if (!this.#joined && this.#outcome?.kind === 'failed') throw this.#outcome.error
  }

  /** Whether it has ended, and how; undefined while it runs. */
  get outcome(): Outcome<Result> | undefined {
    return this.#outcome
  }

  /** What to yield to wait for the process, but not longer than that. It goes on all the same; `outcome` says whether it has ended. */
  endWithin(simulation: Simulation, timeoutNs: number): Wait {
    return (wake) => {
      let isWoken = false
      const wakeOnce = (): void => {
        if (isWoken) return
        isWoken = true
        wake()
      }
      if (this.#outcome !== undefined) return wakeOnce()
      this.#wait(wakeOnce)
      simulation.after(timeoutNs, wakeOnce)
    }
  }
}

/** Runs processes side by side and waits until all have ended. Throws what the first of those that failed threw. */
export function* all(simulation: Simulation, processes: readonly Process[]): Process {
  const running = processes.map((process) => simulation.start(outcomeOf(process)))
  const outcomes: Outcome<void>[] = []
  for (const one of running) outcomes.push(yield* one.join())
  const failed = outcomes.find(({ kind }) => kind === 'failed')
  if (failed?.kind === 'failed') throw failed.error
}

/** How a process ended, as its result: so one that fails does so when it is looked at, not before. */
function* outcomeOf(process: Process): Process<Outcome<void>> {
  try {
    return { kind: 'done', result: yield* process }
  } catch (error) {
    return { kind: 'failed', error }
  }
}

/** Long work that lets others have their turn, and can be stopped. */

/** As much of an `AbortSignal` as is needed: shared code knows neither browser nor Node. */
export interface StopSignal {
  readonly aborted: boolean
  readonly reason: unknown
}

export interface BreathOptions {
  readonly signal?: StopSignal | undefined
  /** Waited for now and then, so that a worker can take its messages, that to stop among them. */
  readonly pause?: (() => Promise<void>) | undefined
}

/** What is worked off between two looks at the signal: some ten milliseconds of samples. */
const workPerBreath = 500_000

/** Counts work in small equal parts, such as samples. */
export class Breath {
  readonly #signal: StopSignal | undefined
  readonly #pause: (() => Promise<void>) | undefined
  #sinceBreath = 0

  constructor({ signal, pause }: BreathOptions) {
    this.#signal = signal
    this.#pause = pause
  }

  /** Lets others have their turn when there was enough work since; a loop awaits it only when it is a promise. */
  work(parts: number): Promise<void> | undefined {
    this.#sinceBreath += parts
    return this.#sinceBreath < workPerBreath ? undefined : this.#breathe()
  }

  /** Throws the signal's reason when the work was given up. */
  check(): void {
    if (this.#signal?.aborted === true) throw this.#signal.reason
  }

  async #breathe(): Promise<void> {
    this.#sinceBreath = 0
    this.check()
    await this.#pause?.()
    this.check()
  }
}

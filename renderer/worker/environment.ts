/** What the trace thread needs of the place it runs in; trace.worker.ts gives it the real things, a test its own. */

import type { InTurnsInit } from './fetch-in-turns'

export interface Environment {
  fetch(url: string, init: InTurnsInit): Promise<Response>
  /** Milliseconds, ever rising. */
  now(): number
  /** Lets waiting messages in (a cancel, above all), then goes on. */
  pause(): Promise<void>
  /** Memory for columns: shared with the page where that is allowed. */
  allocate(byteLength: number): ArrayBufferLike
  /** So many bytes are kept of what is opened at once; what would go beyond is not read. */
  readonly mostBytes: number
}

/** Work for so long, then pause: a cancel is heard within a frame. */
const sliceMs = 12

/** Says when it is time to pause. */
export class Pace {
  readonly #environment: Environment
  #since: number

  constructor(environment: Environment) {
    this.#environment = environment
    this.#since = environment.now()
  }

  /** Pauses if a slice of time has been used up; rejects if the signal was aborted meanwhile. */
  async rest(signal: AbortSignal): Promise<void> {
    if (this.#environment.now() - this.#since >= sliceMs) {
      await this.#environment.pause()
      this.#since = this.#environment.now()
    }
    signal.throwIfAborted()
  }
}

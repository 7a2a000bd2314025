import type { Process, Simulation } from './simulation.ts'

interface Waiter {
  wake: () => void
  state: 'waiting' | 'served' | 'gone'
}

/** So many of a thing (connections, workers, a lock), handed out first come, first served; whoever finds none left waits in a queue. */
export class Pool {
  readonly capacity: number
  readonly #simulation: Simulation
  readonly #queue: Waiter[] = []
  #head = 0
  #used = 0
  #waiting = 0
  #timeouts = 0

  constructor(simulation: Simulation, capacity: number) {
    this.#simulation = simulation
    this.capacity = capacity
  }

  /** How many are handed out now. */
  get used(): number {
    return this.#used
  }

  /** How many wait for one now. */
  get waiting(): number {
    return this.#waiting
  }

  /** How many have given up waiting. */
  get timeouts(): number {
    return this.#timeouts
  }

  /** Takes one where one is left; whether there was. */
  takeAtOnce(): boolean {
    if (this.#used === this.capacity) return false
    this.#used++
    return true
  }

  /** Takes one, waiting for it where none is left; whether it came in time. What was taken must be given back. */
  *take(timeoutNs = Infinity): Process<boolean> {
    // Whoever can, calls this first himself: most of the time there is one, and then no process is needed.
    if (this.takeAtOnce()) return true
    const waiter: Waiter = { wake: nothing, state: 'waiting' }
    this.#queue.push(waiter)
    this.#waiting++
    yield (wake) => {
      waiter.wake = wake
      if (timeoutNs !== Infinity) this.#simulation.after(timeoutNs, () => this.#giveUp(waiter))
    }
    return waiter.state === 'served'
  }

  /** Gives one back: to whoever has waited longest. */
  give(): void {
    for (; this.#head < this.#queue.length;) {
      const waiter = this.#queue[this.#head++]
      if (waiter.state === 'gone') continue
      waiter.state = 'served'
      this.#waiting--
      this.#shorten()
      waiter.wake()
      return
    }
    this.#used--
  }

  #giveUp(waiter: Waiter): void {
    if (waiter.state !== 'waiting') return
    waiter.state = 'gone'
    this.#waiting--
    this.#timeouts++
    waiter.wake()
  }

  /** The queue is an array with a moving head; what has left it is dropped now and then. */
  #shorten(): void {
    if (this.#head < 1_000) return
    this.#queue.splice(0, this.#head)
    this.#head = 0
  }
}

function nothing(): void {}

/** What is to happen, by virtual time; of two at the same moment, what was put in first comes out first. A binary heap. */
export class EventQueue {
  readonly #times: number[] = []
  readonly #order: number[] = []
  readonly #actions: (() => void)[] = []
  #added = 0

  get length(): number {
    return this.#times.length
  }

  /** The moment of the next event; Infinity when there is none. */
  get nextTime(): number {
    return this.#times.length === 0 ? Infinity : this.#times[0]
  }

  push(time: number, action: () => void): void {
    const order = this.#added++
    let at = this.#times.length
    while (at > 0) {
      const above = (at - 1) >> 1
      // A later number never goes before an equal time.
      if (this.#times[above] <= time) break
      this.#move(above, at)
      at = above
    }
    this.#put(at, time, order, action)
  }

  /** Takes out the next event; undefined when there is none. */
  pop(): (() => void) | undefined {
    const first = this.#actions[0]
    const time = this.#times.pop()
    const order = this.#order.pop()
    const action = this.#actions.pop()
    if (time === undefined || order === undefined || action === undefined) return undefined
    const length = this.#times.length
    if (length === 0) return first
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= length) break
      if (below + 1 < length && this.#isBefore(below + 1, below)) below++
      if (time < this.#times[below] || (time === this.#times[below] && order < this.#order[below])) break
      this.#move(below, at)
      at = below
    }
    this.#put(at, time, order, action)
    return first
  }

  #isBefore(one: number, other: number): boolean {
    const time = this.#times[one]
    const otherTime = this.#times[other]
    return time < otherTime || (time === otherTime && this.#order[one] < this.#order[other])
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#times[from], this.#order[from], this.#actions[from])
  }

  #put(at: number, time: number, order: number, action: () => void): void {
    this.#times[at] = time
    this.#order[at] = order
    this.#actions[at] = action
  }
}

/** A value that others hear of when it changes; as React's `useSyncExternalStore` takes it. */
export class Held<Value> {
  #now: Value
  readonly #listeners = new Set<() => void>()

  constructor(first: Value) {
    this.#now = first
  }

  readonly get = (): Value => this.#now

  readonly set = (next: Value): void => {
    this.#now = next
    for (const listener of this.#listeners) listener()
  }

  /** Calls back after every change; the answer ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}

import type { Process } from './simulation.ts'

/** A queue without end between those who put in and those who take out, first in, first out. */
export class Channel<Item> {
  readonly #items: Item[] = []
  readonly #takers: ((item: Item) => void)[] = []

  /** How many items nobody has taken yet. */
  get length(): number {
    return this.#items.length
  }

  put(item: Item): void {
    const taker = this.#takers.shift()
    if (taker) taker(item)
    else this.#items.push(item)
  }

  /** Takes the oldest item, waiting for one where there is none. */
  *take(): Process<Item> {
    let item = this.#items.shift()
    if (item === undefined)
      yield (wake) =>
        void this.#takers.push((put) => {
          item = put
          wake()
        })
    return item as Item
  }
}

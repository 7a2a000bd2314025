/**
 * Numbers that follow from a seed (sfc32). Each part of the shop draws from a stream of its own, so that what one part does more often
 * does not change what happens elsewhere.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #count = 1
  #spare: number | undefined

  /** `stream` names what the numbers are for; another name, other numbers. */
  constructor(seed: number, stream: string) {
    const mixed = mixer(`${seed}/${stream}`)
    this.#a = mixed()
    this.#b = mixed()
    this.#c = mixed()
    for (let round = 0; round < 12; round++) this.uint32()
  }

  /** A whole number from 0 to 2³² − 1. */
  uint32(): number {
    const sum = (this.#a + this.#b + this.#count++) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** From 0 to 1, 1 excluded. */
  fraction(): number {
    return this.uint32() / 4_294_967_296
  }

  chance(probability: number): boolean {
    return this.fraction() < probability
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1))
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.fraction() * items.length)]
  }

  /** Time until the next of events that come independently, `mean` apart on average. */
  exponential(mean: number): number {
    return Math.round(-Math.log(1 - this.fraction()) * mean)
  }

  /** A length of time as work takes it: mostly near the median, now and then much longer. `spread` 0.3 is even, 1 is wild. */
  around(median: number, spread = 0.3): number {
    return Math.round(median * Math.exp(spread * this.#normal()))
  }

  /** A whole number of 32 bits, signed, that is not 0. */
  word(): number {
    return this.uint32() | 0 || this.word()
  }

  /** Normally distributed around 0 (Box and Muller); two come at a time, and the second is kept. */
  #normal(): number {
    const kept = this.#spare
    if (kept !== undefined) {
      this.#spare = undefined
      return kept
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.fraction()))
    const angle = 2 * Math.PI * this.fraction()
    this.#spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

/** Start values that differ in every bit for names that differ in one (xmur3). */
function mixer(text: string): () => number {
  let hash = 1_779_033_703 ^ text.length
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 3_432_918_353)
    hash = (hash << 13) | (hash >>> 19)
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507)
    hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909)
    return (hash ^= hash >>> 16) >>> 0
  }
}

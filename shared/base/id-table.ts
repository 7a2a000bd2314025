import { release } from './release.ts'

/** A hash table from 64-bit ids, given as two 32-bit halves, to indexes; open addressing in typed arrays. */
export class IdTable {
  #high: Uint32Array
  #low: Uint32Array
  /** Index + 1; 0 = empty. */
  #slots: Int32Array
  #mask: number
  #size = 0

  /** `expected` is how many ids will come; more are fine. */
  constructor(expected: number) {
    let capacity = 16
    while (capacity < expected * 2) capacity *= 2
    this.#high = new Uint32Array(capacity)
    this.#low = new Uint32Array(capacity)
    this.#slots = new Int32Array(capacity)
    this.#mask = capacity - 1
  }

  /** Gives its memory back; it must not be asked any more. */
  release(): void {
    release(this.#high, this.#low, this.#slots)
  }

  /** The index kept for an id; -1 when there is none. */
  find(high: number, low: number): number {
    const slots = this.#slots
    let slot = mix(high, low) & this.#mask
    while (slots[slot] !== 0) {
      if (this.#low[slot] === low && this.#high[slot] === high) return slots[slot] - 1
      slot = (slot + 1) & this.#mask
    }
    return -1
  }

  /** Keeps an index for an id unless it has one; returns the one it has, or -1 when it was new. */
  add(high: number, low: number, index: number): number {
    if ((this.#size + 1) * 2 > this.#slots.length) this.#grow()
    const slots = this.#slots
    let slot = mix(high, low) & this.#mask
    while (slots[slot] !== 0) {
      if (this.#low[slot] === low && this.#high[slot] === high) return slots[slot] - 1
      slot = (slot + 1) & this.#mask
    }
    this.#high[slot] = high
    this.#low[slot] = low
    slots[slot] = index + 1
    this.#size++
    return -1
  }

  #grow(): void {
    const high = this.#high
    const low = this.#low
    const slots = this.#slots
    const capacity = slots.length * 2
    this.#high = new Uint32Array(capacity)
    this.#low = new Uint32Array(capacity)
    this.#slots = new Int32Array(capacity)
    this.#mask = capacity - 1
    for (let i = 0; i < slots.length; i++) {
      if (slots[i] === 0) continue
      let slot = mix(high[i], low[i]) & this.#mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask
      this.#high[slot] = high[i]
      this.#low[slot] = low[i]
      this.#slots[slot] = slots[i]
    }
    release(high, low, slots)
  }
}

/** Ids are random as a rule, but hand-made ones count 1, 2, 3: every bit must move the slot. */
function mix(high: number, low: number): number {
  let hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
  return (hash ^ (hash >>> 13)) >>> 0
}

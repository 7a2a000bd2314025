/** The trace ids of an import, numbered in order of arrival. */

/** From 128-bit ids to indexes; the last one is remembered, because spans of a trace come together. */
export class TraceIds {
  /** 32 lower-case hex digits each. */
  readonly texts: string[] = []
  /** Four words an id. */
  #words = new Uint32Array(64)
  /** Index + 1; 0 = empty. */
  #slots = new Int32Array(64)
  #last = -1

  /** Index of an id, given as 32-bit words, highest first. */
  add(w0: number, w1: number, w2: number, w3: number): number {
    if (this.#last >= 0 && this.#isAt(this.#last, w0, w1, w2, w3)) return this.#last
    const mask = this.#slots.length - 1
    let slot = hash(w0, w1, w2, w3) & mask
    for (;;) {
      const index = this.#slots[slot] - 1
      if (index < 0) break
      if (this.#isAt(index, w0, w1, w2, w3)) return (this.#last = index)
      slot = (slot + 1) & mask
    }
    const index = this.texts.length
    this.texts.push([w0, w1, w2, w3].map((word) => word.toString(16).padStart(8, '0')).join(''))
    if (index * 4 === this.#words.length) {
      const words = new Uint32Array(index * 8)
      words.set(this.#words)
      this.#words = words
    }
    this.#words.set([w0, w1, w2, w3], index * 4)
    this.#slots[slot] = index + 1
    if (this.texts.length * 2 > this.#slots.length) this.#grow()
    return (this.#last = index)
  }

  #isAt(index: number, w0: number, w1: number, w2: number, w3: number): boolean {
    const words = this.#words
    const at = index * 4
    return words[at + 3] === w3 && words[at + 2] === w2 && words[at + 1] === w1 && words[at] === w0
  }

  #grow(): void {
    const mask = this.#slots.length * 2 - 1
    const slots = new Int32Array(mask + 1)
    for (let index = 0; index < this.texts.length; index++) {
      const at = index * 4
      const words = this.#words
      let slot = hash(words[at], words[at + 1], words[at + 2], words[at + 3]) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = index + 1
    }
    this.#slots = slots
  }
}

function hash(w0: number, w1: number, w2: number, w3: number): number {
  let value = Math.imul(w3 ^ Math.imul(w2, 0x9e3779b1), 0x85ebca6b)
  value = Math.imul(value ^ w1 ^ (value >>> 15), 0xc2b2ae35)
  value = Math.imul(value ^ w0 ^ (value >>> 13), 0x27d4eb2f)
  return (value ^ (value >>> 16)) >>> 0
}

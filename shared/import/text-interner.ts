/** Texts that come again and again (span names, services): each becomes a string once, and an index ever after. */
import { decodeUtf8 } from '#shared/base/byte-text'
import { unescapeJson } from './json-scanner.ts'

/** Longer names are cut: no list shows more, and the document keeps them whole. */
const LONGEST = 2_048

/** Small, because each of thousands of documents has one, and most of these hold nothing. */
const firstCapacity = 8

/** From bytes to indexes into `texts`; costs a hash and a comparison where the text is known. */
export class TextInterner {
  readonly texts: string[] = []
  readonly #indexOf = new Map<string, number>()
  /** Entry + 1; 0 = empty. Entries are spellings: `a` and `\u0061` are two, of one text. */
  #slots = new Int32Array(2 * firstCapacity)
  #entries = 0
  #hashes = new Int32Array(firstCapacity)
  #values = new Int32Array(firstCapacity)
  /** The spelling of entry i is `pool[ends[i - 1] .. ends[i]]`: a million names must not be a million arrays. */
  #ends = new Float64Array(firstCapacity)
  #pool = new Uint8Array(8 * firstCapacity)

  /** Index of a text given as a string. */
  addString(text: string): number {
    let index = this.#indexOf.get(text)
    if (index === undefined) {
      index = this.texts.length
      this.texts.push(text)
      this.#indexOf.set(text, index)
    }
    return index
  }

  /** Index of a text given as UTF-8, or with `escaped` as it stands in a JSON string. */
  add(bytes: Uint8Array, start: number, end: number, escaped: boolean): number {
    // Spellings with escapes hash apart: in protobuf a backslash is a backslash.
    let hash = escaped ? 0x1234567 : 0x811c9dc5
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193)
    hash ^= hash >>> 15
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = hash & mask
    for (;;) {
      const entry = slots[slot] - 1
      if (entry < 0) break
      if (this.#hashes[entry] === hash && this.#isSpelled(entry, bytes, start, end))
        return this.#values[entry]
      slot = (slot + 1) & mask
    }
    const index = this.addString(readText(bytes, start, end, escaped))
    const entry = this.#entries++
    slots[slot] = entry + 1
    this.#keep(entry, hash, index, bytes, start, end)
    return index
  }

  #isSpelled(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = entry === 0 ? 0 : this.#ends[entry - 1]
    const length = this.#ends[entry] - from
    if (length !== end - start) return false
    const pool = this.#pool
    for (let i = 0; i < length; i++) if (pool[from + i] !== bytes[start + i]) return false
    return true
  }

  #keep(entry: number, hash: number, index: number, bytes: Uint8Array, start: number, end: number): void {
    const from = entry === 0 ? 0 : this.#ends[entry - 1]
    const length = end - start
    if (from + length > this.#pool.length) {
      const pool = new Uint8Array(Math.max(this.#pool.length * 2, from + length))
      pool.set(this.#pool)
      this.#pool = pool
    }
    this.#pool.set(bytes.subarray(start, end), from)
    this.#hashes[entry] = hash
    this.#values[entry] = index
    this.#ends[entry] = from + length
    if (this.#entries === this.#hashes.length) this.#grow()
  }

  #grow(): void {
    const capacity = this.#entries * 2
    const hashes = new Int32Array(capacity)
    const values = new Int32Array(capacity)
    const ends = new Float64Array(capacity)
    hashes.set(this.#hashes)
    values.set(this.#values)
    ends.set(this.#ends)
    const mask = capacity * 2 - 1
    const slots = new Int32Array(mask + 1)
    for (let entry = 0; entry < this.#entries; entry++) {
      let slot = hashes[entry] & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = entry + 1
    }
    this.#hashes = hashes
    this.#values = values
    this.#ends = ends
    this.#slots = slots
  }
}

function readText(bytes: Uint8Array, start: number, end: number, escaped: boolean): string {
  const text = escaped
    ? unescapedText(bytes, start, end)
    : decodeUtf8(bytes, start, Math.min(end, start + LONGEST * 4))
  return text.length > LONGEST ? `${text.slice(0, LONGEST).toWellFormed()}…` : text
}

/** The text of a JSON string, given without its quotes. */
export function unescapedText(bytes: Uint8Array, start: number, end: number): string {
  const target = new Uint8Array(end - start)
  return decodeUtf8(target, 0, unescapeJson(bytes, start, end, target))
}

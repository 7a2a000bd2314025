/** Text as UTF-8 bytes, where making a string of it would cost more than looking at it. */

/** A stretch of UTF-8 text in some array. */
export interface ByteText {
  bytes: Uint8Array
  start: number
  end: number
}

/** The text as a string; bytes that are not UTF-8 become U+FFFD. */
export function textOf({ bytes, start, end }: ByteText): string {
  return decodeUtf8(bytes, start, end)
}

/** A call with more than some 100,000 arguments overflows the stack. */
const BLOCK = 8_192

/** Decodes UTF-8 (there is no TextDecoder in shared/); each byte that cannot be read becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  let at = start
  while (at < end) {
    const stop = Math.min(end, at + BLOCK)
    let plain = at
    while (plain < stop && bytes[plain] < 0x80) plain++
    if (plain > at)
      text += String.fromCharCode.apply(undefined, bytes.subarray(at, plain) as unknown as number[])
    at = plain
    if (at < stop) {
      const units: number[] = []
      while (at < end && bytes[at] >= 0x80 && units.length < BLOCK) at = decodeOne(bytes, at, end, units)
      text += String.fromCharCode(...units)
    }
  }
  return text
}

/** Adds the UTF-16 units of the sequence at `at`; returns where the next one begins. */
function decodeOne(bytes: Uint8Array, at: number, end: number, units: number[]): number {
  const lead = bytes[at]
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  const point = codePoint(bytes, at, end, length)
  if (point < 0) {
    units.push(0xfffd)
    return at + 1
  }
  if (point > 0xffff) units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff))
  else units.push(point)
  return at + length
}

/** The code point of the sequence of `length` bytes at `at`; -1 when it is not well formed. */
function codePoint(bytes: Uint8Array, at: number, end: number, length: number): number {
  const lead = bytes[at]
  if (lead < 0xc2 || lead > 0xf4 || at + length > end) return -1
  let point = lead & (0xff >> (length + 1))
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i]
    if ((next & 0xc0) !== 0x80) return -1
    point = (point << 6) | (next & 0x3f)
  }
  if (length === 3 && (point < 0x800 || (point >= 0xd800 && point <= 0xdfff))) return -1
  if (length === 4 && (point < 0x10000 || point > 0x10ffff)) return -1
  return point
}

/** UTF-8 bytes of a string; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text.toWellFormed()) {
    const point = character.codePointAt(0) ?? 0xfffd
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f))
    else if (point < 0x10000) {
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f))
    } else {
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 0x3f),
        0x80 | ((point >> 6) & 0x3f),
        0x80 | (point & 0x3f),
      )
    }
  }
  return Uint8Array.from(bytes)
}

/** Finds a text in bytes, ASCII letters in either case; for text of other alphabets the case must match. */
export class TextMatcher {
  readonly #lower: Uint8Array
  readonly #upper: Uint8Array
  /** By how much to move on when the byte under the needle's last one is this (Horspool). */
  readonly #skip: Uint8Array

  constructor(text: string) {
    this.#lower = encodeUtf8(text).map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte))
    this.#upper = this.#lower.map((byte) => (byte >= 0x61 && byte <= 0x7a ? byte - 32 : byte))
    const length = this.#lower.length
    this.#skip = new Uint8Array(256).fill(Math.min(length, 255))
    for (let i = Math.max(0, length - 255); i < length - 1; i++) {
      this.#skip[this.#lower[i]] = length - 1 - i
      this.#skip[this.#upper[i]] = length - 1 - i
    }
  }

  /** Whether [start, end) contains the text; an empty text is in everything. */
  isIn(bytes: Uint8Array, start: number, end: number): boolean {
    return this.indexIn(bytes, start, end) >= 0
  }

  /** Where in [start, end) the text first stands; -1 when it does not. */
  indexIn(bytes: Uint8Array, start: number, end: number): number {
    const lower = this.#lower
    const upper = this.#upper
    const skip = this.#skip
    const last = lower.length - 1
    if (last < 0) return start
    const lastLower = lower[last]
    const lastUpper = upper[last]
    let at = start + last
    while (at < end) {
      const byte = bytes[at]
      if (byte === lastLower || byte === lastUpper) {
        let i = last - 1
        let from = at - 1
        while (i >= 0 && (bytes[from] === lower[i] || bytes[from] === upper[i])) {
          i--
          from--
        }
        if (i < 0) return at - last
      }
      at += skip[byte]
    }
    return -1
  }

  /** Whether [start, end) is the text and no more. */
  is(bytes: Uint8Array, start: number, end: number): boolean {
    return end - start === this.#lower.length && this.indexIn(bytes, start, end) === start
  }
}

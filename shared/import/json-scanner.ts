/**
 * Walks JSON as bytes, once, without making strings or objects. It is lenient where being strict would only lose spans: commas count
 * as white space, and values nobody asked for are passed over by matching brackets and quotes.
 */

import { Places } from './places.ts'

/** Thrown (always this one object) when a value goes on past the bytes there are. */
export const needMore = new Error('more bytes are needed')
/** Thrown (always this one object) where the text cannot be JSON. */
export const malformed = new Error('not JSON')

/** Kinds of values, by their first byte. */
export const JsonKind = { string: 0, number: 1, object: 2, array: 3, literal: 4 } as const

/** What stands within so many brackets is shown as text, and not searched: a stack has an end. */
export const DEEPEST = 100

/** What ends a line: no string holds one. */
export const LINE_END = 0x0a

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** No key of `lineKeys` is longer. */
const LONGEST_LINE_KEY = 16

/** `"key`, `":`, `"val` and `ue":`, the first byte lowest. */
const KEY = 0x79656b22
const COLON = 0x3a22
const VAL = 0x6c617622
const UE = 0x3a226575

/** A set of known keys, some with several spellings; `find` costs one hash and one comparison. */
export class KeySet {
  readonly #slots: Int32Array
  readonly #keys: Uint8Array[] = []
  readonly #values: number[] = []
  readonly #mask: number

  /** `keys[i]` is the spelling, or the spellings, of the key that `find` calls i. */
  constructor(keys: readonly (string | readonly string[])[]) {
    let capacity = 16
    while (capacity < keys.length * 6) capacity *= 2
    this.#mask = capacity - 1
    this.#slots = new Int32Array(capacity)
    for (const [value, spellings] of keys.entries()) {
      for (const spelling of typeof spellings === 'string' ? [spellings] : spellings)
        this.#add(spelling, value)
    }
  }

  #add(spelling: string, value: number): void {
    const key = Uint8Array.from(spelling, (character) => character.charCodeAt(0))
    let slot = hashKey(key, 0, key.length) & this.#mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask
    this.#keys.push(key)
    this.#values.push(value)
    this.#slots[slot] = this.#keys.length
  }

  /** Which key [start, end) is; -1 when it is none of them. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const slots = this.#slots
    let slot = hashKey(bytes, start, end) & this.#mask
    for (;;) {
      const index = slots[slot] - 1
      if (index < 0) return -1
      if (isKey(this.#keys[index], bytes, start, end)) return this.#values[index]
      slot = (slot + 1) & this.#mask
    }
  }
}

function hashKey(bytes: Uint8Array, start: number, end: number): number {
  if (end === start) return 0
  const middle = bytes[(start + end) >> 1]
  return (end - start) * 31 + bytes[start] * 5 + bytes[end - 1] * 3 + middle
}

function isKey(key: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (key.length !== end - start) return false
  for (let i = 0; i < key.length; i++) if (key[i] !== bytes[start + i]) return false
  return true
}

/** A place in a stretch of JSON text. Methods that return leave `pos` after what they read; those that throw leave it anywhere. */
export class JsonScanner {
  bytes: Uint8Array = new Uint8Array(0)
  /** The same bytes, to be read four at a time. */
  view = new DataView(this.bytes.buffer)
  pos = 0
  /** Bytes from here on are not looked at. */
  end = 0
  /** Address of `bytes[0]` in the ByteStore. */
  base = 0
  /** What was read last by `readText` or `readKey`: the text between the quotes, or the number or literal as written. */
  textStart = 0
  textEnd = 0
  /** Whether that text holds a backslash. */
  textEscaped = false
  /** Whether it stood between quotes. */
  textIsString = false
  /** Whether any string since this was set to false held a backslash. */
  sawEscape = false
  /** Where values are nested deeper than anybody looks into them. */
  readonly deep = new Places()
  /** First keys of objects that cannot lie in what is open: where one begins a line, the line before it was cut off. */
  lineKeys: KeySet | undefined

  /** Goes to a place in other bytes. */
  reset(bytes: Uint8Array, pos: number, end: number, base: number): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
    this.pos = pos
    this.end = end
    this.base = base
  }

  /** Passes over white space and commas; returns the byte that follows, without reading it. */
  peek(): number {
    const { bytes, end } = this
    let pos = this.pos
    while (pos < end) {
      const byte = bytes[pos]
      if (byte > 0x20 && byte !== 0x2c) {
        this.pos = pos
        return byte
      }
      pos++
      if (byte === LINE_END && this.lineKeys !== undefined) this.#beginLine(pos)
    }
    this.pos = pos
    throw needMore
  }

  /** Whether the line that begins at `at` says that what is open was cut off; undefined while too little of it is there to tell. */
  isCutOff(at: number): boolean | undefined {
    const { bytes, end, lineKeys } = this
    if (lineKeys === undefined) return false
    if (at < end && bytes[at] !== 0x7b) return false
    const start = at + 2
    if (start <= end && bytes[at + 1] !== QUOTE) return false
    const last = start + LONGEST_LINE_KEY
    for (let to = start; to <= last; to++) {
      if (to >= end) return undefined
      if (bytes[to] === QUOTE) return lineKeys.find(bytes, start, to) >= 0
    }
    return false
  }

  /** Goes on with the line that begins at `at`, unless it is another document. */
  #beginLine(at: number): void {
    const isCutOff = this.isCutOff(at)
    if (isCutOff === undefined) throw needMore
    if (isCutOff) throw malformed
  }

  /** Passes over white space and the byte that is expected. */
  expect(byte: number): void {
    if (this.peek() !== byte) throw malformed
    this.pos++
  }

  /** Reads `"key":` and says which one of the set it is; -1 for others. */
  readKey(keys: KeySet): number {
    if (this.peek() !== QUOTE) throw malformed
    this.#readString()
    const key = this.textEscaped
      ? keys.find(...unescapedKey(this.bytes, this.textStart, this.textEnd))
      : keys.find(this.bytes, this.textStart, this.textEnd)
    if (this.pos < this.end && this.bytes[this.pos] === 0x3a) this.pos++
    else this.expect(0x3a)
    return key
  }

  /**
   * The same for a set whose keys 0 and 1 are `key` and `value`, most of all keys there are: as programs write them they are told by their
   * bytes.
   */
  readPairKey(keys: KeySet): number {
    this.peek()
    const { pos, view } = this
    if (pos + 8 <= this.end) {
      const word = view.getInt32(pos, true)
      if (word === KEY && view.getInt16(pos + 4, true) === COLON) {
        this.pos = pos + 6
        return 0
      }
      if (word === VAL && view.getInt32(pos + 4, true) === UE) {
        this.pos = pos + 8
        return 1
      }
    }
    return this.readKey(keys)
  }

  /** The JsonKind of the value that comes next. */
  kind(): number {
    const byte = this.peek()
    if (byte === QUOTE) return JsonKind.string
    if (byte === 0x7b) return JsonKind.object
    if (byte === 0x5b) return JsonKind.array
    if ((byte >= 0x30 && byte <= 0x39) || byte === 0x2d) return JsonKind.number
    if (isLiteralByte(byte)) return JsonKind.literal
    throw malformed
  }

  /** Reads a string, number or literal into `textStart..textEnd`; passes over an object or array and returns false. */
  readText(): boolean {
    const byte = this.peek()
    if (byte === QUOTE) {
      this.#readString()
      return true
    }
    if (byte === 0x7b || byte === 0x5b) {
      this.skipValue()
      return false
    }
    this.#readScalar()
    return true
  }

  /** Reads `{` or `[`; passes over any other value and returns false. */
  open(byte: number): boolean {
    if (this.peek() === byte) {
      this.pos++
      return true
    }
    this.skipValue()
    return false
  }

  /** Whether the object or array ends here; then its bracket is read. */
  closes(byte: number): boolean {
    const next = this.peek()
    if (next === byte) {
      this.pos++
      return true
    }
    // The other bracket can only mean that something is wrong.
    if (next === 0x7d || next === 0x5d) throw malformed
    return false
  }

  /** Passes over any value, however deep: a counter, no stack. */
  skipValue(): void {
    const first = this.peek()
    if (first === QUOTE) {
      this.#readString()
      return
    }
    if (first !== 0x7b && first !== 0x5b) {
      this.#readScalar()
      return
    }
    const { bytes, view, end } = this
    let pos = this.pos + 1
    let depth = 1
    while (pos < end) {
      const byte = bytes[pos++]
      if (byte === QUOTE) {
        for (;;) {
          pos = findQuote(bytes, view, pos, end)
          if (pos >= end) throw needMore
          if (bytes[pos++] === QUOTE) break
          pos++
          this.sawEscape = true
        }
        // The quote is that of the first key on the next line.
        if (bytes[pos - 2] === 0x7b && bytes[pos - 3] === LINE_END) this.#beginLine(pos - 2)
      } else if (byte === 0x7b || byte === 0x5b) {
        if (++depth === DEEPEST) this.deep.add(this.base + pos)
      } else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) {
        this.pos = pos
        return
      }
    }
    throw needMore
  }

  #readString(): void {
    const { bytes, view, end } = this
    let pos = this.pos + 1
    this.textStart = pos
    this.textEscaped = false
    this.textIsString = true
    for (;;) {
      pos = findQuote(bytes, view, pos, end)
      if (pos >= end) throw needMore
      if (bytes[pos] === QUOTE) {
        this.textEnd = pos
        this.pos = pos + 1
        return
      }
      this.textEscaped = true
      this.sawEscape = true
      pos += 2
    }
  }

  #readScalar(): void {
    const { bytes, end } = this
    let pos = this.pos
    if (!isScalarByte(bytes[pos])) throw malformed
    this.textStart = pos
    this.textEscaped = false
    this.textIsString = false
    while (pos < end) {
      if (!isScalarByte(bytes[pos])) {
        this.textEnd = pos
        this.pos = pos
        return
      }
      pos++
    }
    throw needMore
  }
}

/** Where the next quote or backslash is, from `from` on; `end` or more when there is none. Looks at four bytes at a time. */
export function findQuote(bytes: Uint8Array, view: DataView, from: number, end: number): number {
  let at = from
  for (const last = end - 4; at <= last; at += 4) {
    const word = view.getInt32(at, true)
    const quote = word ^ 0x22222222
    const backslash = word ^ 0x5c5c5c5c
    // A byte that is zero borrows from its highest bit; the lowest such bit is never a false one (Hacker's Delight, 6-1).
    const found = (((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash)) & HIGH_BITS
    if (found !== 0) return at + ((31 - Math.clz32(found & -found)) >> 3)
  }
  while (at < end && bytes[at] !== QUOTE && bytes[at] !== BACKSLASH) at++
  return at
}

const HIGH_BITS = 0x80808080 | 0

/** Letters of `true`, `null`, `NaN`, `-Infinity`: what else a scalar may start with. */
function isLiteralByte(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a)
}

function isScalarByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) || isLiteralByte(byte) || byte === 0x2d || byte === 0x2e || byte === 0x2b
  )
}

function unescapedKey(bytes: Uint8Array, start: number, end: number): [Uint8Array, number, number] {
  const target = new Uint8Array(end - start)
  return [target, 0, unescapeJson(bytes, start, end, target)]
}

/**
 * Writes the text of a JSON string, given without its quotes, as UTF-8 into `target` (which needs no more room than the source) and
 * returns its length. An escape that is not one stays as it is written; half a surrogate pair becomes U+FFFD.
 */
export function unescapeJson(bytes: Uint8Array, start: number, end: number, target: Uint8Array): number {
  let to = 0
  let at = start
  while (at < end) {
    const byte = bytes[at++]
    if (byte !== BACKSLASH || at >= end) {
      target[to++] = byte
      continue
    }
    const letter = bytes[at++]
    const simple = SIMPLE_ESCAPES[letter]
    if (simple !== 0) {
      target[to++] = simple
      continue
    }
    const unit = letter === 0x75 ? hexUnit(bytes, at, end) : -1
    if (unit < 0) {
      target[to++] = BACKSLASH
      target[to++] = letter
      continue
    }
    at += 4
    let point = unit
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const low =
        unit < 0xdc00 && bytes[at] === BACKSLASH && bytes[at + 1] === 0x75 ? hexUnit(bytes, at + 2, end) : -1
      if (low >= 0xdc00 && low <= 0xdfff) {
        point = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)
        at += 6
      } else {
        point = 0xfffd
      }
    }
    to = writePoint(target, to, point)
  }
  return to
}

const SIMPLE_ESCAPES = new Uint8Array(256)
for (const [letter, meaning] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t']) {
  SIMPLE_ESCAPES[letter.charCodeAt(0)] = meaning.charCodeAt(0)
}

function hexUnit(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end) return -1
  let unit = 0
  for (let i = at; i < at + 4; i++) {
    const byte = bytes[i]
    const digit =
      byte >= 0x30 && byte <= 0x39
        ? byte - 0x30
        : (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66
          ? (byte | 0x20) - 0x57
          : -1
    if (digit < 0) return -1
    unit = unit * 16 + digit
  }
  return unit
}

function writePoint(target: Uint8Array, at: number, point: number): number {
  let to = at
  if (point < 0x80) {
    target[to++] = point
  } else if (point < 0x800) {
    target[to++] = 0xc0 | (point >> 6)
    target[to++] = 0x80 | (point & 0x3f)
  } else if (point < 0x10000) {
    target[to++] = 0xe0 | (point >> 12)
    target[to++] = 0x80 | ((point >> 6) & 0x3f)
    target[to++] = 0x80 | (point & 0x3f)
  } else {
    target[to++] = 0xf0 | (point >> 18)
    target[to++] = 0x80 | ((point >> 12) & 0x3f)
    target[to++] = 0x80 | ((point >> 6) & 0x3f)
    target[to++] = 0x80 | (point & 0x3f)
  }
  return to
}

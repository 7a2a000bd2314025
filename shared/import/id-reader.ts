/** Ids as documents write them, normalised at the edge to numbers: 128 bits for a trace, 64 for a span. */
import { decodeUtf8 } from '#shared/base/byte-text'

/** 255 for what is no hex digit. */
const HEX = new Uint8Array(256).fill(255)
for (let digit = 0; digit < 16; digit++) {
  HEX[digit.toString(16).charCodeAt(0)] = digit
  HEX[digit.toString(16).toUpperCase().charCodeAt(0)] = digit
}

/**
 * Reads ids in hex (any case, zeros stripped, `0x`, dashes), in base64 (both alphabets), and, so that spans still find their parents,
 * in any other spelling: that becomes a hash of its text. One reader serves one document, because a document keeps to one spelling.
 */
export class IdReader {
  /** The id read last, 32 bits each, highest first; a span id stands in `w2` and `w3`. */
  w0 = 0
  w1 = 0
  w2 = 0
  w3 = 0
  /** Whether an id was hashed, being neither hex nor base64 of the right length, since this was set to false. */
  sawOdd = false
  /** The document was seen to write base64: then 11 or 22 digits that could be hex are base64 too. */
  #base64 = false

  /** Reads a trace id of text; all zeros when it is empty. */
  readTraceId(bytes: Uint8Array, start: number, end: number): void {
    if (end - start === 32) {
      this.w0 = hexWord(bytes, start)
      this.w1 = hexWord(bytes, start + 8)
      this.w2 = hexWord(bytes, start + 16)
      this.w3 = hexWord(bytes, start + 24)
      if (this.w0 >= 0 && this.w1 >= 0 && this.w2 >= 0 && this.w3 >= 0) return
    }
    this.#readText(decodeUtf8(bytes, start, end), 32)
  }

  /** Reads a span id of text; all zeros when it is empty. */
  readSpanId(bytes: Uint8Array, start: number, end: number): void {
    if (end - start === 16) {
      this.w2 = hexWord(bytes, start)
      this.w3 = hexWord(bytes, start + 8)
      if (this.w2 >= 0 && this.w3 >= 0) return
    }
    this.#readText(decodeUtf8(bytes, start, end), 16)
  }

  /** Reads the raw bytes of an id (protobuf); `length` is 16 for a trace, 8 for a span, and others are mended. */
  readRaw(bytes: Uint8Array, start: number, end: number, length: number): void {
    if (end - start === 8 && length === 8) {
      this.w2 = rawWord(bytes, start)
      this.w3 = rawWord(bytes, start + 4)
    } else if (end - start === 16 && length === 16) {
      this.w0 = rawWord(bytes, start)
      this.w1 = rawWord(bytes, start + 4)
      this.w2 = rawWord(bytes, start + 8)
      this.w3 = rawWord(bytes, start + 12)
    } else {
      let hex = ''
      for (let i = start; i < end; i++) hex += bytes[i].toString(16).padStart(2, '0')
      this.#readText(hex, length * 2)
    }
  }

  #readText(text: string, digits: number): void {
    const hex = this.#toHex(text.trim(), digits).padStart(32, '0')
    this.w0 = Number.parseInt(hex.slice(0, 8), 16)
    this.w1 = Number.parseInt(hex.slice(8, 16), 16)
    this.w2 = Number.parseInt(hex.slice(16, 24), 16)
    this.w3 = Number.parseInt(hex.slice(24), 16)
  }

  #toHex(text: string, digits: number): string {
    if (text === '' || text === 'null') return ''
    const maybeBase64 = text.length === 12 || text.length === 24 || text.length === 11 || text.length === 22
    const plain = text.replace(/^0[xX]/, '').replaceAll('-', '')
    const isHex = /^[0-9a-fA-F]+$/.test(plain)
    if (maybeBase64 && (!isHex || this.#base64)) {
      const hex = hexOfBase64(text)
      if (hex !== undefined && hex.length <= digits && (hex.length === 16 || hex.length === 32)) {
        if (!isHex) this.#base64 = true
        return hex
      }
    }
    const short = plain.replace(/^0+/, '').toLowerCase()
    if (isHex && short.length <= digits) return short
    this.sawOdd = true
    return hashText(text, digits)
  }
}

/** Eight hex digits as a number; negative when there is another character among them. */
function hexWord(bytes: Uint8Array, at: number): number {
  const a = HEX[bytes[at]]
  const b = HEX[bytes[at + 1]]
  const c = HEX[bytes[at + 2]]
  const d = HEX[bytes[at + 3]]
  const e = HEX[bytes[at + 4]]
  const f = HEX[bytes[at + 5]]
  const g = HEX[bytes[at + 6]]
  const h = HEX[bytes[at + 7]]
  if ((a | b | c | d | e | f | g | h) > 15) return -1
  return ((a << 28) | (b << 24) | (c << 20) | (d << 16) | (e << 12) | (f << 8) | (g << 4) | h) >>> 0
}

function rawWord(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0
}

/** Hex of base64 in either alphabet, with or without padding; undefined when it is not base64. */
export function hexOfBase64(text: string): string | undefined {
  const bytes = bytesOfBase64(text)
  if (bytes === undefined) return undefined
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

const BASE64_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Bytes of base64 in either alphabet, with or without padding; undefined when it is not base64. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/=+$/, '')
  if (digits.length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let bits = 0
  let held = 0
  let filled = 0
  for (const digit of digits) {
    const value =
      digit === '+' || digit === '-' ? 62 : digit === '/' || digit === '_' ? 63 : BASE64_DIGITS.indexOf(digit)
    if (value < 0) return undefined
    bits = ((bits << 6) | value) & 0xffffff
    held += 6
    if (held >= 8) {
      held -= 8
      bytes[filled++] = (bits >> held) & 0xff
    }
  }
  return bytes
}

/** A number of hex digits that depends on every character; never all zeros in practice. */
function hashText(text: string, digits: number): string {
  let hex = ''
  for (let seed = 1; hex.length < digits; seed++) {
    let hash = Math.imul(0x811c9dc5, seed)
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
    hex += ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0')
  }
  return hex
}

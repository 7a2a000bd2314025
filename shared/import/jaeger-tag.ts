/** One tag of Jaeger's JSON: where its key and value stand. Most of a Jaeger document is tags, nearly all written in one way. */
import { findQuote, type JsonScanner } from './json-scanner.ts'

const QUOTE = 0x22

/** Four letters as the number that they are in memory. */
function word(letters: string): number {
  const [a, b, c, d] = Array.from(letters, (letter) => letter.charCodeAt(0))
  return a | (b << 8) | (c << 16) | (d << 24)
}
const KEY = [word('{"ke'), word('y":"')] as const
const TYPE = [word(',"ty'), word('pe":')] as const
const VALUE = [word(',"va'), word('lue"')] as const
/** `,"value":` and one byte of what follows, or less. */
const ROOM = 10

/** Places within the scanner's bytes; start = end where there is no such text. */
export class JaegerTag {
  keyStart = 0
  keyEnd = 0
  valueStart = 0
  valueEnd = 0

  clear(): void {
    this.keyStart = 0
    this.keyEnd = 0
    this.valueStart = 0
    this.valueEnd = 0
  }

  /**
   * Reads `{"key":"…","type":"…","value":…}` written just so, without escapes, with a string, number or literal for a value: what Jaeger
   * itself writes, in half the time of reading it key by key. Returns false, and leaves the scanner where it is, for any other.
   */
  readPlain(scanner: JsonScanner): boolean {
    const { bytes, view, end, pos } = scanner
    if (pos + ROOM > end) return false
    if (view.getInt32(pos, true) !== KEY[0] || view.getInt32(pos + 4, true) !== KEY[1]) return false
    const keyStart = pos + 8
    const keyEnd = findQuote(bytes, view, keyStart, end)
    const type = keyEnd + 1
    if (type + ROOM > end || bytes[keyEnd] !== QUOTE) return false
    if (view.getInt32(type, true) !== TYPE[0] || view.getInt32(type + 4, true) !== TYPE[1]) return false
    if (bytes[type + 8] !== QUOTE) return false
    const typeEnd = findQuote(bytes, view, type + 9, end)
    const value = typeEnd + 1
    if (value + ROOM > end || bytes[typeEnd] !== QUOTE) return false
    if (view.getInt32(value, true) !== VALUE[0] || view.getInt32(value + 4, true) !== VALUE[1]) return false
    if (bytes[value + 8] !== 0x3a) return false
    let valueStart = value + 9
    let valueEnd: number
    let close: number
    if (bytes[valueStart] === QUOTE) {
      valueStart++
      valueEnd = findQuote(bytes, view, valueStart, end)
      if (valueEnd >= end || bytes[valueEnd] !== QUOTE) return false
      close = valueEnd + 1
    } else {
      valueEnd = valueStart
      while (valueEnd < end && isPlain(bytes[valueEnd])) valueEnd++
      if (valueEnd === valueStart) return false
      close = valueEnd
    }
    if (close >= end || bytes[close] !== 0x7d) return false
    this.keyStart = keyStart
    this.keyEnd = keyEnd
    this.valueStart = valueStart
    this.valueEnd = valueEnd
    scanner.pos = close + 1
    return true
  }
}

/** A byte of a number or literal. */
function isPlain(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x2e ||
    byte === 0x2d ||
    byte === 0x2b ||
    byte === 0x45
  )
}

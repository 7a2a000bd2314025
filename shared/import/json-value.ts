/** JSON as values and as indented text, of one span that somebody looks at. */
import { countText } from '#shared/base/count-text'
import { decodeUtf8 } from '#shared/base/byte-text'
import { JsonKind, JsonScanner, KeySet, malformed, needMore } from './json-scanner.ts'
import { unescapedText } from './text-interner.ts'

/** A JSON value; whole numbers that a double cannot hold are bigints, and `null` is undefined. */
export type JsonValue = string | number | bigint | boolean | undefined | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** Values nested deeper than this stay text: nobody can read them as anything else, and a stack has an end. */
const DEEPEST = 64

const NO_KEYS = new KeySet([])

/** The value in [start, end); what is broken in it is left out. */
export function readJsonValue(bytes: Uint8Array, start: number, end: number): JsonValue {
  const scanner = new JsonScanner()
  scanner.reset(bytes, start, end, 0)
  return readValue(scanner, 0)
}

function readValue(scanner: JsonScanner, depth: number): JsonValue {
  const kind = scanner.kind()
  if (kind === JsonKind.object || kind === JsonKind.array) {
    if (depth < DEEPEST)
      return kind === JsonKind.object ? readObject(scanner, depth) : readArray(scanner, depth)
    const start = scanner.pos
    scanner.skipValue()
    return decodeUtf8(scanner.bytes, start, scanner.pos)
  }
  scanner.readText()
  const { bytes, textStart, textEnd, textEscaped } = scanner
  if (kind === JsonKind.string) {
    return textEscaped ? unescapedText(bytes, textStart, textEnd) : decodeUtf8(bytes, textStart, textEnd)
  }
  return readScalar(decodeUtf8(bytes, textStart, textEnd))
}

function readScalar(text: string): JsonValue {
  if (text === 'null') return undefined
  if (text === 'true' || text === 'false') return text === 'true'
  const number = Number(text)
  if (Number.isNaN(number)) return text === 'NaN' ? number : text
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number
}

function readObject(scanner: JsonScanner, depth: number): JsonObject {
  const entries: [string, JsonValue][] = []
  scanner.pos++
  try {
    while (!scanner.closes(0x7d)) {
      scanner.readKey(NO_KEYS)
      const key = unescapedText(scanner.bytes, scanner.textStart, scanner.textEnd)
      entries.push([key, readValue(scanner, depth + 1)])
    }
  } catch (thrown) {
    leaveAt(scanner, thrown)
  }
  return Object.fromEntries(entries)
}

function readArray(scanner: JsonScanner, depth: number): JsonValue[] {
  const values: JsonValue[] = []
  scanner.pos++
  try {
    while (!scanner.closes(0x5d)) values.push(readValue(scanner, depth + 1))
  } catch (thrown) {
    leaveAt(scanner, thrown)
  }
  return values
}

/** Nothing after a broken place can be trusted: every open value ends here. */
function leaveAt(scanner: JsonScanner, thrown: unknown): void {
  if (thrown !== malformed && thrown !== needMore) throw thrown
  scanner.pos = scanner.end
}

/** Text longer than this is cut in the view of the document. */
const LONGEST_RAW = 2 ** 20
/** Deeper lines are not indented further: 10,000 levels would be 10,000 spaces. */
const DEEPEST_INDENT = 32

/** JSON text with line breaks and indentation, its tokens as they are written; cut after a megabyte, and says so. */
export function indentJson(bytes: Uint8Array, start: number, end: number): string {
  const parts: string[] = []
  const last = Math.min(end, start + LONGEST_RAW)
  let depth = 0
  let at = start
  const newLine = (): void => void parts.push('\n', '  '.repeat(Math.min(depth, DEEPEST_INDENT)))
  while (at < last) {
    const byte = bytes[at]
    if (byte <= 0x20) {
      at++
    } else if (byte === 0x7b || byte === 0x5b) {
      const close = byte === 0x7b ? 0x7d : 0x5d
      const next = skipSpace(bytes, at + 1, last)
      if (bytes[next] === close && next < last) {
        parts.push(byte === 0x7b ? '{}' : '[]')
        at = next + 1
        continue
      }
      parts.push(String.fromCharCode(byte))
      depth++
      newLine()
      at++
    } else if (byte === 0x7d || byte === 0x5d) {
      depth = Math.max(0, depth - 1)
      newLine()
      parts.push(String.fromCharCode(byte))
      at++
    } else if (byte === 0x2c) {
      parts.push(',')
      newLine()
      at++
    } else if (byte === 0x3a) {
      parts.push(': ')
      at++
    } else {
      const stop = byte === 0x22 ? endOfString(bytes, at, last) : endOfScalar(bytes, at, last)
      parts.push(decodeUtf8(bytes, at, stop))
      at = stop
    }
  }
  if (last < end) parts.push(`\n… and ${countText(end - last)} bytes more`)
  return parts.join('')
}

function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && bytes[at] <= 0x20) at++
  return at
}

function endOfString(bytes: Uint8Array, from: number, end: number): number {
  let at = from + 1
  while (at < end && bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1
  return Math.min(at + 1, end)
}

function endOfScalar(bytes: Uint8Array, from: number, end: number): number {
  let at = from + 1
  while (at < end && bytes[at] > 0x20 && !'{}[],:"'.includes(String.fromCharCode(bytes[at]))) at++
  return at
}

/** Passing over a value that nobody asked for, which may be longer than memory: it need not lie in one array. */
import { DEEPEST, findQuote, JsonKind, type JsonScanner, LINE_END } from './json-scanner.ts'

/** The value that is being passed over, from chunk to chunk. */
export class PassOver {
  /** Whether one is under way. */
  isActive = false
  #depth = 0
  #inString = false
  #afterBackslash = false

  /** Begins with the value that comes next. A number or literal is short: it is passed over at once. */
  begin(scanner: JsonScanner): void {
    const kind = scanner.kind()
    if (kind !== JsonKind.object && kind !== JsonKind.array && kind !== JsonKind.string) {
      scanner.skipValue()
      return
    }
    this.isActive = true
    this.#depth = kind === JsonKind.string ? 0 : 1
    this.#inString = kind === JsonKind.string
    this.#afterBackslash = false
    scanner.pos++
  }

  /** Goes on to the end of the value, of the line in which it was cut off, or of the bytes. */
  goOn(scanner: JsonScanner): void {
    const { bytes, view, end } = scanner
    let { pos } = scanner
    // As fields they would be read and written for each byte.
    let depth = this.#depth
    let inString = this.#inString
    let afterBackslash = this.#afterBackslash
    while (pos < end) {
      if (inString) {
        if (!afterBackslash) pos = findQuote(bytes, view, pos, end)
        if (pos >= end) break
        const byte = bytes[pos++]
        if (afterBackslash) afterBackslash = false
        else if (byte === 0x5c) afterBackslash = true
        // The quote is that of the first key on the next line.
        else if (
          pos > 2 &&
          bytes[pos - 2] === 0x7b &&
          bytes[pos - 3] === LINE_END &&
          this.#stopsAt(scanner, pos - 3)
        ) {
          pos -= 3
          break
        } else inString = false
        if (inString || depth > 0) continue
      } else {
        const byte = bytes[pos++]
        if (byte === 0x22) inString = true
        else if (byte === 0x7b || byte === 0x5b) {
          if (++depth === DEEPEST) scanner.deep.add(scanner.base + pos)
        } else if (byte === 0x7d || byte === 0x5d) depth--
        else if (byte === LINE_END && this.#stopsAt(scanner, pos - 1)) {
          pos--
          break
        }
        if (inString || depth > 0) continue
      }
      this.isActive = false
      break
    }
    this.#depth = depth
    this.#inString = inString
    this.#afterBackslash = afterBackslash
    if (pos < end) scanner.pos = pos
    else scanner.pos = inString && scanner.lineKeys !== undefined ? end - beginning(bytes, end) : end
  }

  /** Whether the value ends with this line, or may: that the next line tells it is known once enough of that is there. */
  #stopsAt(scanner: JsonScanner, lineEnd: number): boolean {
    const isCutOff = scanner.isCutOff(lineEnd + 1)
    if (isCutOff) this.isActive = false
    return isCutOff !== false
  }
}

/** How many bytes before `end` may be the line end before a document, and its bracket. */
function beginning(bytes: Uint8Array, end: number): number {
  if (bytes[end - 1] === LINE_END) return 1
  return bytes[end - 1] === 0x7b && bytes[end - 2] === LINE_END ? 2 : 0
}

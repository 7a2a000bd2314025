/** Where in a document something stands, in words a person can look it up by. */
import { countText } from '#shared/base/count-text'
import { type ByteStore, DOCUMENT_SPACE } from '#shared/trace/byte-store'

/** So many bytes are looked at together: they may lie in several chunks, and are then copied. */
const STRETCH = 65_536
/** A document with lines longer than this on average is one that nobody wrote line by line. */
const LONGEST_LINE = 100_000

/**
 * `line 12` of documents of several lines; `byte 1,429` of binary ones, and of those whose lines are as long as documents.
 * O(bytes before it).
 */
export function placeOf(store: ByteStore, address: number, isText: boolean): string {
  const base = Math.floor(address / DOCUMENT_SPACE) * DOCUMENT_SPACE
  const offset = address - base
  const byte = `byte ${countText(offset)}`
  if (!isText) return byte
  let lines = 1
  const end = Math.min(address + 1, base + store.documentLength(base / DOCUMENT_SPACE))
  for (let from = base; from < end; from += STRETCH) {
    const bytes = store.slice(from, Math.min(from + STRETCH, end))
    for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines++
  }
  return lines === 1 || offset / lines > LONGEST_LINE ? byte : `line ${countText(lines)}`
}

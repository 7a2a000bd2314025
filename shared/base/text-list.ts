/** Texts as one array of bytes: a million of them pass from worker to page in a copy of memory, and each is read when it is looked at. */
import { decodeUtf8, encodeUtf8 } from '#shared/base/byte-text'

export interface TextList {
  readonly length: number
  /** UTF-8, one text after the other. */
  readonly bytes: Uint8Array
  /** Text i is `bytes[ends[i - 1] .. ends[i]]`. */
  readonly ends: Float64Array
}

export function packTexts(texts: readonly string[]): TextList {
  const ends = new Float64Array(texts.length)
  let bytes = new Uint8Array(1_024)
  let end = 0
  for (const [index, text] of texts.entries()) {
    const encoded = encodeUtf8(text)
    if (end + encoded.length > bytes.length) {
      const more = new Uint8Array(Math.max(bytes.length * 2, end + encoded.length))
      more.set(bytes)
      bytes = more
    }
    bytes.set(encoded, end)
    end += encoded.length
    ends[index] = end
  }
  return { length: texts.length, bytes: bytes.slice(0, end), ends }
}

/** One text; empty where there is none. */
export function textAt({ length, bytes, ends }: TextList, index: number): string {
  if (!(index >= 0 && index < length)) return ''
  return decodeUtf8(bytes, index === 0 ? 0 : ends[index - 1], ends[index])
}

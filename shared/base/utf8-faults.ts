/** Where the first byte from `at` on stands that is not ASCII: nearly all of a document is, so it is looked at four bytes at a time. */
function endOfAscii(bytes: Uint8Array, at: number): number {
  const { length, buffer, byteOffset } = bytes
  while (at < length && (byteOffset + at) % 4 !== 0) if (bytes[at++] >= 0x80) return at - 1
  if (length - at >= 4) {
    const words = new Uint32Array(buffer, byteOffset + at, (length - at) >> 2)
    let word = 0
    while (word < words.length && (words[word] & 0x80_80_80_80) === 0) word++
    at += word * 4
  }
  while (at < length && bytes[at] < 0x80) at++
  return at
}

/** Finds bytes that are no UTF-8, in pieces of any size; O(bytes), without making text of them. */
export class Utf8Faults {
  /** Bytes that must follow the character that is being read. */
  #missing = 0
  /** The next byte must lie between these: neither longer than needed, nor half of a pair, nor beyond Unicode. */
  #low = 0x80
  #high = 0xbf

  /** Hears of the index in `bytes` of each fault; -1 where a character that began in the piece before does not go on. */
  take(bytes: Uint8Array, onFault: (at: number) => void): void {
    const { length } = bytes
    for (let at = 0; at < length; at++) {
      if (this.#missing === 0) at = endOfAscii(bytes, at)
      if (at === length) return
      const byte = bytes[at]
      if (this.#missing > 0) {
        if (byte >= this.#low && byte <= this.#high) {
          this.#missing--
          this.#low = 0x80
          this.#high = 0xbf
          continue
        }
        this.#missing = 0
        onFault(at - 1)
      }
      if (byte >= 0x80) this.#begin(byte, at, onFault)
    }
  }

  #begin(byte: number, at: number, onFault: (at: number) => void): void {
    this.#low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80
    this.#high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf
    if (byte >= 0xc2 && byte <= 0xdf) this.#missing = 1
    else if (byte >= 0xe0 && byte <= 0xef) this.#missing = 2
    else if (byte >= 0xf0 && byte <= 0xf4) this.#missing = 3
    else onFault(at)
  }
}

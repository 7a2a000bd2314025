/** Hands chunks of any size to a reader that wants whole units (a key, a span) in one array. */
import { joinedBytes } from '#shared/base/joined-bytes'

/** Reads units out of arrays. */
export interface UnitReader {
  /**
   * Reads as many whole units as there are in `bytes[start..end)`, `base` being the address of `bytes[0]`, and returns where the first
   * unit begins that goes on past the end. Will be called again with that unit's beginning and more bytes behind it.
   */
  read(bytes: Uint8Array, start: number, end: number, base: number): number
}

/** How much of a new chunk is first put behind a unit that the last chunk broke off: one span, as a rule. */
const SEAM = 4_096

/**
 * Chunks are read where they lie; only what lies across a seam is copied. A unit that spans many chunks is tried again only when twice as
 * much of it is there, so that one of 50 MB costs 100 MB of work and not the square.
 */
export class Feed {
  readonly #reader: UnitReader
  /** The unit that is not whole yet, in pieces. */
  #pieces: Uint8Array[] = []
  #held = 0
  #address = 0
  #tryAt = 0

  constructor(reader: UnitReader) {
    this.#reader = reader
  }

  /** Bytes that wait for the rest of their unit. */
  get held(): number {
    return this.#held
  }

  /** The bytes that wait, in one array. */
  heldBytes(): Uint8Array {
    return this.#join(new Uint8Array(0))
  }

  /** Reads what the next chunk completes; `address` is that of its first byte. */
  push(chunk: Uint8Array, address: number): void {
    if (chunk.length === 0) return
    let from = 0
    if (this.#held > 0) {
      from = this.#acrossSeam(chunk)
      if (from < 0) return
      this.#pieces = []
      this.#held = 0
    }
    const read = this.#reader.read(chunk, from, chunk.length, address)
    if (read < chunk.length) this.#hold(chunk.subarray(read), address + read)
  }

  /** Tries what waits once more: nothing will come behind it. */
  flush(): void {
    if (this.#held === 0) return
    const bytes = this.heldBytes()
    const read = this.#reader.read(bytes, 0, bytes.length, this.#address)
    this.#hold(bytes.subarray(read), this.#address + read)
  }

  /** Returns from where on the chunk is to be read; -1 when all of it now waits. */
  #acrossSeam(chunk: Uint8Array): number {
    if (this.#held + chunk.length < this.#tryAt) {
      this.#pieces.push(chunk)
      this.#held += chunk.length
      return -1
    }
    let take = Math.min(chunk.length, Math.max(SEAM, this.#tryAt - this.#held))
    for (;;) {
      const seam = this.#join(chunk.subarray(0, take))
      const read = this.#reader.read(seam, 0, seam.length, this.#address)
      if (read >= this.#held) return read - this.#held
      if (take === chunk.length) {
        this.#hold(seam.subarray(read), this.#address + read)
        return -1
      }
      if (read > 0) {
        this.#pieces = [seam.subarray(read, this.#held)]
        this.#held -= read
        this.#address += read
      }
      take = Math.min(chunk.length, take * 4)
    }
  }

  #hold(rest: Uint8Array, address: number): void {
    this.#pieces = [rest]
    this.#held = rest.length
    this.#address = address
    this.#tryAt = rest.length * 2
  }

  #join(behind: Uint8Array): Uint8Array {
    return joinedBytes([...this.#pieces, behind])
  }
}

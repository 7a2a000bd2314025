import { Barren } from './failures'

/** So many bytes of blanks alone may come one after the other: nobody means more. */
const longestBlank = 2 ** 24

/** Blanks that a document goes on with. */
export class Blanks {
  #bytes = 0

  /** The next bytes; throws Barren where it goes on and on with nothing else. */
  take(chunk: Uint8Array): void {
    this.#bytes = isBlank(chunk) ? this.#bytes + chunk.length : 0
    if (this.#bytes > longestBlank) throw new Barren('nothing but blanks')
  }
}

const isBlank = (chunk: Uint8Array): boolean => chunk.every((byte) => byte <= 0x20)

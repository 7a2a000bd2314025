/**
 * The bytes of every document that was read, kept as the chunks they came in: a document is never joined into one array, because
 * one of a gigabyte would need a second gigabyte. Spans remember addresses into it.
 */

/**
 * Each document has its own stretch of the address space, so that documents that arrive side by side stay contiguous.
 * 2^40 bytes each: 8,192 documents fit below 2^53.
 */
export const DOCUMENT_SPACE = 2 ** 40

/**
 * Chunks below this are gathered into blocks: an array object costs some 100 bytes, and a slow server sends a few bytes at a time. A block is
 * as large as all before it: thousands of documents may be one small chunk each.
 */
const SMALL_CHUNK = 4_096
const LARGEST_BLOCK = 65_536

interface DocumentBytes {
  readonly chunks: Uint8Array[]
  /** Address of the first byte of each chunk. */
  readonly starts: number[]
  length: number
  /** Bytes used of the last chunk when it is a block that small chunks are gathered in; -1 when it is not. */
  blockUsed: number
}

/** Kept bytes under one long address space: document d holds the addresses from `d * DOCUMENT_SPACE`. */
export class ByteStore {
  readonly #documents: DocumentBytes[] = []
  #length = 0
  /** Where the chunk that answered last lies; most look-ups go there again. */
  #lastDocument = -1
  #lastChunk = 0

  /** Address of the first byte of what `window` returned last. */
  windowBase = 0

  /** Bytes kept, of all documents. */
  get length(): number {
    return this.#length
  }

  /** Number of documents that have been opened by appending to them. */
  get documents(): number {
    return this.#documents.length
  }

  /** Bytes kept of one document. */
  documentLength(document: number): number {
    return this.#documents[document]?.length ?? 0
  }

  /** Keeps a chunk (the array itself, unless it is small: do not write to it afterwards) and returns the address of its first byte. */
  append(chunk: Uint8Array, document = 0): number {
    while (this.#documents.length <= document) {
      this.#documents.push({ chunks: [], starts: [], length: 0, blockUsed: -1 })
    }
    const bytes = this.#documents[document]
    const address = document * DOCUMENT_SPACE + bytes.length
    if (chunk.length === 0) return address
    const last = bytes.chunks.at(-1)
    if (last !== undefined && bytes.blockUsed >= 0 && bytes.blockUsed + chunk.length <= last.length) {
      last.set(chunk, bytes.blockUsed)
      bytes.blockUsed += chunk.length
    } else if (chunk.length < SMALL_CHUNK) {
      const block = new Uint8Array(Math.min(LARGEST_BLOCK, bytes.length + 2 * chunk.length))
      block.set(chunk)
      bytes.chunks.push(block)
      bytes.starts.push(address)
      bytes.blockUsed = chunk.length
    } else {
      bytes.chunks.push(chunk)
      bytes.starts.push(address)
      bytes.blockUsed = -1
    }
    bytes.length += chunk.length
    this.#length += chunk.length
    return address
  }

  /**
   * An array that holds the bytes of [start, end) at `start - windowBase`; nothing is allocated when they lie in one chunk.
   * Valid until more is appended.
   */
  window(start: number, end: number): Uint8Array {
    const number = Math.floor(start / DOCUMENT_SPACE)
    const bytes = this.#documents[number]
    if (bytes === undefined || end > number * DOCUMENT_SPACE + bytes.length || start > end) {
      throw new RangeError(`no bytes are kept at ${start}..${end}`)
    }
    if (start === end) {
      this.windowBase = start
      return new Uint8Array(0)
    }
    const index = this.#chunkAt(bytes, number, start)
    const chunk = bytes.chunks[index]
    const base = bytes.starts[index]
    const nextStart =
      index + 1 < bytes.starts.length ? bytes.starts[index + 1] : number * DOCUMENT_SPACE + bytes.length
    if (end <= nextStart) {
      this.windowBase = base
      return chunk
    }
    const joined = new Uint8Array(end - start)
    let address = start
    for (let i = index; address < end; i++) {
      const stop = i + 1 < bytes.starts.length ? bytes.starts[i + 1] : number * DOCUMENT_SPACE + bytes.length
      const upTo = Math.min(stop, end)
      joined.set(bytes.chunks[i].subarray(address - bytes.starts[i], upTo - bytes.starts[i]), address - start)
      address = upTo
    }
    this.windowBase = start
    return joined
  }

  /** The bytes of [start, end): a view when they lie in one chunk, otherwise a copy. */
  slice(start: number, end: number): Uint8Array {
    const window = this.window(start, end)
    return window.subarray(start - this.windowBase, end - this.windowBase)
  }

  #chunkAt(bytes: DocumentBytes, document: number, address: number): number {
    const { starts } = bytes
    if (document === this.#lastDocument) {
      const near = this.#lastChunk
      if (near < starts.length && starts[near] <= address) {
        if (near + 1 === starts.length || address < starts[near + 1]) return near
        if (near + 2 === starts.length || address < starts[near + 2]) return (this.#lastChunk = near + 1)
      }
    }
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (starts[middle] <= address) low = middle
      else high = middle - 1
    }
    this.#lastDocument = document
    this.#lastChunk = low
    return low
  }
}

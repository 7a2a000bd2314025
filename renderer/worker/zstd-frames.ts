/** Where the frames of zstd end, and the checksums they end with: what unpacks them passes over those. Format: RFC 8878, 3.1. */

/** A stretch of packed bytes that lies within one frame. */
export interface FrameStretch {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly isEnd: boolean
  /** The low half of XXH64 of what is in the frame, at its end; undefined where it has none. */
  readonly checksum: number | undefined
}

const frameMagic = 0xfd2fb528
const skippableMagic = 0x184d2a50
const magicBytes = 4
const blockHeaderBytes = 3
const checksumBytes = 4

/** What the next bytes are: read as a number of so many bytes, or passed over. */
type Stage = 'magic' | 'descriptor' | 'skippable size' | 'block header' | 'checksum' | 'passed' | 'lost'

/** The same bytes, parted where frames end. What is no frame goes on to the end as one: whatever unpacks it will say so. */
export async function* splitFrames(
  packed: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<FrameStretch> {
  const frames = new Frames()
  for await (const piece of packed) {
    let from = 0
    for (let at = 0; at < piece.length;) {
      at += frames.take(piece, at)
      if (!frames.isAtEnd) continue
      yield { bytes: piece.subarray(from, at), isEnd: true, checksum: frames.checksum }
      frames.begin()
      from = at
    }
    if (from < piece.length) yield { bytes: piece.subarray(from), isEnd: false, checksum: undefined }
  }
}

class Frames {
  isAtEnd = false
  checksum: number | undefined
  #stage: Stage = 'magic'
  /** Bytes left of what is read or passed over. */
  #left = magicBytes
  /** Of a number, little end first, as far as it was read. */
  #value = 0
  #weight = 1
  #hasChecksum = false
  #isLastBlock = false

  begin(): void {
    this.isAtEnd = false
    this.checksum = undefined
    this.#hasChecksum = false
    this.#isLastBlock = false
    this.#read('magic', magicBytes)
  }

  /** Takes some bytes from there on; returns how many. */
  take(piece: Uint8Array, at: number): number {
    if (this.#stage === 'lost') return piece.length - at
    if (this.#stage === 'passed') {
      const taken = Math.min(this.#left, piece.length - at)
      this.#left -= taken
      if (this.#left === 0) this.#passed()
      return taken
    }
    this.#value += piece[at] * this.#weight
    this.#weight *= 256
    if (--this.#left === 0) this.#understand(this.#value)
    return 1
  }

  #read(stage: Stage, bytes: number): void {
    this.#stage = stage
    this.#left = bytes
    this.#value = 0
    this.#weight = 1
  }

  #pass(bytes: number): void {
    this.#read('passed', bytes)
    if (bytes === 0) this.#passed()
  }

  #understand(value: number): void {
    switch (this.#stage) {
      case 'magic':
        if (value === frameMagic) this.#read('descriptor', 1)
        else if ((value & ~0xf) === skippableMagic) this.#read('skippable size', 4)
        else this.#stage = 'lost'
        return
      case 'descriptor': {
        const isSingle = (value & 0x20) !== 0
        const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][value >> 6]
        this.#hasChecksum = (value & 4) !== 0
        this.#pass((isSingle ? 0 : 1) + [0, 1, 2, 4][value & 3] + sizeBytes)
        return
      }
      case 'skippable size':
        this.#isLastBlock = true
        this.#pass(value)
        return
      case 'block header': {
        this.#isLastBlock = (value & 1) === 1
        const isRepeated = ((value >> 1) & 3) === 1
        this.#pass(isRepeated ? 1 : value >> 3)
        return
      }
      default:
        this.checksum = value
        this.isAtEnd = true
    }
  }

  #passed(): void {
    if (!this.#isLastBlock) this.#read('block header', blockHeaderBytes)
    else if (this.#hasChecksum) this.#read('checksum', checksumBytes)
    else this.isAtEnd = true
  }
}

/**
 * The checksum of zstd: XXH64 with seed 0. In halves of 32 bits, for BigInt takes fifty times as long.
 * https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 */
const stripeBytes = 32

/** A number of 64 bits. */
interface Word {
  high: number
  low: number
}

const prime1: Word = { high: 0x9e3779b1, low: 0x85ebca87 }
const prime2: Word = { high: 0xc2b2ae3d, low: 0x27d4eb4f }
const prime3: Word = { high: 0x165667b1, low: 0x9e3779f9 }
const prime4: Word = { high: 0x85ebca77, low: 0xc2b2ae63 }
const prime5: Word = { high: 0x27d4eb2f, low: 0x165667c5 }

/** Takes bytes as they come. */
export class Xxh64 {
  /** Started from `prime1 + prime2`, `prime2`, 0 and `-prime1`. */
  readonly #lanes: readonly Word[] = [
    sum({ ...prime1 }, prime2),
    { ...prime2 },
    { high: 0, low: 0 },
    { high: ~prime1.high >>> 0, low: -prime1.low >>> 0 },
  ]
  /** What does not fill a stripe yet. */
  readonly #rest = new Uint8Array(stripeBytes)
  readonly #restView = new DataView(this.#rest.buffer)
  #held = 0
  #length = 0

  push(bytes: Uint8Array): void {
    this.#length += bytes.length
    let at = 0
    if (this.#held > 0) {
      at = Math.min(stripeBytes - this.#held, bytes.length)
      this.#rest.set(bytes.subarray(0, at), this.#held)
      this.#held += at
      if (this.#held < stripeBytes) return
      this.#stripe(this.#restView, 0)
      this.#held = 0
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (; at + stripeBytes <= bytes.length; at += stripeBytes) this.#stripe(view, at)
    this.#rest.set(bytes.subarray(at))
    this.#held = bytes.length - at
  }

  /** The checksum of all that came; zstd keeps its low half. */
  digest(): Readonly<Word> {
    const hash = this.#joined()
    sum(hash, { high: Math.floor(this.#length / 2 ** 32), low: this.#length >>> 0 })
    let at = 0
    for (; at + 8 <= this.#held; at += 8) {
      xor(hash, round({ high: 0, low: 0 }, this.#restView, at))
      sum(product(rotated(hash, 27), prime1), prime4)
    }
    for (; at + 4 <= this.#held; at += 4) {
      xor(hash, product({ high: 0, low: this.#restView.getUint32(at, true) }, prime1))
      sum(product(rotated(hash, 23), prime2), prime3)
    }
    for (; at < this.#held; at++) {
      xor(hash, product({ high: 0, low: this.#rest[at] }, prime5))
      product(rotated(hash, 11), prime1)
    }
    product(xor(hash, { high: 0, low: hash.high >>> 1 }), prime2)
    product(xor(hash, { high: hash.high >>> 29, low: ((hash.high << 3) | (hash.low >>> 29)) >>> 0 }), prime3)
    return xor(hash, { high: 0, low: hash.high })
  }

  #stripe(view: DataView, at: number): void {
    round(this.#lanes[0], view, at)
    round(this.#lanes[1], view, at + 8)
    round(this.#lanes[2], view, at + 16)
    round(this.#lanes[3], view, at + 24)
  }

  /** What the lanes come to; where no stripe was filled they do not count. */
  #joined(): Word {
    if (this.#length < stripeBytes) return { ...prime5 }
    const hash: Word = { high: 0, low: 0 }
    for (const [at, bits] of [1, 7, 12, 18].entries()) sum(hash, rotated({ ...this.#lanes[at] }, bits))
    for (const lane of this.#lanes) {
      const own = product(rotated(product({ ...lane }, prime2), 31), prime1)
      sum(product(xor(hash, own), prime1), prime4)
    }
    return hash
  }
}

/** A lane takes eight bytes in: `rotate(lane + bytes × prime2, 31) × prime1`, written out, for it is all the work there is. */
function round(lane: Word, view: DataView, at: number): Word {
  const low = view.getUint32(at, true)
  const high = view.getUint32(at + 4, true)
  const sumLow = lane.low + Math.imul(low, prime2.low) + (Math.imul(low, prime2.low) < 0 ? 2 ** 32 : 0)
  const carry = sumLow >= 2 ** 32 ? 1 : 0
  const sumHigh =
    lane.high + upper(low, prime2.low) + Math.imul(low, prime2.high) + Math.imul(high, prime2.low) + carry
  lane.low = sumLow >>> 0
  lane.high = sumHigh >>> 0
  return product(rotated(lane, 31), prime1)
}

/** These change their first argument, and give it back. */
function sum(to: Word, more: Word): Word {
  const low = to.low + more.low
  to.low = low >>> 0
  to.high = (to.high + more.high + (low >= 2 ** 32 ? 1 : 0)) >>> 0
  return to
}

function product(to: Word, by: Word): Word {
  const { high, low } = to
  to.high = (upper(low, by.low) + Math.imul(low, by.high) + Math.imul(high, by.low)) >>> 0
  to.low = Math.imul(low, by.low) >>> 0
  return to
}

function rotated(to: Word, bits: number): Word {
  const { high, low } = to
  to.high = ((high << bits) | (low >>> (32 - bits))) >>> 0
  to.low = ((low << bits) | (high >>> (32 - bits))) >>> 0
  return to
}

function xor(to: Word, by: Word): Word {
  to.high = (to.high ^ by.high) >>> 0
  to.low = (to.low ^ by.low) >>> 0
  return to
}

/** The upper half of the product of two numbers of 32 bits. */
function upper(one: number, other: number): number {
  const [oneLow, oneHigh] = [one & 0xffff, one >>> 16]
  const [otherLow, otherHigh] = [other & 0xffff, other >>> 16]
  const middle = oneHigh * otherLow + ((oneLow * otherLow) >>> 16)
  const other16 = oneLow * otherHigh + (middle & 0xffff)
  return oneHigh * otherHigh + (middle >>> 16) + (other16 >>> 16)
}

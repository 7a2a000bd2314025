/** UTF-16, as PowerShell writes it, made into the UTF-8 that every reader reads. */

/** Carries over pieces of any size. Half a pair of surrogates becomes U+FFFD. */
export class Utf16Reader {
  readonly #isLittle: boolean
  /** The first byte of a unit whose second has not come; -1 = none. */
  #byte = -1
  /** The first of two surrogates; 0 = none. */
  #high = 0

  constructor(isLittle: boolean) {
    this.#isLittle = isLittle
  }

  /** The next bytes as UTF-8, as far as they are whole. */
  read(bytes: Uint8Array): Uint8Array {
    // A unit of two bytes becomes three at most; what waits from before is one more.
    const out = new Uint8Array(Math.ceil(bytes.length / 2) * 3 + 6)
    let to = 0
    for (const byte of bytes) {
      if (this.#byte < 0) {
        this.#byte = byte
        continue
      }
      const unit = this.#isLittle ? this.#byte | (byte << 8) : (this.#byte << 8) | byte
      this.#byte = -1
      to = this.#unit(unit, out, to)
    }
    return out.subarray(0, to)
  }

  /** What is left when nothing more comes. */
  end(): Uint8Array {
    const isHalf = this.#high !== 0 || this.#byte >= 0
    this.#high = 0
    this.#byte = -1
    return isHalf ? Uint8Array.of(0xef, 0xbf, 0xbd) : new Uint8Array(0)
  }

  #unit(unit: number, out: Uint8Array, at: number): number {
    const high = this.#high
    this.#high = 0
    const isLow = unit >= 0xdc00 && unit <= 0xdfff
    if (high !== 0 && isLow) return writePoint(out, at, 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00))
    const to = high === 0 ? at : writePoint(out, at, 0xfffd)
    if (unit >= 0xd800 && unit <= 0xdbff) {
      this.#high = unit
      return to
    }
    return writePoint(out, to, isLow ? 0xfffd : unit)
  }
}

function writePoint(out: Uint8Array, at: number, point: number): number {
  const continued = (shift: number) => 0x80 | ((point >> shift) & 0x3f)
  const bytes =
    point < 0x80
      ? [point]
      : point < 0x800
        ? [0xc0 | (point >> 6), continued(0)]
        : point < 0x10000
          ? [0xe0 | (point >> 12), continued(6), continued(0)]
          : [0xf0 | (point >> 18), continued(12), continued(6), continued(0)]
  out.set(bytes, at)
  return at + bytes.length
}

/** Walks protobuf messages as bytes. Format: https://protobuf.dev/programming-guides/encoding/ */
import { malformed, needMore } from './json-scanner.ts'

/** How a field is written: the lower three bits of its tag. */
export const Wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const

/**
 * A place in protobuf bytes. `readTag` and the readers of values throw `needMore` at the end of the bytes and `malformed` where there is
 * no field.
 */
export class ProtobufScanner {
  bytes: Uint8Array = new Uint8Array(0)
  pos = 0
  /** Bytes from here on are not looked at. */
  end = 0
  /** Address of `bytes[0]` in the ByteStore. */
  base = 0
  /** Of the field whose tag was read last. */
  field = 0
  wire = 0
  /** Where the value of the field read last lies, for `Wire.bytes`. */
  valueStart = 0
  valueEnd = 0
  /** The 64-bit number read last, in halves. */
  high = 0
  low = 0

  /** Goes to a place in other bytes. */
  reset(bytes: Uint8Array, pos: number, end: number, base: number): void {
    this.bytes = bytes
    this.pos = pos
    this.end = end
    this.base = base
  }

  /** Reads the tag of the next field; returns its number. */
  readTag(): number {
    this.readVarint()
    if (this.high !== 0) throw malformed
    this.wire = this.low & 7
    this.field = this.low >>> 3
    if (this.field === 0 || this.wire === 3 || this.wire === 4 || this.wire > 5) throw malformed
    return this.field
  }

  /** Reads a number of up to 64 bits into `high` and `low`, and returns `low`. */
  readVarint(): number {
    const { bytes, end } = this
    let { pos } = this
    let low = 0
    let high = 0
    for (let shift = 0; shift < 70; shift += 7) {
      if (pos >= end) throw needMore
      const byte = bytes[pos++]
      const bits = byte & 0x7f
      if (shift < 28) low |= bits << shift
      else if (shift === 28) {
        low |= bits << 28
        high |= bits >> 4
      } else high |= bits << (shift - 32)
      if (byte < 0x80) {
        this.pos = pos
        this.high = high >>> 0
        this.low = low >>> 0
        return this.low
      }
    }
    throw malformed
  }

  /** Reads the length of a `Wire.bytes` value and goes to its first byte; the value may go on past the bytes there are. */
  enterBytes(): void {
    const length = this.readVarint()
    if (this.high !== 0) throw malformed
    this.valueStart = this.pos
    this.valueEnd = this.pos + length
  }

  /** Reads a `Wire.bytes` value into `valueStart..valueEnd`. */
  readBytes(): void {
    this.enterBytes()
    if (this.valueEnd > this.end) throw needMore
    this.pos = this.valueEnd
  }

  /** Reads eight bytes into `high` and `low`. */
  readFixed64(): void {
    this.low = this.#word(this.pos)
    this.high = this.#word(this.pos + 4)
    this.pos += 8
  }

  /** Passes over the value of the field whose tag was read last. */
  skipValue(): void {
    if (this.wire === Wire.varint) this.readVarint()
    else if (this.wire === Wire.bytes) this.readBytes()
    else {
      const size = this.wire === Wire.fixed64 ? 8 : 4
      if (this.pos + size > this.end) throw needMore
      this.pos += size
    }
  }

  #word(at: number): number {
    const { bytes } = this
    if (at + 4 > this.end) throw needMore
    return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0
  }
}

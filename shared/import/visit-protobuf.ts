/** Walks the keys and values of a span written as OTLP protobuf. */
import type { ByteText } from '#shared/base/byte-text'
import { malformed, needMore } from './json-scanner.ts'
import { doubleOf } from './protobuf-json.ts'
import { ProtobufScanner, Wire } from './protobuf-scanner.ts'
import { SYNTHETIC_KEYS, type SyntheticKey } from './visit-json.ts'
import type { PairPlace, PairType, PairVisitor } from './visit.ts'

/** Values nested deeper than this are not looked into: a stack has an end. */
const DEEPEST = 64

/** Hands keys and values to a visitor; one object serves any number of spans. */
export class ProtobufVisit {
  readonly #key: ByteText = { bytes: new Uint8Array(0), start: 0, end: 0 }
  readonly #value: ByteText = { bytes: new Uint8Array(0), start: 0, end: 0 }
  /** Numbers and ids are written here, to be looked at as text. */
  readonly #room = new Uint8Array(64)
  /** One scanner per level of nesting. */
  readonly #scanners: ProtobufScanner[] = []
  #bytes: Uint8Array = new Uint8Array(0)
  #visitor: PairVisitor = { pair: () => true }
  #stopped = false
  /** Maps around the value that is read. */
  #maps = 0

  /** Walks the span in `bytes[start..end)`; returns whether the visitor stopped it. What is broken in it is left out. */
  visit(bytes: Uint8Array, start: number, end: number, visitor: PairVisitor): boolean {
    this.#bytes = bytes
    this.#visitor = visitor
    this.#stopped = false
    this.#maps = 0
    try {
      this.#span(start, end)
    } catch (thrown) {
      if (thrown !== needMore && thrown !== malformed) throw thrown
    }
    return this.#stopped
  }

  #scannerAt(level: number, start: number, end: number): ProtobufScanner {
    while (this.#scanners.length <= level) this.#scanners.push(new ProtobufScanner())
    const scanner = this.#scanners[level]
    scanner.reset(this.#bytes, start, end, 0)
    return scanner
  }

  #span(start: number, end: number): void {
    const scanner = this.#scannerAt(0, start, end)
    while (!this.#stopped && scanner.pos < end) {
      const field = scanner.readTag()
      scanner.skipValue()
      if (scanner.wire !== Wire.bytes) continue
      const { valueStart, valueEnd } = scanner
      if (field === 9) this.#pair('attribute', valueStart, valueEnd, 1)
      else if (field === 11) this.#event(valueStart, valueEnd)
      else if (field === 13) this.#link(valueStart, valueEnd)
      else if (field === 15) this.#status(valueStart, valueEnd)
      else if (field === 3 && valueEnd > valueStart) this.#named('span', 'trace.state', valueStart, valueEnd)
    }
  }

  /** A KeyValue. */
  #pair(place: PairPlace, start: number, end: number, level: number): void {
    const scanner = this.#scannerAt(level, start, end)
    let keyStart = 0
    let keyEnd = 0
    let valueStart = -1
    let valueEnd = 0
    while (scanner.pos < end) {
      const field = scanner.readTag()
      scanner.skipValue()
      if (scanner.wire !== Wire.bytes) continue
      if (field === 1) {
        keyStart = scanner.valueStart
        keyEnd = scanner.valueEnd
      } else if (field === 2) {
        valueStart = scanner.valueStart
        valueEnd = scanner.valueEnd
      }
    }
    if (valueStart < 0) return
    this.#key.bytes = this.#bytes
    this.#key.start = keyStart
    this.#key.end = keyEnd
    this.#anyValue(place, valueStart, valueEnd, level + 1)
  }

  #anyValue(place: PairPlace, start: number, end: number, level: number): void {
    if (level > DEEPEST) return
    const scanner = this.#scannerAt(level, start, end)
    while (!this.#stopped && scanner.pos < end) {
      const field = scanner.readTag()
      if (field === 3 && scanner.wire === Wire.varint) {
        scanner.readVarint()
        this.#tellText(place, integerText(scanner.high, scanner.low), 'int')
      } else if (field === 2 && scanner.wire === Wire.varint) {
        this.#tellText(place, scanner.readVarint() === 0 ? 'false' : 'true', 'boolean')
      } else if (field === 4 && scanner.wire === Wire.fixed64) {
        scanner.readFixed64()
        this.#tellText(place, String(doubleOf(scanner.high, scanner.low)), 'float')
      } else {
        scanner.skipValue()
        if (scanner.wire !== Wire.bytes) continue
        if (field === 1) this.#tell(place, this.#bytes, scanner.valueStart, scanner.valueEnd)
        else if (field === 5 || field === 6) {
          this.#values(place, scanner.valueStart, scanner.valueEnd, level + 1, field === 6)
        }
      }
    }
  }

  #values(place: PairPlace, start: number, end: number, level: number, arePairs: boolean): void {
    if (level > DEEPEST) return
    const scanner = this.#scannerAt(level, start, end)
    if (arePairs) this.#maps++
    while (!this.#stopped && scanner.pos < end) {
      const field = scanner.readTag()
      scanner.skipValue()
      if (field !== 1 || scanner.wire !== Wire.bytes) continue
      if (arePairs) this.#pair(place, scanner.valueStart, scanner.valueEnd, level + 1)
      else this.#anyValue(place, scanner.valueStart, scanner.valueEnd, level + 1)
    }
    if (arePairs) this.#maps--
  }

  #event(start: number, end: number): void {
    const scanner = this.#scannerAt(1, start, end)
    while (!this.#stopped && scanner.pos < end) {
      const field = scanner.readTag()
      scanner.skipValue()
      if (scanner.wire !== Wire.bytes) continue
      if (field === 2) this.#named('event', 'name', scanner.valueStart, scanner.valueEnd)
      else if (field === 3) this.#pair('event', scanner.valueStart, scanner.valueEnd, 2)
    }
  }

  #link(start: number, end: number): void {
    const scanner = this.#scannerAt(1, start, end)
    while (!this.#stopped && scanner.pos < end) {
      const field = scanner.readTag()
      scanner.skipValue()
      if (scanner.wire !== Wire.bytes) continue
      const { valueStart, valueEnd } = scanner
      if (field === 4) this.#pair('link', valueStart, valueEnd, 2)
      else if (field <= 2) {
        const name = field === 1 ? 'traceId' : 'spanId'
        this.#setNamed(name)
        let hex = ''
        for (let at = valueStart; at < Math.min(valueEnd, valueStart + 16); at++) {
          hex += this.#bytes[at].toString(16).padStart(2, '0')
        }
        this.#tellText('link', hex)
      }
    }
  }

  #status(start: number, end: number): void {
    const scanner = this.#scannerAt(1, start, end)
    while (!this.#stopped && scanner.pos < end) {
      const field = scanner.readTag()
      scanner.skipValue()
      if (field === 2 && scanner.wire === Wire.bytes && scanner.valueEnd > scanner.valueStart) {
        this.#named('span', 'status.message', scanner.valueStart, scanner.valueEnd)
      }
    }
  }

  #setNamed(name: SyntheticKey): void {
    const bytes = SYNTHETIC_KEYS[name]
    this.#key.bytes = bytes
    this.#key.start = 0
    this.#key.end = bytes.length
  }

  #named(place: PairPlace, name: SyntheticKey, start: number, end: number): void {
    this.#setNamed(name)
    this.#tell(place, this.#bytes, start, end)
  }

  #tellText(place: PairPlace, text: string, type: PairType = 'string'): void {
    const length = Math.min(text.length, this.#room.length)
    for (let i = 0; i < length; i++) this.#room[i] = text.charCodeAt(i)
    this.#tell(place, this.#room, 0, length, type)
  }

  #tell(place: PairPlace, bytes: Uint8Array, start: number, end: number, type: PairType = 'string'): void {
    const value = this.#value
    value.bytes = bytes
    value.start = start
    value.end = end
    if (this.#visitor.pair(place, this.#key, value, this.#maps > 0 ? 'inner' : type)) this.#stopped = true
  }
}

function integerText(high: number, low: number): string {
  if (high === 0) return String(low)
  return String(BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)))
}

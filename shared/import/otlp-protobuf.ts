/**
 * Reads OTLP in protobuf: TracesData and ExportTraceServiceRequest (the same bytes), Tempo's TraceByIDResponse, which wraps one, and what
 * the collector's file exporter writes: any number of them, each behind its length in four bytes.
 * Formats: opentelemetry-proto trace/v1, common/v1, resource/v1; tempopb in grafana/tempo.
 */
import { UNKNOWN_SERVICE } from '#shared/trace/compact'
import { SpanFlag, SpanKind } from '#shared/trace/table'
import { decodeUtf8 } from '#shared/base/byte-text'
import { DocumentWords } from './document-words.ts'
import type { UnitReader } from './feed.ts'
import { malformed, needMore } from './json-scanner.ts'
import { OtlpScopes } from './otlp-scopes.ts'
import type { ProtobufWraps } from './detect.ts'
import { type Signal, signalOf } from './protobuf-signals.ts'
import { ProtobufScanner, Wire } from './protobuf-scanner.ts'
import { noService, type Reading } from './reading.ts'
import { groupFlag, isText, type SpanRecord } from './span-record.ts'

/** What a message on the stack is. */
const Role = { response: 0, traces: 1, resourceSpans: 2, scopeSpans: 3, frames: 4 } as const

/** A span longer than this is left out: it would have to lie in one array. */
const LONGEST_SPAN = 2 ** 28

/** Reads an OTLP or Tempo document in chunks. */
export class OtlpProtobufReader implements UnitReader {
  readonly words = new DocumentWords()
  /** From where on nothing could be read any more, as an address; -1 = it could to the end. */
  lostFrom = -1
  /** Spans left out because they are longer than 256 MB. */
  tooLarge = 0

  readonly #reading: Reading
  readonly #scanner = new ProtobufScanner()
  /** Reads inside of one span, resource or scope. */
  readonly #inner = new ProtobufScanner()
  readonly #value = new ProtobufScanner()
  readonly #scopes: OtlpScopes
  readonly #roles: number[]
  /** Address at which the message on the stack ends. */
  readonly #ends: number[] = [Infinity]
  /** Address up to which bytes are passed over. */
  #skipTo = 0
  #unit = 0
  /** What the scope that is being read holds; undefined before its first record. */
  #signal: Signal | undefined

  constructor(reading: Reading, wraps: ProtobufWraps) {
    this.#reading = reading
    this.#scopes = new OtlpScopes(reading, 'otlp-protobuf')
    this.#roles = [wraps === 'tempo' ? Role.response : wraps === 'lengths' ? Role.frames : Role.traces]
    this.words.setFormat(wraps === 'tempo' ? 'Tempo protobuf' : 'OTLP protobuf')
  }

  /** Whether everything that was opened has been closed. */
  get isComplete(): boolean {
    return this.#roles.length === 1
  }

  read(bytes: Uint8Array, start: number, end: number, base: number): number {
    if (this.lostFrom >= 0) return end
    const scanner = this.#scanner
    scanner.reset(bytes, start, end, base)
    try {
      for (;;) {
        this.#unit = scanner.pos
        this.#step()
      }
    } catch (thrown) {
      if (thrown === needMore) return this.#unit
      if (thrown !== malformed) throw thrown
      this.lostFrom = base + this.#unit
      return end
    }
  }

  #step(): void {
    const scanner = this.#scanner
    const address = scanner.base + scanner.pos
    if (address < this.#skipTo) {
      scanner.pos = Math.min(scanner.end, this.#skipTo - scanner.base)
      this.#unit = scanner.pos
      if (scanner.pos === scanner.end) throw needMore
      return
    }
    const depth = this.#roles.length - 1
    if (address >= this.#ends[depth]) {
      if (address > this.#ends[depth]) throw malformed
      this.#roles.pop()
      this.#ends.pop()
      return
    }
    if (this.#roles[depth] === Role.frames) {
      this.#enterFrame()
      return
    }
    const field = scanner.readTag()
    if (scanner.wire !== Wire.bytes) {
      if (this.#roles[depth] === Role.response && field === 3 && scanner.wire === Wire.varint) {
        this.words.isPartial = scanner.readVarint() === 1
      } else {
        scanner.skipValue()
      }
      return
    }
    scanner.enterBytes()
    const { valueStart, valueEnd } = scanner
    if (scanner.base + valueEnd > this.#ends[depth]) throw malformed
    const enters = childRole(this.#roles[depth], field)
    if (enters >= 0) {
      this.#roles.push(enters)
      this.#ends.push(scanner.base + valueEnd)
      if (enters === Role.resourceSpans) this.#scopes.beginResource()
      if (enters === Role.scopeSpans) this.#beginScope()
      return
    }
    const reads =
      (this.#roles[depth] === Role.scopeSpans && field <= 2) ||
      (this.#roles[depth] === Role.resourceSpans && field === 1) ||
      (this.#roles[depth] === Role.response && field === 4)
    if (!reads || valueEnd - valueStart > LONGEST_SPAN) {
      if (reads) this.tooLarge++
      this.#skipTo = scanner.base + valueEnd
      return
    }
    if (valueEnd > scanner.end) throw needMore
    if (this.#roles[depth] === Role.response)
      this.words.message = decodeUtf8(scanner.bytes, valueStart, valueEnd)
    else if (this.#roles[depth] === Role.resourceSpans) this.#readResource()
    else if (field === 1) this.#readScope()
    else this.#readRecord()
    scanner.pos = valueEnd
  }

  #beginScope(): void {
    this.#scopes.beginScope()
    this.#signal = undefined
  }

  /** A span; the first record of a scope tells whether it holds lines or metrics instead, which are read elsewhere. */
  #readRecord(): void {
    const { bytes, valueStart, valueEnd } = this.#scanner
    if (this.#signal === undefined) {
      this.#signal = signalOf(bytes, valueStart, valueEnd)
      if (this.#signal !== 'spans') this.words[this.#signal]++
    }
    if (this.#signal === 'spans') this.#readSpan()
  }

  #enterFrame(): void {
    const scanner = this.#scanner
    const { bytes, pos, end, base } = scanner
    if (end - pos < 4) throw needMore
    const length =
      ((bytes[pos] << 24) | (bytes[pos + 1] << 16) | (bytes[pos + 2] << 8) | bytes[pos + 3]) >>> 0
    scanner.pos = pos + 4
    this.#roles.push(Role.traces)
    this.#ends.push(base + scanner.pos + length)
  }

  #readResource(): void {
    const { bytes, valueStart, valueEnd, base } = this.#scanner
    const reading = this.#reading
    const readService = (): number => {
      let service = -1
      try {
        service = this.#findServiceName()
      } catch (thrown) {
        if (thrown !== needMore && thrown !== malformed) throw thrown
      }
      return service < 0 ? reading.intake.services.addString(UNKNOWN_SERVICE) : service
    }
    this.#scopes.setResource(reading.resourceOf(bytes, valueStart, valueEnd, base, readService))
  }

  #readScope(): void {
    const { bytes, valueStart, valueEnd, base } = this.#scanner
    this.#scopes.setScope(this.#reading.resourceOf(bytes, valueStart, valueEnd, base, noService))
  }

  #findServiceName(): number {
    const { bytes, valueStart, valueEnd, base } = this.#scanner
    const inner = this.#inner
    const value = this.#value
    let service = -1
    inner.reset(bytes, valueStart, valueEnd, base)
    while (inner.pos < valueEnd) {
      const field = inner.readTag()
      inner.skipValue()
      if (field !== 1 || inner.wire !== Wire.bytes) continue
      value.reset(bytes, inner.valueStart, inner.valueEnd, base)
      let isName = false
      while (value.pos < value.end) {
        const part = value.readTag()
        value.skipValue()
        if (value.wire !== Wire.bytes) continue
        if (part === 1) isName = isText(bytes, value.valueStart, value.valueEnd, 'service.name')
        else if (part === 2 && isName) {
          value.reset(bytes, value.valueStart, value.valueEnd, base)
          if (value.pos < value.end && value.readTag() === 1 && value.wire === Wire.bytes) {
            value.readBytes()
            if (value.valueEnd > value.valueStart) {
              service = this.#reading.intake.services.add(bytes, value.valueStart, value.valueEnd, false)
            }
          }
          break
        }
      }
    }
    return service
  }

  /** Reads the span in `valueStart..valueEnd`; one that is broken is counted, and what follows it is read. */
  #readSpan(): void {
    const { valueStart, valueEnd, base, bytes } = this.#scanner
    const reading = this.#reading
    const { record } = reading
    reading.begin()
    this.#inner.reset(bytes, valueStart, valueEnd, base)
    try {
      this.#readSpanFields(record)
    } catch (thrown) {
      if (thrown !== needMore && thrown !== malformed) throw thrown
      reading.countUnreadable(base + valueStart)
      return
    }
    // An end of 0 is an end that was not set.
    if (record.endSeconds !== 0 || record.endNanos !== 0) record.timeFromEnd()
    record.scope = this.#scopes.current()
    reading.commit(base + valueStart, valueEnd - valueStart)
  }

  #readSpanFields(record: SpanRecord): void {
    const inner = this.#inner
    const { ids, time, intake } = this.#reading
    const { bytes, end } = inner
    while (inner.pos < end) {
      const field = inner.readTag()
      if (inner.wire === Wire.fixed64 && (field === 7 || field === 8)) {
        inner.readFixed64()
        time.readHalves(inner.high, inner.low)
        if (field === 7) {
          record.setStart(time)
        } else {
          record.endSeconds = time.seconds
          record.endNanos = time.nanos
        }
        continue
      }
      if (field === 6 && inner.wire === Wire.varint) {
        const kind = inner.readVarint()
        record.kind = kind <= SpanKind.consumer ? kind : SpanKind.unspecified
        continue
      }
      inner.skipValue()
      if (inner.wire !== Wire.bytes) continue
      const { valueStart, valueEnd } = inner
      switch (field) {
        case 1:
          ids.readRaw(bytes, valueStart, valueEnd, 16)
          record.setTraceId(ids)
          break
        case 2:
          ids.readRaw(bytes, valueStart, valueEnd, 8)
          record.setSpanId(ids)
          break
        case 4:
          ids.readRaw(bytes, valueStart, valueEnd, 8)
          record.setParentId(ids)
          break
        case 5:
          if (valueEnd > valueStart) record.name = intake.names.add(bytes, valueStart, valueEnd, false)
          break
        case 9:
          this.#readAttribute(record)
          break
        case 11:
          this.#readEvent(record)
          break
        case 13:
          record.linkCount++
          break
        case 15:
          this.#readStatus(record)
      }
    }
  }

  #readAttribute(record: SpanRecord): void {
    const { bytes, valueStart, valueEnd, base } = this.#inner
    // The key comes first, as every encoder writes it: its tag, its length below 128, its text.
    if (valueEnd - valueStart > 4 && bytes[valueStart] === 0x0a && bytes[valueStart + 1] < 0x80) {
      const key = valueStart + 2
      record.flags |= groupFlag(bytes, key, Math.min(key + bytes[valueStart + 1], valueEnd))
      return
    }
    const value = this.#value
    value.reset(bytes, valueStart, valueEnd, base)
    while (value.pos < valueEnd) {
      const field = value.readTag()
      value.skipValue()
      if (field === 1 && value.wire === Wire.bytes) {
        record.flags |= groupFlag(bytes, value.valueStart, value.valueEnd)
      }
    }
  }

  #readEvent(record: SpanRecord): void {
    const { bytes, valueStart, valueEnd, base } = this.#inner
    const { time } = this.#reading
    const value = this.#value
    let seconds = Number.NaN
    let nanos = 0
    value.reset(bytes, valueStart, valueEnd, base)
    while (value.pos < valueEnd) {
      const field = value.readTag()
      if (field === 1 && value.wire === Wire.fixed64) {
        value.readFixed64()
        time.readHalves(value.high, value.low)
        seconds = time.seconds
        nanos = time.nanos
        continue
      }
      value.skipValue()
      if (
        field === 2 &&
        value.wire === Wire.bytes &&
        isText(bytes, value.valueStart, value.valueEnd, 'exception')
      ) {
        record.flags |= SpanFlag.exception
      }
    }
    record.addEvent(seconds, nanos)
  }

  #readStatus(record: SpanRecord): void {
    const { bytes, valueStart, valueEnd, base } = this.#inner
    const value = this.#value
    value.reset(bytes, valueStart, valueEnd, base)
    while (value.pos < valueEnd) {
      const field = value.readTag()
      if (field !== 3 || value.wire !== Wire.varint) {
        value.skipValue()
        continue
      }
      const code = value.readVarint()
      if (code === 2) record.flags |= SpanFlag.error
      else if (code === 1) record.flags |= SpanFlag.ok
    }
  }
}

/** The role of a message that lies in a field of another; -1 = it is not one to go into. */
function childRole(role: number, field: number): number {
  if (role === Role.response) return field === 1 ? Role.traces : -1
  if (role === Role.traces) return field === 1 ? Role.resourceSpans : -1
  // 1000 is what scope_spans was called until 2022 (instrumentation_library_spans).
  if (role === Role.resourceSpans) return field === 2 || field === 1_000 ? Role.scopeSpans : -1
  return -1
}

/**
 * Reads the spans, resources and scopes of OTLP in JSON, with camel case or snake case keys, enums as numbers or names, ids in hex or
 * base64. Format: opentelemetry-proto, trace/v1. A thing in a list of spans that has neither id, name nor time is counted as unreadable.
 */
import { SpanFlag } from '#shared/trace/table'
import { UNKNOWN_SERVICE } from '#shared/trace/compact'
import { JsonKind, type JsonScanner, KeySet, malformed } from './json-scanner.ts'
import { OtlpScopes } from './otlp-scopes.ts'
import { noService, type Reading, type ResourceEntry } from './reading.ts'
import { passOverNoSpan } from './no-span.ts'
import { groupFlag, isText, readSpanKind, type SpanRecord } from './span-record.ts'

const SPAN_KEYS = new KeySet([
  ['traceId', 'trace_id'],
  ['spanId', 'span_id'],
  ['parentSpanId', 'parent_span_id'],
  'name',
  'kind',
  ['startTimeUnixNano', 'start_time_unix_nano'],
  ['endTimeUnixNano', 'end_time_unix_nano'],
  'attributes',
  'events',
  'links',
  'status',
  ['key', 'value', 'stringValue', 'intValue', 'timeUnixNano', 'code'],
])
const TRACE_ID = 0
const SPAN_ID = 1
const PARENT_ID = 2
const NAME = 3
const KIND = 4
const START = 5
const END = 6
const ATTRIBUTES = 7
const EVENTS = 8
const LINKS = 9
const STATUS = 10
/** Of an attribute, event or status: a bracket is missing, or one too many. */
const INNER = 11

/** Keys of a span: where one stands in an attribute or event, the brackets are wrong, and all that follows would go into this span. */
const OUTER_KEYS = [
  'parentSpanId',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'events',
  'links',
  'status',
  'spans',
  'scopeSpans',
]
const OUTER = 2
const ATTRIBUTE_KEYS = new KeySet(['key', 'value', OUTER_KEYS])
const EVENT_KEYS = new KeySet([['timeUnixNano', 'time_unix_nano'], 'name', OUTER_KEYS])
const STATUS_KEYS = new KeySet(['code'])
const RESOURCE_KEYS = new KeySet(['attributes'])
const VALUE_KEYS = new KeySet([['stringValue', 'string_value']])

const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

/** Reads spans of one document; the outline says when a resource or scope begins. */
export class OtlpJsonReader {
  readonly #reading: Reading
  readonly #scanner: JsonScanner
  readonly scopes: OtlpScopes

  constructor(reading: Reading, scanner: JsonScanner) {
    this.#reading = reading
    this.#scanner = scanner
    this.scopes = new OtlpScopes(reading, 'otlp-json')
  }

  /** Reads one span, or counts what stands in its place. */
  readSpan(): void {
    const scanner = this.#scanner
    const reading = this.#reading
    const { record, ids, time } = reading
    if (scanner.kind() !== JsonKind.object) {
      passOverNoSpan(reading, scanner)
      return
    }
    const { bytes } = scanner
    const start = scanner.pos
    reading.begin()
    scanner.sawEscape = false
    let known = false
    scanner.pos++
    while (!scanner.closes(CLOSE_OBJECT)) {
      const key = scanner.readKey(SPAN_KEYS)
      switch (key) {
        case TRACE_ID:
          if (!scanner.readText()) break
          ids.readTraceId(bytes, scanner.textStart, scanner.textEnd)
          record.setTraceId(ids)
          break
        case SPAN_ID:
          if (!scanner.readText()) break
          ids.readSpanId(bytes, scanner.textStart, scanner.textEnd)
          record.setSpanId(ids)
          known = true
          break
        case PARENT_ID:
          if (!scanner.readText()) break
          ids.readSpanId(bytes, scanner.textStart, scanner.textEnd)
          record.setParentId(ids)
          break
        case NAME:
          if (!scanner.readText() || !scanner.textIsString) break
          record.name = reading.intake.names.add(
            bytes,
            scanner.textStart,
            scanner.textEnd,
            scanner.textEscaped,
          )
          known = true
          break
        case KIND:
          if (scanner.readText()) record.kind = readSpanKind(bytes, scanner.textStart, scanner.textEnd)
          break
        case START:
          reading.startIsOdd = !scanner.readText()
          if (reading.startIsOdd) break
          reading.readStart(bytes, scanner.textStart, scanner.textEnd, 9)
          known = true
          break
        case END:
          if (!scanner.readText()) break
          time.read(bytes, scanner.textStart, scanner.textEnd, 9)
          record.endSeconds = time.seconds
          record.endNanos = time.nanos
          break
        case ATTRIBUTES:
          this.#readAttributes(record)
          break
        case EVENTS:
          this.#readEvents(record)
          break
        case LINKS:
          this.#countLinks(record)
          break
        case STATUS:
          this.#readStatus(record)
          break
        case INNER:
          throw malformed
        default:
          scanner.skipValue()
      }
    }
    if (!known) {
      reading.countUnreadable(scanner.base + start)
      return
    }
    // An end of 0 is an end that was not set.
    if (record.endSeconds !== 0 || record.endNanos !== 0) record.timeFromEnd()
    if (scanner.sawEscape) record.flags |= SpanFlag.escaped
    record.scope = this.scopes.current()
    reading.commit(scanner.base + start, scanner.pos - start)
  }

  /** Reads a resource; returns undefined when it is something else. */
  readResource(): ResourceEntry | undefined {
    const scanner = this.#scanner
    const reading = this.#reading
    if (scanner.kind() !== JsonKind.object) {
      scanner.skipValue()
      return undefined
    }
    const start = scanner.pos
    scanner.skipValue()
    const { bytes, base, pos } = scanner
    return reading.resourceOf(bytes, start, pos, base, () => {
      scanner.pos = start
      const service = this.#readServiceName()
      return service < 0 ? reading.intake.services.addString(UNKNOWN_SERVICE) : service
    })
  }

  /** Reads an instrumentation scope; returns undefined when it is something else. */
  readScope(): ResourceEntry | undefined {
    const scanner = this.#scanner
    const isObject = scanner.kind() === JsonKind.object
    const start = scanner.pos
    scanner.skipValue()
    if (!isObject) return undefined
    const { bytes, base, pos } = scanner
    return this.#reading.resourceOf(bytes, start, pos, base, noService)
  }

  #readAttributes(record: SpanRecord): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_ARRAY)) return
    while (!scanner.closes(CLOSE_ARRAY)) {
      if (!scanner.open(OPEN_OBJECT)) continue
      while (!scanner.closes(CLOSE_OBJECT)) {
        const key = scanner.readPairKey(ATTRIBUTE_KEYS)
        if (key === OUTER) throw malformed
        if (key !== 0) scanner.skipValue()
        else if (scanner.readText()) {
          const first = scanner.bytes[scanner.textStart]
          if (first === 0x64 || first === 0x6d) {
            record.flags |= groupFlag(scanner.bytes, scanner.textStart, scanner.textEnd)
          }
        }
      }
    }
  }

  #readEvents(record: SpanRecord): void {
    const scanner = this.#scanner
    const { time } = this.#reading
    const { bytes } = scanner
    if (!scanner.open(OPEN_ARRAY)) return
    while (!scanner.closes(CLOSE_ARRAY)) {
      if (!scanner.open(OPEN_OBJECT)) continue
      let seconds = Number.NaN
      let nanos = 0
      while (!scanner.closes(CLOSE_OBJECT)) {
        const key = scanner.readKey(EVENT_KEYS)
        if (key === OUTER) throw malformed
        if (key < 0) scanner.skipValue()
        else if (scanner.readText()) {
          if (key === 0) {
            time.read(bytes, scanner.textStart, scanner.textEnd, 9)
            seconds = time.seconds
            nanos = time.nanos
          } else if (isText(bytes, scanner.textStart, scanner.textEnd, 'exception')) {
            record.flags |= SpanFlag.exception
          }
        }
      }
      record.addEvent(seconds, nanos)
    }
  }

  #countLinks(record: SpanRecord): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_ARRAY)) return
    while (!scanner.closes(CLOSE_ARRAY)) {
      if (scanner.kind() === JsonKind.object) record.linkCount++
      scanner.skipValue()
    }
  }

  #readStatus(record: SpanRecord): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_OBJECT)) return
    while (!scanner.closes(CLOSE_OBJECT)) {
      if (scanner.readKey(STATUS_KEYS) !== 0) scanner.skipValue()
      else if (scanner.readText()) {
        const { bytes, textStart, textEnd } = scanner
        if (
          isText(bytes, textStart, textEnd, '2') ||
          isText(bytes, textStart, textEnd, 'STATUS_CODE_ERROR')
        ) {
          record.flags |= SpanFlag.error
        } else if (
          isText(bytes, textStart, textEnd, '1') ||
          isText(bytes, textStart, textEnd, 'STATUS_CODE_OK')
        ) {
          record.flags |= SpanFlag.ok
        }
      }
    }
  }

  #readServiceName(): number {
    const scanner = this.#scanner
    let service = -1
    scanner.expect(OPEN_OBJECT)
    while (!scanner.closes(CLOSE_OBJECT)) {
      if (scanner.readKey(RESOURCE_KEYS) !== 0) {
        scanner.skipValue()
        continue
      }
      if (!scanner.open(OPEN_ARRAY)) continue
      while (!scanner.closes(CLOSE_ARRAY)) {
        if (!scanner.open(OPEN_OBJECT)) continue
        let isName = false
        let value = -1
        while (!scanner.closes(CLOSE_OBJECT)) {
          const key = scanner.readPairKey(ATTRIBUTE_KEYS)
          if (key === 0 && scanner.readText()) {
            isName = isText(scanner.bytes, scanner.textStart, scanner.textEnd, 'service.name')
          } else if (key === 1) {
            scanner.kind()
            value = scanner.pos
            scanner.skipValue()
          } else if (key < 0) {
            scanner.skipValue()
          }
        }
        if (isName && value >= 0) service = this.#readStringAt(value, service)
      }
    }
    return service
  }

  /** Index of the service in the `{"stringValue":…}` at a place that was passed over. */
  #readStringAt(at: number, otherwise: number): number {
    const scanner = this.#scanner
    const after = scanner.pos
    let service = otherwise
    scanner.pos = at
    if (scanner.open(OPEN_OBJECT)) {
      while (!scanner.closes(CLOSE_OBJECT)) {
        if (scanner.readKey(VALUE_KEYS) !== 0) scanner.skipValue()
        else if (scanner.readText() && scanner.textEnd > scanner.textStart) {
          const { bytes, textStart, textEnd, textEscaped } = scanner
          service = this.#reading.intake.services.add(bytes, textStart, textEnd, textEscaped)
        }
      }
    }
    scanner.pos = after
    return service
  }
}

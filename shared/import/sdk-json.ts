/**
 * Reads what SDKs print on a console: Go's `stdouttrace` (`{"Name","SpanContext",…}`, which Docker Desktop also saves) and Python's
 * `ConsoleSpanExporter` (`{"name","context",…}`), one object after the other or in a list. Times are RFC 3339.
 * A thing without id, name and start is counted as unreadable.
 * Formats: stdouttrace in opentelemetry-go; `ReadableSpan.to_json` in opentelemetry-python.
 */
import { UNKNOWN_SERVICE } from '#shared/trace/compact'
import { SpanFlag } from '#shared/trace/table'
import { sdkServiceName } from './detail-sdk.ts'
import { readJsonValue } from './json-value.ts'
import { JsonKind, type JsonScanner, KeySet } from './json-scanner.ts'
import type { Reading, ResourceEntry } from './reading.ts'
import { groupFlag, isText, readSpanKind, type SpanRecord } from './span-record.ts'

const SPAN_KEYS = new KeySet([
  ['context', 'SpanContext'],
  'Parent',
  'parent_id',
  ['name', 'Name'],
  ['kind', 'SpanKind'],
  ['start_time', 'StartTime'],
  ['end_time', 'EndTime'],
  ['attributes', 'Attributes'],
  ['events', 'Events'],
  ['links', 'Links'],
  ['status', 'Status'],
  ['resource', 'Resource'],
  ['InstrumentationScope', 'InstrumentationLibrary'],
])
const CONTEXT = 0
const PARENT = 1
const PARENT_ID = 2
const NAME = 3
const KIND = 4
const START = 5
const END = 6
const ATTRIBUTES = 7
const EVENTS = 8
const LINKS = 9
const STATUS = 10
const RESOURCE = 11
const SCOPE = 12

const CONTEXT_KEYS = new KeySet([
  ['trace_id', 'TraceID'],
  ['span_id', 'SpanID'],
])
const ATTRIBUTE_KEYS = new KeySet(['Key'])
const EVENT_KEYS = new KeySet([
  ['timestamp', 'Time'],
  ['name', 'Name'],
])
const STATUS_KEYS = new KeySet([['status_code', 'Code']])
const NO_KEYS = new KeySet([])

const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

/** Reads spans of one document. */
export class SdkJsonReader {
  readonly #reading: Reading
  readonly #scanner: JsonScanner
  /** By the indexes of resource and instrumentation scope. */
  readonly #scopes = new Map<string, number>()

  constructor(reading: Reading, scanner: JsonScanner) {
    this.#reading = reading
    this.#scanner = scanner
  }

  /** Reads one span, or counts what stands in its place. */
  readSpan(): void {
    const scanner = this.#scanner
    const reading = this.#reading
    const { record, time, ids } = reading
    const { bytes } = scanner
    const start = scanner.pos
    reading.begin()
    scanner.sawEscape = false
    let known = false
    let resource: ResourceEntry | undefined
    let scope: ResourceEntry | undefined
    scanner.pos++
    while (!scanner.closes(CLOSE_OBJECT)) {
      const key = scanner.readKey(SPAN_KEYS)
      switch (key) {
        case CONTEXT:
          known = this.#readContext(record, false) || known
          break
        case PARENT:
          this.#readContext(record, true)
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
          if (!scanner.open(OPEN_ARRAY)) break
          while (!scanner.closes(CLOSE_ARRAY)) {
            if (scanner.kind() === JsonKind.object) record.linkCount++
            scanner.skipValue()
          }
          break
        case STATUS:
          this.#readStatus(record)
          break
        case RESOURCE:
          resource = this.#readEntry(true)
          break
        case SCOPE:
          scope = this.#readEntry(false)
          break
        default:
          scanner.skipValue()
      }
    }
    if (!known) {
      reading.countUnreadable(scanner.base + start)
      return
    }
    // A span that was printed before it ended has the year 1, or null.
    if (record.endSeconds > 0) record.timeFromEnd()
    if (scanner.sawEscape) record.flags |= SpanFlag.escaped
    record.scope = this.#scopeOf(resource, scope)
    reading.commit(scanner.base + start, scanner.pos - start)
  }

  #readContext(record: SpanRecord, isParent: boolean): boolean {
    const scanner = this.#scanner
    const { ids } = this.#reading
    const { bytes } = scanner
    let known = false
    if (!scanner.open(OPEN_OBJECT)) return false
    while (!scanner.closes(CLOSE_OBJECT)) {
      const key = scanner.readKey(CONTEXT_KEYS)
      if (key < 0 || (isParent && key === 0)) scanner.skipValue()
      else if (scanner.readText()) {
        const { textStart, textEnd } = scanner
        if (key === 0) {
          ids.readTraceId(bytes, textStart, textEnd)
          record.setTraceId(ids)
          continue
        }
        ids.readSpanId(bytes, textStart, textEnd)
        if (isParent) {
          record.setParentId(ids)
        } else {
          record.setSpanId(ids)
          known = true
        }
      }
    }
    return known
  }

  /** Python's are a map, Go's a list of pairs. */
  #readAttributes(record: SpanRecord): void {
    const scanner = this.#scanner
    const { bytes } = scanner
    if (scanner.kind() === JsonKind.object) {
      scanner.pos++
      while (!scanner.closes(CLOSE_OBJECT)) {
        scanner.readKey(NO_KEYS)
        record.flags |= groupFlag(bytes, scanner.textStart, scanner.textEnd)
        scanner.skipValue()
      }
      return
    }
    if (!scanner.open(OPEN_ARRAY)) return
    while (!scanner.closes(CLOSE_ARRAY)) {
      if (!scanner.open(OPEN_OBJECT)) continue
      while (!scanner.closes(CLOSE_OBJECT)) {
        if (scanner.readKey(ATTRIBUTE_KEYS) !== 0) scanner.skipValue()
        else if (scanner.readText()) record.flags |= groupFlag(bytes, scanner.textStart, scanner.textEnd)
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

  #readStatus(record: SpanRecord): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_OBJECT)) return
    while (!scanner.closes(CLOSE_OBJECT)) {
      if (scanner.readKey(STATUS_KEYS) !== 0) scanner.skipValue()
      else if (scanner.readText()) {
        const { bytes, textStart, textEnd } = scanner
        // `ERROR` and `Error`, `OK` and `Ok`, `UNSET` and `Unset`.
        const letter = textEnd > textStart ? bytes[textStart] | 0x20 : 0
        if (letter === 0x65) record.flags |= SpanFlag.error
        else if (letter === 0x6f) record.flags |= SpanFlag.ok
      }
    }
  }

  /** A resource, or an instrumentation scope; undefined when it is null. */
  #readEntry(isResource: boolean): ResourceEntry | undefined {
    const scanner = this.#scanner
    const reading = this.#reading
    const kind = scanner.kind()
    const start = scanner.pos
    scanner.skipValue()
    if (kind !== JsonKind.object && kind !== JsonKind.array) return undefined
    const { bytes, base, pos } = scanner
    return reading.resourceOf(bytes, start, pos, base, () => {
      const name = isResource ? sdkServiceName(readJsonValue(bytes, start, pos)) : undefined
      return name === undefined ? -1 : reading.intake.services.addString(name)
    })
  }

  #scopeOf(resource: ResourceEntry | undefined, scope: ResourceEntry | undefined): number {
    const key = `${resource?.index ?? -1} ${scope?.index ?? -1}`
    let index = this.#scopes.get(key)
    if (index === undefined) {
      const { intake, document } = this.#reading
      const service = resource?.service ?? -1
      index = intake.addScope({
        service: service < 0 ? intake.services.addString(UNKNOWN_SERVICE) : service,
        format: 'sdk-json',
        document,
        resource: resource?.range,
        scope: scope?.range,
      })
      this.#scopes.set(key, index)
    }
    return index
  }
}

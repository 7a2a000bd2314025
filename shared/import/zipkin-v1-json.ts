/**
 * Reads the spans of Zipkin v1 (until 2017, and what writes for it since): when a call began and ended is said by annotations, `cs` and
 * `cr` of the client, `sr` and `ss` of the server, and one object may hold both halves. Each half becomes a row of its own, as in v2.
 * A thing in a list of spans that has neither id, name nor time is counted as unreadable.
 * Format: https://zipkin.io/zipkin-api/ (v1), and `V1SpanConverter` in openzipkin/zipkin
 */
import { SpanFlag, SpanKind } from '#shared/trace/table'
import { type JsonScanner, KeySet } from './json-scanner.ts'
import type { Reading, ResourceEntry } from './reading.ts'
import { groupFlag, isText } from './span-record.ts'
import { readMicroseconds } from './time-reader.ts'
import { ZipkinEndpoints } from './zipkin-endpoints.ts'
import { CORE_ANNOTATIONS } from './zipkin-v1-annotations.ts'

const SPAN_KEYS = new KeySet([
  'traceId',
  'id',
  'parentId',
  'name',
  'timestamp',
  'duration',
  'annotations',
  'binaryAnnotations',
])
const TRACE_ID = 0
const SPAN_ID = 1
const PARENT_ID = 2
const NAME = 3
const START = 4
const DURATION = 5
const ANNOTATIONS = 6
const TAGS = 7

const ANNOTATION_KEYS = new KeySet(['timestamp', 'value', ['endpoint', 'host']])
const TAG_KEYS = new KeySet(['key', 'value', ['endpoint', 'host']])
const CORE_KEYS = new KeySet([...CORE_ANNOTATIONS])
/** Say where the other side is; `lc` names the service of a span without annotations. */
const ADDRESS_KEYS = new KeySet(['sa', 'ca', 'ma'])
const ERROR_KEYS = new KeySet(['error'])

const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

/** The halves of a call: by its kind, the CORE_ANNOTATIONS it begins and ends with. */
const HALVES: readonly (readonly [kind: number, first: number, last: number])[] = [
  [SpanKind.client, 0, 1],
  [SpanKind.server, 2, 3],
  [SpanKind.producer, 4, -1],
  [SpanKind.consumer, 5, -1],
]

interface Moment {
  readonly seconds: number
  readonly nanos: number
  readonly endpoint: ResourceEntry | undefined
}

/** Reads spans of one document. */
export class ZipkinV1JsonReader {
  readonly #reading: Reading
  readonly #scanner: JsonScanner
  readonly #endpoints: ZipkinEndpoints
  /** Of the span that is being read: the core annotations it has, the others, and the endpoint it belongs to without the former. */
  readonly #core: (Moment | undefined)[] = []
  readonly #events: Moment[] = []
  #endpoint: ResourceEntry | undefined

  constructor(reading: Reading, scanner: JsonScanner) {
    this.#reading = reading
    this.#scanner = scanner
    this.#endpoints = new ZipkinEndpoints(reading, scanner, 'zipkin-v1-json')
  }

  /** Reads one span, of one row or two, or counts what stands in its place. */
  readSpan(): void {
    const scanner = this.#scanner
    const reading = this.#reading
    const { record, ids } = reading
    const { bytes } = scanner
    const start = scanner.pos
    reading.begin()
    scanner.sawEscape = false
    this.#core.length = 0
    this.#events.length = 0
    this.#endpoint = undefined
    let known = false
    scanner.pos++
    while (!scanner.closes(CLOSE_OBJECT)) {
      const key = scanner.readKey(SPAN_KEYS)
      if (key === ANNOTATIONS) {
        this.#readAnnotations()
        continue
      }
      if (key === TAGS) {
        this.#readTags()
        continue
      }
      if (key < 0) {
        scanner.skipValue()
        continue
      }
      if (!scanner.readText()) continue
      const { textStart, textEnd, textEscaped, textIsString } = scanner
      if (key === TRACE_ID) {
        ids.readTraceId(bytes, textStart, textEnd)
        record.setTraceId(ids)
      } else if (key === SPAN_ID) {
        ids.readSpanId(bytes, textStart, textEnd)
        record.setSpanId(ids)
        known = true
      } else if (key === PARENT_ID) {
        ids.readSpanId(bytes, textStart, textEnd)
        record.setParentId(ids)
      } else if (key === NAME && textIsString) {
        if (textEnd > textStart)
          record.name = reading.intake.names.add(bytes, textStart, textEnd, textEscaped)
        known = true
      } else if (key === START) {
        reading.readStart(bytes, textStart, textEnd, 6)
        known = true
      } else if (key === DURATION) {
        record.duration = readMicroseconds(bytes, textStart, textEnd)
      }
    }
    if (!known) {
      reading.countUnreadable(scanner.base + start)
      return
    }
    if (scanner.sawEscape) record.flags |= SpanFlag.escaped
    this.#commit(scanner.base + start, scanner.pos - start)
  }

  #commit(byteStart: number, byteLength: number): void {
    const { record } = this.#reading
    const halves = HALVES.filter(
      ([, first, last]) => this.#core[first] !== undefined || (last >= 0 && this.#core[last] !== undefined),
    )
    if (halves.length === 0) {
      this.#addRow(this.#endpoint ?? this.#events[0]?.endpoint, false, byteStart, byteLength)
      return
    }
    const { startSeconds, startNanos, duration } = record
    for (const [at, [kind, first, last]] of halves.entries()) {
      const begin = this.#core[first]
      const end = last < 0 ? undefined : this.#core[last]
      record.kind = kind
      // What the span itself says of its time is of the first half.
      record.startSeconds = at === 0 ? startSeconds : Number.NaN
      record.startNanos = startNanos
      record.duration = at === 0 ? duration : Number.NaN
      if (begin !== undefined && Number.isNaN(record.startSeconds)) {
        record.startSeconds = begin.seconds
        record.startNanos = begin.nanos
      }
      if (end !== undefined && Number.isNaN(record.duration)) {
        record.endSeconds = end.seconds
        record.endNanos = end.nanos
        record.timeFromEnd()
      }
      const endpoint = begin?.endpoint ?? end?.endpoint ?? this.#endpoint
      this.#addRow(endpoint, halves.length > 1, byteStart, byteLength)
    }
  }

  /** Adds a row; of several, each has the annotations of its own service. */
  #addRow(endpoint: ResourceEntry | undefined, isHalf: boolean, byteStart: number, byteLength: number): void {
    const { record } = this.#reading
    record.eventCount = 0
    for (const { seconds, nanos, endpoint: own } of this.#events) {
      if (!isHalf || own === undefined || own.service === endpoint?.service) record.addEvent(seconds, nanos)
    }
    record.scope = this.#endpoints.scopeOf(endpoint)
    this.#reading.commit(byteStart, byteLength)
  }

  #readAnnotations(): void {
    const scanner = this.#scanner
    const { time } = this.#reading
    const { bytes } = scanner
    if (!scanner.open(OPEN_ARRAY)) return
    while (!scanner.closes(CLOSE_ARRAY)) {
      if (!scanner.open(OPEN_OBJECT)) continue
      let seconds = Number.NaN
      let nanos = 0
      let core = -1
      let endpoint: ResourceEntry | undefined
      while (!scanner.closes(CLOSE_OBJECT)) {
        const key = scanner.readKey(ANNOTATION_KEYS)
        if (key === 2) endpoint = this.#endpoints.read()
        else if (key < 0) scanner.skipValue()
        else if (scanner.readText()) {
          if (key === 1) core = CORE_KEYS.find(bytes, scanner.textStart, scanner.textEnd)
          else {
            time.read(bytes, scanner.textStart, scanner.textEnd, 6)
            seconds = time.seconds
            nanos = time.nanos
          }
        }
      }
      if (core < 0) this.#events.push({ seconds, nanos, endpoint })
      else this.#core[core] = { seconds, nanos, endpoint }
    }
  }

  #readTags(): void {
    const scanner = this.#scanner
    const { record } = this.#reading
    const { bytes } = scanner
    if (!scanner.open(OPEN_ARRAY)) return
    while (!scanner.closes(CLOSE_ARRAY)) {
      if (!scanner.open(OPEN_OBJECT)) continue
      let isAddress = false
      let isError = false
      let isFalse = false
      let endpoint: ResourceEntry | undefined
      while (!scanner.closes(CLOSE_OBJECT)) {
        const key = scanner.readKey(TAG_KEYS)
        if (key === 2) endpoint = this.#endpoints.read()
        else if (key < 0) scanner.skipValue()
        else if (scanner.readText()) {
          const { textStart, textEnd } = scanner
          if (key === 1) isFalse = isText(bytes, textStart, textEnd, 'false')
          else {
            record.flags |= groupFlag(bytes, textStart, textEnd)
            isAddress = ADDRESS_KEYS.find(bytes, textStart, textEnd) >= 0
            isError = ERROR_KEYS.find(bytes, textStart, textEnd) >= 0
          }
        }
      }
      if (isError && !isFalse) record.flags |= SpanFlag.error
      if (!isAddress) this.#endpoint ??= endpoint
    }
  }
}

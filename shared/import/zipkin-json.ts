/**
 * Reads the spans of Zipkin v2; microseconds become nanoseconds, a tag `error` an error status. Names come in lower case from Zipkin
 * and stay so. A thing in a list of spans that has neither id, name nor time is counted as unreadable.
 * Format: https://zipkin.io/zipkin-api/
 */
import { SpanFlag, SpanKind } from '#shared/trace/table'
import { JsonKind, type JsonScanner, KeySet } from './json-scanner.ts'
import type { Reading, ResourceEntry } from './reading.ts'
import { passOverNoSpan } from './no-span.ts'
import { groupFlag, isText, readSpanKind, type SpanRecord } from './span-record.ts'
import { readMicroseconds } from './time-reader.ts'
import { ZipkinEndpoints } from './zipkin-endpoints.ts'

const SPAN_KEYS = new KeySet([
  'traceId',
  'id',
  'parentId',
  'name',
  'kind',
  'timestamp',
  'duration',
  'localEndpoint',
  'annotations',
  'tags',
  'shared',
])
const TRACE_ID = 0
const SPAN_ID = 1
const PARENT_ID = 2
const NAME = 3
const KIND = 4
const START = 5
const DURATION = 6
const ENDPOINT = 7
const ANNOTATIONS = 8
const TAGS = 9
const SHARED = 10

const ANNOTATION_KEYS = new KeySet(['timestamp'])
const TAG_KEYS = new KeySet(['error'])

const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

/** Reads spans of one document. */
export class ZipkinJsonReader {
  readonly #reading: Reading
  readonly #scanner: JsonScanner
  readonly #endpoints: ZipkinEndpoints

  constructor(reading: Reading, scanner: JsonScanner) {
    this.#reading = reading
    this.#scanner = scanner
    this.#endpoints = new ZipkinEndpoints(reading, scanner, 'zipkin-json')
  }

  /** Reads one span, or counts what stands in its place. */
  readSpan(): void {
    const scanner = this.#scanner
    const reading = this.#reading
    const { record, ids } = reading
    if (scanner.kind() !== JsonKind.object) {
      passOverNoSpan(reading, scanner)
      return
    }
    const { bytes } = scanner
    const start = scanner.pos
    reading.begin()
    scanner.sawEscape = false
    let known = false
    let isShared = false
    let endpoint: ResourceEntry | undefined
    scanner.pos++
    while (!scanner.closes(CLOSE_OBJECT)) {
      const key = scanner.readKey(SPAN_KEYS)
      switch (key) {
        case ENDPOINT:
          endpoint = this.#endpoints.read() ?? endpoint
          break
        case ANNOTATIONS:
          this.#readAnnotations(record)
          break
        case TAGS:
          this.#readTags(record)
          break
        case -1:
          scanner.skipValue()
          break
        default: {
          if (!scanner.readText()) {
            reading.startIsOdd ||= key === START
            break
          }
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
          } else if (key === KIND) {
            record.kind = readSpanKind(bytes, textStart, textEnd)
          } else if (key === START) {
            reading.readStart(bytes, textStart, textEnd, 6)
            known = true
          } else if (key === DURATION) {
            record.duration = readMicroseconds(bytes, textStart, textEnd)
          } else if (key === SHARED) {
            isShared = isText(bytes, textStart, textEnd, 'true')
          }
        }
      }
    }
    if (!known) {
      reading.countUnreadable(scanner.base + start)
      return
    }
    // Only the server's half of a call is marked as shared.
    if (isShared && record.kind === SpanKind.unspecified) record.kind = SpanKind.server
    if (scanner.sawEscape) record.flags |= SpanFlag.escaped
    record.scope = this.#endpoints.scopeOf(endpoint)
    reading.commit(scanner.base + start, scanner.pos - start)
  }

  #readAnnotations(record: SpanRecord): void {
    const scanner = this.#scanner
    const { time } = this.#reading
    if (!scanner.open(OPEN_ARRAY)) return
    while (!scanner.closes(CLOSE_ARRAY)) {
      if (!scanner.open(OPEN_OBJECT)) continue
      let seconds = Number.NaN
      let nanos = 0
      while (!scanner.closes(CLOSE_OBJECT)) {
        if (scanner.readKey(ANNOTATION_KEYS) !== 0) scanner.skipValue()
        else if (scanner.readText()) {
          time.read(scanner.bytes, scanner.textStart, scanner.textEnd, 6)
          seconds = time.seconds
          nanos = time.nanos
        }
      }
      record.addEvent(seconds, nanos)
    }
  }

  #readTags(record: SpanRecord): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_OBJECT)) return
    while (!scanner.closes(CLOSE_OBJECT)) {
      const isError = scanner.readKey(TAG_KEYS) === 0
      record.flags |= groupFlag(scanner.bytes, scanner.textStart, scanner.textEnd)
      if (!isError) scanner.skipValue()
      else if (scanner.readText() && !isText(scanner.bytes, scanner.textStart, scanner.textEnd, 'false')) {
        record.flags |= SpanFlag.error
      }
    }
  }
}

/**
 * Reads the spans of Jaeger's JSON; microseconds become nanoseconds, tags that stand for OpenTelemetry fields become
 * those fields. Format: model/json in jaegertracing/jaeger. A thing in a list of spans that has neither id, name nor time is counted
 * as unreadable.
 */
import { SpanFlag } from '#shared/trace/table'
import { JaegerProcesses } from './jaeger-processes.ts'
import { JaegerTag } from './jaeger-tag.ts'
import { JsonKind, type JsonScanner, KeySet, malformed } from './json-scanner.ts'
import type { Reading } from './reading.ts'
import { passOverNoSpan } from './no-span.ts'
import { groupFlag, isText, readSpanKind, type SpanRecord } from './span-record.ts'
import { readMicroseconds } from './time-reader.ts'

const SPAN_KEYS = new KeySet([
  'traceID',
  'spanID',
  'parentSpanID',
  'operationName',
  'references',
  'startTime',
  'duration',
  'tags',
  'logs',
  'processID',
  'process',
  ['key', 'value', 'type', 'refType', 'fields', 'timestamp'],
])
const TRACE_ID = 0
const SPAN_ID = 1
const PARENT_ID = 2
const NAME = 3
const REFERENCES = 4
const START = 5
const DURATION = 6
const TAGS = 7
const LOGS = 8
const PROCESS_ID = 9
const PROCESS = 10
/** Of a tag, log or reference: a bracket is missing, or one too many. */
const INNER = 11

/** Keys of a span: where one stands in a tag, log or reference, the brackets are wrong, and all that follows would go into this span. */
const OUTER_KEYS = [
  'operationName',
  'references',
  'startTime',
  'duration',
  'tags',
  'logs',
  'processID',
  'processes',
]
const OUTER = 3
const TAG_KEYS = new KeySet(['key', 'value', [], OUTER_KEYS])
const LOG_KEYS = new KeySet(['timestamp', 'fields', [], OUTER_KEYS])
const REFERENCE_KEYS = new KeySet(['refType', 'traceID', 'spanID', OUTER_KEYS])

const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

/** Reads spans of one document, trace by trace. */
export class JaegerJsonReader {
  readonly #reading: Reading
  readonly #scanner: JsonScanner
  readonly processes: JaegerProcesses
  /** The id that the trace itself gives, for spans that give none. */
  readonly #traceId = new Uint32Array(4)
  readonly #tag = new JaegerTag()

  constructor(reading: Reading, scanner: JsonScanner) {
    this.#reading = reading
    this.#scanner = scanner
    this.processes = new JaegerProcesses(reading, scanner)
  }

  /** A new trace object begins: its processes are its own. */
  beginTrace(): void {
    this.processes.beginTrace()
    this.#traceId.fill(0)
  }

  /** Takes the trace's own id from the text that was just read. */
  setTraceId(): void {
    const { ids } = this.#reading
    const { bytes, textStart, textEnd } = this.#scanner
    ids.readTraceId(bytes, textStart, textEnd)
    this.#traceId.set([ids.w0, ids.w1, ids.w2, ids.w3])
  }

  /** Reads one span, or counts what stands in its place. */
  readSpan(): void {
    const scanner = this.#scanner
    const reading = this.#reading
    const { record } = reading
    if (scanner.kind() !== JsonKind.object) {
      passOverNoSpan(reading, scanner)
      return
    }
    const { bytes } = scanner
    const start = scanner.pos
    reading.begin()
    scanner.sawEscape = false
    let known = false
    let process = -1
    let references = -1
    let hasTraceId = false
    scanner.pos++
    while (!scanner.closes(CLOSE_OBJECT)) {
      const key = scanner.readKey(SPAN_KEYS)
      switch (key) {
        case TRACE_ID:
          hasTraceId = this.#readTraceId(record)
          break
        case SPAN_ID:
          if (!scanner.readText()) break
          reading.ids.readSpanId(bytes, scanner.textStart, scanner.textEnd)
          record.setSpanId(reading.ids)
          known = true
          break
        case PARENT_ID:
          if (!scanner.readText() || record.parentHigh !== 0 || record.parentLow !== 0) break
          reading.ids.readSpanId(bytes, scanner.textStart, scanner.textEnd)
          record.setParentId(reading.ids)
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
        case REFERENCES:
          // Whether a reference is the parent depends on the trace id, which may still come.
          if (hasTraceId) this.#readReferences(record)
          else {
            scanner.kind()
            references = scanner.pos
            scanner.skipValue()
          }
          break
        case START:
          reading.startIsOdd = !scanner.readText()
          if (reading.startIsOdd) break
          reading.readStart(bytes, scanner.textStart, scanner.textEnd, 6)
          known = true
          break
        case DURATION:
          if (scanner.readText())
            record.duration = readMicroseconds(bytes, scanner.textStart, scanner.textEnd)
          break
        case TAGS:
          this.#readTags(record)
          break
        case LOGS:
          this.#readLogs(record)
          break
        case PROCESS_ID:
          if (scanner.readText()) process = this.processes.idOf()
          break
        case PROCESS:
          record.scope = this.processes.readEmbedded()
          break
        case INNER:
          throw malformed
        default:
          scanner.skipValue()
      }
    }
    const end = scanner.pos
    if (!known) {
      reading.countUnreadable(scanner.base + start)
      return
    }
    if (!hasTraceId) {
      record.trace0 = this.#traceId[0]
      record.trace1 = this.#traceId[1]
      record.trace2 = this.#traceId[2]
      record.trace3 = this.#traceId[3]
    }
    if (references >= 0) {
      scanner.pos = references
      this.#readReferences(record)
      scanner.pos = end
    }
    if (scanner.sawEscape) record.flags |= SpanFlag.escaped
    if (record.scope < 0) record.scope = this.processes.scopeOf(process)
    reading.commit(scanner.base + start, end - start)
  }

  #readTraceId(record: SpanRecord): boolean {
    const { ids } = this.#reading
    const scanner = this.#scanner
    if (!scanner.readText() || scanner.textStart === scanner.textEnd) return false
    ids.readTraceId(scanner.bytes, scanner.textStart, scanner.textEnd)
    record.setTraceId(ids)
    return true
  }

  /** The parent is the first CHILD_OF within the trace, or else the first FOLLOWS_FROM; all others are links. */
  #readReferences(record: SpanRecord): void {
    const scanner = this.#scanner
    const { ids } = this.#reading
    const { bytes } = scanner
    if (!scanner.open(OPEN_ARRAY)) return
    let parent: 'none' | 'follows' | 'child' = 'none'
    while (!scanner.closes(CLOSE_ARRAY)) {
      if (!scanner.open(OPEN_OBJECT)) continue
      let isChild = true
      let isSameTrace = true
      let high = 0
      let low = 0
      while (!scanner.closes(CLOSE_OBJECT)) {
        const key = scanner.readKey(REFERENCE_KEYS)
        if (key === OUTER) throw malformed
        if (key < 0) scanner.skipValue()
        else if (scanner.readText()) {
          const { textStart, textEnd } = scanner
          if (key === 0) isChild = bytes[textStart] !== 0x46
          else if (key === 1) {
            ids.readTraceId(bytes, textStart, textEnd)
            isSameTrace =
              textStart === textEnd ||
              (ids.w3 === record.trace3 &&
                ids.w2 === record.trace2 &&
                ids.w1 === record.trace1 &&
                ids.w0 === record.trace0)
          } else {
            ids.readSpanId(bytes, textStart, textEnd)
            high = ids.w2
            low = ids.w3
          }
        }
      }
      if (high === 0 && low === 0) continue
      if (isSameTrace && (parent === 'none' || (parent === 'follows' && isChild))) {
        if (parent === 'follows') record.linkCount++
        record.parentHigh = high
        record.parentLow = low
        parent = isChild ? 'child' : 'follows'
      } else {
        record.linkCount++
      }
    }
    if (parent === 'follows') record.flags |= SpanFlag.followsFrom
  }

  /** Reads a tag however it is written; returns false where there is none. */
  #readTag(): boolean {
    const scanner = this.#scanner
    const tag = this.#tag
    if (!scanner.open(OPEN_OBJECT)) return false
    tag.clear()
    while (!scanner.closes(CLOSE_OBJECT)) {
      const key = scanner.readKey(TAG_KEYS)
      if (key === OUTER) throw malformed
      if (key < 0) scanner.skipValue()
      else if (scanner.readText()) {
        if (key === 0) {
          tag.keyStart = scanner.textStart
          tag.keyEnd = scanner.textEnd
        } else {
          tag.valueStart = scanner.textStart
          tag.valueEnd = scanner.textEnd
        }
      }
    }
    return true
  }

  #readTags(record: SpanRecord): void {
    const scanner = this.#scanner
    const tag = this.#tag
    const { bytes } = scanner
    if (!scanner.open(OPEN_ARRAY)) return
    while (!scanner.closes(CLOSE_ARRAY)) {
      if (!tag.readPlain(scanner) && !this.#readTag()) continue
      const { keyStart, keyEnd, valueStart, valueEnd } = tag
      switch (bytes[keyStart]) {
        case 0x64: // db.
        case 0x6d: // messaging.
          record.flags |= groupFlag(bytes, keyStart, keyEnd)
          break
        case 0x73:
          if (isText(bytes, keyStart, keyEnd, 'span.kind'))
            record.kind = readSpanKind(bytes, valueStart, valueEnd)
          break
        case 0x65:
          if (isText(bytes, keyStart, keyEnd, 'error') && isText(bytes, valueStart, valueEnd, 'true')) {
            record.flags |= SpanFlag.error
          }
          break
        case 0x6f:
          if (!isText(bytes, keyStart, keyEnd, 'otel.status_code')) break
          if (isText(bytes, valueStart, valueEnd, 'ERROR')) record.flags |= SpanFlag.error
          else if (isText(bytes, valueStart, valueEnd, 'OK')) record.flags |= SpanFlag.ok
      }
    }
  }

  #readLogs(record: SpanRecord): void {
    const scanner = this.#scanner
    const { time } = this.#reading
    const { bytes } = scanner
    if (!scanner.open(OPEN_ARRAY)) return
    while (!scanner.closes(CLOSE_ARRAY)) {
      if (!scanner.open(OPEN_OBJECT)) continue
      let seconds = Number.NaN
      let nanos = 0
      while (!scanner.closes(CLOSE_OBJECT)) {
        const key = scanner.readKey(LOG_KEYS)
        if (key === OUTER) throw malformed
        if (key === 0) {
          if (!scanner.readText()) continue
          time.read(bytes, scanner.textStart, scanner.textEnd, 6)
          seconds = time.seconds
          nanos = time.nanos
        } else if (key === 1) {
          if (this.#hasExceptionField()) record.flags |= SpanFlag.exception
        } else {
          scanner.skipValue()
        }
      }
      record.addEvent(seconds, nanos)
    }
  }

  #hasExceptionField(): boolean {
    const scanner = this.#scanner
    const tag = this.#tag
    const { bytes } = scanner
    let found = false
    if (!scanner.open(OPEN_ARRAY)) return false
    while (!scanner.closes(CLOSE_ARRAY)) {
      if (!tag.readPlain(scanner) && !this.#readTag()) continue
      if (
        isText(bytes, tag.keyStart, tag.keyEnd, 'event') &&
        isText(bytes, tag.valueStart, tag.valueEnd, 'exception')
      )
        found = true
    }
    return found
  }
}

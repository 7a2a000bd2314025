/** One span while it is read, before it becomes a row: half a span must leave no trace in the columns. */
import { SpanFlag, SpanKind } from '#shared/trace/table'
import type { IdReader } from './id-reader.ts'
import type { TimeReader } from './time-reader.ts'

/** In the year 2262: nanoseconds in 64 bits, as most clocks count them, go no further. */
const LAST_POSSIBLE_SECOND = 9_223_372_036

/** The fields of the span that is being read; one object serves all spans. Byte positions are in the scanner's array. */
export class SpanRecord {
  /** The trace id, 32 bits each, highest first. */
  trace0 = 0
  trace1 = 0
  trace2 = 0
  trace3 = 0
  idHigh = 0
  idLow = 0
  parentHigh = 0
  parentLow = 0
  startSeconds = Number.NaN
  startNanos = 0
  /** Of formats that say when a span ended rather than how long it took. */
  endSeconds = Number.NaN
  endNanos = 0
  /** Nanoseconds. */
  duration = Number.NaN
  /** Index into the names; -1 = it has none. */
  name = -1
  scope = -1
  kind: number = SpanKind.unspecified
  flags = 0
  linkCount = 0
  eventCount = 0
  /** Times of the events; NaN = none was recorded. */
  eventSeconds = new Float64Array(0)
  eventNanos = new Int32Array(0)

  /** Makes it a span of which nothing is known. */
  clear(): void {
    this.trace0 = 0
    this.trace1 = 0
    this.trace2 = 0
    this.trace3 = 0
    this.idHigh = 0
    this.idLow = 0
    this.parentHigh = 0
    this.parentLow = 0
    this.startSeconds = Number.NaN
    this.startNanos = 0
    this.endSeconds = Number.NaN
    this.endNanos = 0
    this.duration = Number.NaN
    this.name = -1
    this.scope = -1
    this.kind = SpanKind.unspecified
    this.flags = 0
    this.linkCount = 0
    this.eventCount = 0
  }

  /** Takes the trace id that was read last. */
  setTraceId({ w0, w1, w2, w3 }: IdReader): void {
    this.trace0 = w0
    this.trace1 = w1
    this.trace2 = w2
    this.trace3 = w3
  }

  /** Takes the span id that was read last. */
  setSpanId({ w2, w3 }: IdReader): void {
    this.idHigh = w2
    this.idLow = w3
  }

  /** Takes the span id that was read last as the parent's. */
  setParentId({ w2, w3 }: IdReader): void {
    this.parentHigh = w2
    this.parentLow = w3
  }

  /** Takes the start that was read last; one that cannot be true counts as unknown. */
  setStart({ seconds, nanos, isBeyond }: TimeReader): void {
    const isImpossible = isBeyond || seconds > LAST_POSSIBLE_SECOND
    this.startSeconds = isImpossible ? Number.NaN : seconds
    this.startNanos = nanos
    if (isImpossible) this.flags |= SpanFlag.impossibleStart
  }

  /** Adds an event. */
  addEvent(seconds: number, nanos: number): void {
    const at = this.eventCount++
    if (at === this.eventSeconds.length) {
      const capacity = Math.max(16, at * 2)
      const eventSeconds = new Float64Array(capacity)
      const eventNanos = new Int32Array(capacity)
      eventSeconds.set(this.eventSeconds)
      eventNanos.set(this.eventNanos)
      this.eventSeconds = eventSeconds
      this.eventNanos = eventNanos
    }
    this.eventSeconds[at] = seconds
    this.eventNanos[at] = nanos
  }

  /** Takes the duration from start and end, where there is none yet. */
  timeFromEnd(): void {
    this.duration = (this.endSeconds - this.startSeconds) * 1e9 + (this.endNanos - this.startNanos)
  }
}

/** The flag of an attribute's group, by its key. */
export function groupFlag(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start]
  if (first === 0x64) {
    // db.
    return end - start > 3 && bytes[start + 1] === 0x62 && bytes[start + 2] === 0x2e ? SpanFlag.database : 0
  }
  return first === 0x6d &&
    end - start > 10 &&
    bytes[start + 9] === 0x2e &&
    isText(bytes, start, start + 9, 'messaging')
    ? SpanFlag.messaging
    : 0
}

/** Whether [start, end) is an ASCII text. */
export function isText(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) return false
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false
  return true
}

/** A SpanKind from its OTLP number, its name in OTLP or Python, or the lower-case word of Jaeger and Zipkin. */
export function readSpanKind(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start]
  if (first >= 0x30 && first <= 0x39)
    return end - start === 1 && first <= 0x35 ? first - 0x30 : SpanKind.unspecified
  // `SPAN_KIND_SERVER`, `SpanKind.SERVER`
  const isLong = end - start > 10
  const at =
    isLong && bytes[start + 4] === 0x5f ? start + 10 : isLong && bytes[start + 8] === 0x2e ? start + 9 : start
  switch (bytes[at] | 0x20) {
    case 0x69:
      return SpanKind.internal
    case 0x73:
      return SpanKind.server
    case 0x70:
      return SpanKind.producer
    case 0x63:
      // `client` and `consumer`
      return (bytes[at + 1] | 0x20) === 0x6f ? SpanKind.consumer : SpanKind.client
    default:
      return SpanKind.unspecified
  }
}

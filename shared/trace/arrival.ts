/** Spans as documents bring them, before they are put in tree order: what importers write and `buildTrace` reads. */
import { release } from '#shared/base/release'

const FIRST_CAPACITY = 256

/**
 * One row per span that was read, of any trace, in order of arrival. The arrays are longer than `length`, and are replaced as they
 * grow: take them anew after `add`.
 */
export class ArrivedSpans {
  length = 0
  /** Number of events of all rows. */
  eventCount = 0

  /** Index of the trace, as the importer counts them. */
  trace = new Int32Array(FIRST_CAPACITY)
  /** Upper and lower 32 bits of the span id; 0,0 = it has none. */
  idHigh = new Uint32Array(FIRST_CAPACITY)
  idLow = new Uint32Array(FIRST_CAPACITY)
  /** Of the parent; 0,0 = a root. */
  parentHigh = new Uint32Array(FIRST_CAPACITY)
  parentLow = new Uint32Array(FIRST_CAPACITY)
  /** Whole seconds since 1970; NaN = no start was recorded. Kept apart from the rest because ns since 1970 do not fit a double. */
  startSeconds = new Float64Array(FIRST_CAPACITY)
  /** Nanoseconds within the second, 0 to 999,999,999. */
  startNanos = new Int32Array(FIRST_CAPACITY)
  /** Nanoseconds as recorded, also when negative; NaN = none was recorded. */
  duration = new Float64Array(FIRST_CAPACITY)
  /** Index into the importer's names. */
  name = new Int32Array(FIRST_CAPACITY)
  /** Index into the importer's scopes. */
  scope = new Int32Array(FIRST_CAPACITY)
  /** One of SpanKind. */
  kind = new Uint8Array(FIRST_CAPACITY)
  /** Bits of SpanFlag that the span itself decides: error, ok, followsFrom, database, messaging, exception. */
  flags = new Uint16Array(FIRST_CAPACITY)
  /** ByteStore address of the span's own text or message, and its length. */
  byteStart = new Float64Array(FIRST_CAPACITY)
  byteLength = new Uint32Array(FIRST_CAPACITY)
  /** The events of row i are `eventOffset[eventEnd[i - 1] .. eventEnd[i]]`. */
  eventEnd = new Int32Array(FIRST_CAPACITY)
  /** Nanoseconds from the start of its span; NaN = no time was recorded. */
  eventOffset = new Float64Array(FIRST_CAPACITY)
  linkCount = new Uint16Array(FIRST_CAPACITY)

  /** Makes a row of zeros without events and returns its index. */
  add(): number {
    const row = this.length
    if (row === this.trace.length) this.#grow(row * 2)
    this.length = row + 1
    this.eventEnd[row] = this.eventCount
    return row
  }

  /** Adds an event to the row that was added last. */
  addEvent(offset: number): void {
    if (this.eventCount === this.eventOffset.length) {
      this.eventOffset = grown(this.eventOffset, new Float64Array(this.eventCount * 2))
    }
    this.eventOffset[this.eventCount++] = offset
    this.eventEnd[this.length - 1] = this.eventCount
  }

  #grow(capacity: number): void {
    this.trace = grown(this.trace, new Int32Array(capacity))
    this.idHigh = grown(this.idHigh, new Uint32Array(capacity))
    this.idLow = grown(this.idLow, new Uint32Array(capacity))
    this.parentHigh = grown(this.parentHigh, new Uint32Array(capacity))
    this.parentLow = grown(this.parentLow, new Uint32Array(capacity))
    this.startSeconds = grown(this.startSeconds, new Float64Array(capacity))
    this.startNanos = grown(this.startNanos, new Int32Array(capacity))
    this.duration = grown(this.duration, new Float64Array(capacity))
    this.name = grown(this.name, new Int32Array(capacity))
    this.scope = grown(this.scope, new Int32Array(capacity))
    this.kind = grown(this.kind, new Uint8Array(capacity))
    this.flags = grown(this.flags, new Uint16Array(capacity))
    this.byteStart = grown(this.byteStart, new Float64Array(capacity))
    this.byteLength = grown(this.byteLength, new Uint32Array(capacity))
    this.eventEnd = grown(this.eventEnd, new Int32Array(capacity))
    this.linkCount = grown(this.linkCount, new Uint16Array(capacity))
  }
}

function grown<Column extends ArrayBufferView & { set(from: Column): void }>(
  from: Column,
  to: Column,
): Column {
  to.set(from)
  release(from)
  return to
}

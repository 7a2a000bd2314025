/** What the readers of one document share. */
import { getOrSet } from '#shared/base/get-or-set'
import type { ByteRange } from '#shared/trace/table'
import { IdReader } from './id-reader.ts'
import type { Intake } from './intake.ts'
import { MOST_PLACES, Places } from './places.ts'
import { isText, SpanRecord } from './span-record.ts'
import { TimeReader } from './time-reader.ts'

/** A resource, process or endpoint as a document describes it. */
export interface ResourceEntry {
  /** Index within the document. */
  readonly index: number
  readonly range: ByteRange
  /** Index into the services; -1 = it names none. */
  readonly service: number
}

/** Of what names no service. */
export const noService = (): number => -1

/** The document that is being read, and the tools to read it with. */
export class Reading {
  readonly intake: Intake
  /** Index of the document. */
  readonly document: number
  readonly ids = new IdReader()
  readonly time = new TimeReader()
  readonly record = new SpanRecord()
  /** Spans of this document. */
  spanCount = 0
  /** Spans with an id that is none. */
  oddIds = 0
  /** Things in the place of spans that could not be read. */
  unreadable = 0
  /** Where the first of them begin, as addresses. */
  readonly unreadableAt: number[] = []
  /** Spans whose start is written and is no time. */
  readonly oddTimes = new Places()
  /** Index of the trace of the last span; -1 before the first. */
  lastTrace = -1
  /** The start of the span that is being read is written, and is no time. */
  startIsOdd = false
  readonly #resources = new Map<number, ResourceEntry>()

  constructor(intake: Intake, document: number) {
    this.intake = intake
    this.document = document
  }

  /** A span begins: nothing is known of it. */
  begin(): void {
    this.record.clear()
    this.ids.sawOdd = false
    this.startIsOdd = false
  }

  /** Takes the start of the span, as TimeReader reads it. */
  readStart(bytes: Uint8Array, start: number, end: number, digits: number): void {
    const { time } = this
    time.read(bytes, start, end, digits)
    this.record.setStart(time)
    this.startIsOdd =
      Number.isNaN(time.seconds) && !time.isBeyond && end > start && !isText(bytes, start, end, 'null')
  }

  /** Makes a row of the record. */
  commit(byteStart: number, byteLength: number): void {
    this.intake.addSpan(this.record, byteStart, byteLength)
    this.lastTrace = this.intake.spans.trace[this.intake.spans.length - 1]
    this.spanCount++
    if (this.ids.sawOdd) this.oddIds++
    if (this.startIsOdd) this.oddTimes.add(byteStart)
  }

  /** Counts something in the place of a span that is none; `address` is where it begins. */
  countUnreadable(address: number): void {
    this.unreadable++
    if (this.unreadableAt.length < MOST_PLACES) this.unreadableAt.push(address)
  }

  /**
   * The entry for the bytes from `start` to before `end`, of which the first has the address `base` + `start`: that of the same bytes before, for
   * exporters repeat their resource with every batch, even with every span; else a new one, of the service that is read then.
   * Compared by two hashes and the length: a million different ones would collide once in ten thousand documents.
   */
  resourceOf(
    bytes: Uint8Array,
    start: number,
    end: number,
    base: number,
    readService: () => number,
  ): ResourceEntry {
    return getOrSet(this.#resources, contentKey(bytes, start, end), () => ({
      index: this.#resources.size,
      range: { start: base + start, end: base + end },
      service: readService(),
    }))
  }
}

/** Four words made from bytes: an id for what has none. */
export function contentHash(bytes: Uint8Array, start: number, end: number): readonly number[] {
  return [0, 1, 2, 3].map((seed) => {
    let word = 0x811c9dc5 + seed
    for (let i = start; i < end; i++) word = Math.imul(word ^ bytes[i], 0x01000193) ^ (word >>> 15)
    return word >>> 0
  })
}

function contentKey(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, length)
  let a = length
  let b = 0x811c9dc5
  const add = (word: number): void => {
    a = Math.imul(a ^ word, 0x9e3779b1)
    a ^= a >>> 15
    b = Math.imul(b ^ (b >>> 15) ^ word, 0x01000193)
  }
  let at = 0
  for (; at + 4 <= length; at += 4) add(view.getInt32(at, true))
  for (; at < length; at++) add(view.getUint8(at))
  return (a >>> 0) + (b >>> 12) * 2 ** 32
}

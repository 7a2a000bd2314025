/**
 * Reads Chrome's trace events (also Perfetto's JSON, and what many tools write for them): complete events `X`, pairs of `B` and `E`, and
 * of asynchronous `b` and `e`, become spans; a process is a service. They have no ids: spans are numbered, the trace id is made from the
 * first one, and the parent is the event that lies around on the same thread, which is known at the end of the document.
 * Instants, counters, flows and the like are counted. Format: "Trace Event Format", Google, 2016.
 */
import { SpanFlag } from '#shared/trace/table'
import { decodeUtf8 } from '#shared/base/byte-text'
import { nestSpans } from './chrome-nesting.ts'
import { JsonKind, type JsonScanner, KeySet } from './json-scanner.ts'
import type { Reading } from './reading.ts'
import { contentHash } from './reading.ts'
import { passOverNoSpan } from './no-span.ts'
import { groupFlag } from './span-record.ts'
import { unescapedText } from './text-interner.ts'
import { readMicroseconds } from './time-reader.ts'

const EVENT_KEYS = new KeySet(['ph', 'name', 'ts', 'dur', 'pid', 'tid', 'id', 'id2', 'cat', 'args'])
const PHASE = 0
const NAME = 1
const START = 2
const DURATION = 3
const PROCESS = 4
const THREAD = 5
const ID = 6
const ID2 = 7
const CATEGORY = 8
const ARGUMENTS = 9

const METADATA = new KeySet(['process_name', 'thread_name'])
const ARGUMENT_KEYS = new KeySet(['name'])
const ID2_KEYS = new KeySet([['local', 'global']])

const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** Reads events of one document. */
export class ChromeJsonReader {
  /** Events that are no spans, and are not shown. */
  leftOut = 0
  readonly #reading: Reading
  readonly #scanner: JsonScanner
  /** By process and thread. */
  readonly #scopes = new Map<string, number>()
  /** By process and thread, or process, category and id: the rows that have begun and not ended. */
  readonly #open = new Map<string, number[]>()
  /** Rows of asynchronous events, which lie in others of the same id, not of the same thread. */
  readonly #asynchronous: number[] = []
  #trace: readonly number[] | undefined
  #process = ''
  #thread = ''

  constructor(reading: Reading, scanner: JsonScanner) {
    this.#reading = reading
    this.#scanner = scanner
  }

  /** Reads one event, or counts what stands in its place. */
  readEvent(): void {
    const scanner = this.#scanner
    const reading = this.#reading
    const { record, time } = reading
    if (scanner.kind() !== JsonKind.object) {
      passOverNoSpan(reading, scanner)
      return
    }
    const { bytes } = scanner
    const start = scanner.pos
    reading.begin()
    scanner.sawEscape = false
    let phase = 0
    let metadata = -1
    let id = ''
    let category = ''
    let argument = ''
    let hasStart = false
    this.#process = ''
    this.#thread = ''
    scanner.pos++
    while (!scanner.closes(CLOSE_OBJECT)) {
      const key = scanner.readKey(EVENT_KEYS)
      if (key === ARGUMENTS) {
        argument = this.#readArguments()
        continue
      }
      if (key === ID2) {
        id = this.#readId2()
        continue
      }
      if (key < 0) {
        scanner.skipValue()
        continue
      }
      if (!scanner.readText()) continue
      const { textStart, textEnd, textEscaped } = scanner
      if (key === PHASE) phase = bytes[textStart]
      else if (key === NAME) {
        record.name = reading.intake.names.add(bytes, textStart, textEnd, textEscaped)
        metadata = METADATA.find(bytes, textStart, textEnd)
      } else if (key === START) {
        time.read(bytes, textStart, textEnd, 6)
        record.setStart(time)
        hasStart = true
      } else if (key === DURATION) record.duration = readMicroseconds(bytes, textStart, textEnd)
      else if (key === PROCESS) this.#process = decodeUtf8(bytes, textStart, textEnd)
      else if (key === THREAD) this.#thread = decodeUtf8(bytes, textStart, textEnd)
      else if (key === ID) id = decodeUtf8(bytes, textStart, textEnd)
      else if (key === CATEGORY) category = decodeUtf8(bytes, textStart, textEnd)
    }
    const end = scanner.pos
    if (scanner.sawEscape) record.flags |= SpanFlag.escaped
    // Of asynchronous events those belong together that have category and id in common.
    const isAsynchronous = phase === 0x62 || phase === 0x65 || phase === 0x53 || phase === 0x46
    const place = isAsynchronous
      ? `a ${this.#process} ${category} ${id}`
      : `t ${this.#process} ${this.#thread}`
    switch (phase) {
      // X, B, b, S
      case 0x58:
      case 0x42:
      case 0x62:
      case 0x53:
        if (!hasStart) {
          reading.countUnreadable(scanner.base + start)
          return
        }
        if (phase !== 0x58) record.duration = Number.NaN
        this.#commit(start, end, place, phase, isAsynchronous)
        break
      // E, e, F
      case 0x45:
      case 0x65:
      case 0x46:
        this.#close(place, hasStart)
        break
      // M
      case 0x4d:
        if (metadata >= 0 && argument !== '') this.#describe(metadata, argument, start, end)
        break
      case 0:
        reading.countUnreadable(scanner.base + start)
        break
      default:
        this.leftOut++
    }
  }

  /** The document is over: spans find their parents. */
  finish(): void {
    const { intake } = this.#reading
    nestSpans(intake.spans, new Set(this.#scopes.values()), new Set(this.#asynchronous))
  }

  #commit(start: number, end: number, place: string, phase: number, isAsynchronous: boolean): void {
    const reading = this.#reading
    const { record } = reading
    const { bytes, base } = this.#scanner
    this.#trace ??= contentHash(bytes, start, end)
    ;[record.trace0, record.trace1, record.trace2, record.trace3] = this.#trace
    record.idLow = reading.spanCount + 1
    record.scope = this.#scopeOf(this.#process, this.#thread)
    const open = this.#open.get(place) ?? []
    const outer = open.at(-1)
    if (isAsynchronous && outer !== undefined) record.parentLow = reading.intake.spans.idLow[outer]
    reading.commit(base + start, end - start)
    const row = reading.intake.spans.length - 1
    if (isAsynchronous) this.#asynchronous.push(row)
    if (phase === 0x58) return
    open.push(row)
    this.#open.set(place, open)
  }

  /** The span that began last in a place ends at the time in the record. */
  #close(place: string, hasTime: boolean): void {
    const { intake, record } = this.#reading
    const { spans } = intake
    const open = this.#open.get(place) ?? []
    // An end need not say its name; asynchronous ones of one id may end in any order.
    const named = open.findLastIndex((row) => spans.name[row] === record.name)
    const [row] = open.splice(named < 0 ? -1 : named, 1)
    if (row === undefined || !hasTime) {
      this.leftOut++
      return
    }
    spans.duration[row] =
      (record.startSeconds - spans.startSeconds[row]) * 1e9 + (record.startNanos - spans.startNanos[row])
  }

  /** The name in `args`, and what groups the keys in it are of. */
  #readArguments(): string {
    const scanner = this.#scanner
    const { record } = this.#reading
    let name = ''
    if (!scanner.open(OPEN_OBJECT)) return name
    while (!scanner.closes(CLOSE_OBJECT)) {
      const key = scanner.readKey(ARGUMENT_KEYS)
      record.flags |= groupFlag(scanner.bytes, scanner.textStart, scanner.textEnd)
      if (key !== 0) scanner.skipValue()
      else if (scanner.readText()) name = unescapedText(scanner.bytes, scanner.textStart, scanner.textEnd)
    }
    return name
  }

  #readId2(): string {
    const scanner = this.#scanner
    let id = ''
    if (!scanner.open(OPEN_OBJECT)) return id
    while (!scanner.closes(CLOSE_OBJECT)) {
      if (scanner.readKey(ID2_KEYS) !== 0) scanner.skipValue()
      else if (scanner.readText()) id = decodeUtf8(scanner.bytes, scanner.textStart, scanner.textEnd)
    }
    return id
  }

  /** A process, or the thread, has a name; threads that it has had before get it too. */
  #describe(metadata: number, name: string, start: number, end: number): void {
    const { intake } = this.#reading
    const { base } = this.#scanner
    const range = { start: base + start, end: base + end }
    if (metadata === 1) {
      intake.scopes[this.#scopeOf(this.#process, this.#thread)].scope = range
      return
    }
    this.#processes.set(this.#process, { name, range })
    for (const [key, index] of this.#scopes) {
      if (!key.startsWith(`${this.#process}\n`)) continue
      intake.scopes[index].resource = range
      intake.scopes[index].service = intake.services.addString(name)
    }
  }

  readonly #processes = new Map<string, { name: string; range: { start: number; end: number } }>()

  #scopeOf(process: string, thread: string): number {
    const key = `${process}\n${thread}`
    let index = this.#scopes.get(key)
    if (index === undefined) {
      const { intake, document } = this.#reading
      const known = this.#processes.get(process)
      index = intake.addScope({
        service: intake.services.addString(
          known?.name ?? (process === '' ? 'process' : `process ${process}`),
        ),
        format: 'chrome-json',
        document,
        resource: known?.range,
        scope: undefined,
      })
      this.#scopes.set(key, index)
    }
    return index
  }
}

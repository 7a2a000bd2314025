/**
 * Finds the spans in a JSON document, whichever of the known shapes it has, and hands each to the reader of its format. What stands
 * outside of spans is walked with a stack of frames, so that reading can stop at any byte and go on with the next chunk.
 *
 * ```
 *   document  {"data":[ {"traceID", "spans":[…], "processes":{…}} ]}        Jaeger
 *             {"resourceSpans":[ {"resource", "scopeSpans":[ {"scope", "spans":[…]} ]} ]}     OTLP; `batches`: Tempo
 *             {"result":{"resourceSpans":…}}   {"trace":{"resourceSpans":…}, "status", "message"}
 *             [ span… ]   [[ span… ]]                                       Zipkin
 *             span…   [ span… ]                                             what SDKs print
 *             {"traceEvents":[ event… ]}   [ event…                         Chrome
 *   and any number of these one after the other, on lines or not.
 * ```
 */
import { getOrSet } from '#shared/base/get-or-set'
import { ChromeJsonReader } from './chrome-json.ts'
import { DocumentWords } from './document-words.ts'
import type { UnitReader } from './feed.ts'
import { JaegerJsonReader } from './jaeger-json.ts'
import {
  bracketOf,
  DOCUMENT_KEY,
  ENVELOPE_KEYS,
  EnvelopeKey,
  LINE_KEYS,
  NO_KEYS,
  RESOURCE_ENTRY_KEYS,
  Role,
  SCOPE_ENTRY_KEYS,
} from './json-keys.ts'
import { PassOver } from './json-pass-over.ts'
import { DEEPEST, JsonScanner, KeySet, malformed, needMore } from './json-scanner.ts'
import { OtlpJsonReader } from './otlp-json.ts'
import { MOST_PLACES, Places } from './places.ts'
import type { Reading } from './reading.ts'
import { SdkJsonReader } from './sdk-json.ts'
import { endOfSpan, findNextSpan, tellShape, tryTellShape } from './json-shape.ts'
import { ZipkinJsonReader } from './zipkin-json.ts'
import { ZipkinV1JsonReader } from './zipkin-v1-json.ts'

/** A span longer than this is left out: it would have to lie in one array. */
const LONGEST_UNIT = 2 ** 28
/** A span longer than this that does not end is looked into for the next one. */
const LONG_UNIT = 2 ** 16
/** How far apart the beginnings of two spans may lie for reading to go on after a place that is broken. */
const LONGEST_SEARCH = 2 ** 26

const SHAPE_FORMATS = {
  zipkin: 'Zipkin v2 JSON',
  'zipkin-v1': 'Zipkin v1 JSON',
  jaeger: 'Jaeger JSON',
  otlp: 'OTLP JSON',
  go: 'Go SDK JSON',
  python: 'Python SDK JSON',
  chrome: 'Chrome trace JSON',
  other: '',
} as const

/** Within OTLP a line that begins with one of these is the next document. */
const NEXT_LINE = new KeySet([LINE_KEYS])

/** Nested lists that are looked into: `[[span]]`. */
const DEEPEST_LIST = 3

/** Reads a JSON document in chunks. */
export class JsonOutline implements UnitReader {
  readonly words = new DocumentWords()
  /** Where the document first stopped making sense outside of spans, as addresses. */
  readonly brokenAt: number[] = []
  /** How often it did. */
  broken = 0
  /** From where on nothing could be read any more, as an address; -1 = it could to the end. */
  lostFrom = -1
  /** Spans left out because they are longer than 256 MB. */
  tooLarge = 0

  /** What stands in the place of something else, such as `“scopeSpans” is not a list`, and where. */
  readonly odd = new Map<string, Places>()

  /** Objects by themselves or in a list of which no key is known. */
  readonly unknown = new Places()

  readonly #reading: Reading
  readonly #scanner = new JsonScanner()
  readonly #jaeger: JaegerJsonReader
  readonly #otlp: OtlpJsonReader
  readonly #zipkin: ZipkinJsonReader
  readonly #zipkinV1: ZipkinV1JsonReader
  readonly #sdk: SdkJsonReader
  readonly #chrome: ChromeJsonReader
  readonly #roles: number[] = [Role.document]
  /** So many frames were open at once. */
  #deepestRole = 1
  /** Where the object began that is being read and of which no key is known so far, as an address; -1 = it has no key, or one that is. */
  #unknownAt = -1
  /** Likewise, while no key of it was read. */
  #objectAt = -1
  /** Where the unit begins that is being read. */
  #unit = 0
  /** Where the document begins that is being read, as an address. */
  #documentAt = 0
  /** What follows the last place that was broken has not been found yet. */
  #searching = false
  #isLast = false
  readonly #passOver = new PassOver()

  constructor(reading: Reading) {
    this.#reading = reading
    this.#jaeger = new JaegerJsonReader(reading, this.#scanner)
    this.#otlp = new OtlpJsonReader(reading, this.#scanner)
    this.#zipkin = new ZipkinJsonReader(reading, this.#scanner)
    this.#zipkinV1 = new ZipkinV1JsonReader(reading, this.#scanner)
    this.#sdk = new SdkJsonReader(reading, this.#scanner)
    this.#chrome = new ChromeJsonReader(reading, this.#scanner)
  }

  /** Whether everything that was opened has been closed; the list of a program that Chrome traced may lack its bracket. */
  get isComplete(): boolean {
    const isOpenList = this.#roles.length === 2 && this.words.format === SHAPE_FORMATS.chrome
    return (this.#roles.length === 1 || isOpenList) && !this.#passOver.isActive
  }

  read(bytes: Uint8Array, start: number, end: number, base: number): number {
    const scanner = this.#scanner
    scanner.reset(bytes, start, end, base)
    this.#unit = start
    for (;;) {
      try {
        for (;;) {
          this.#unit = scanner.pos
          if (!this.#passOver.isActive) this.#step()
          else {
            this.#passOver.goOn(scanner)
            this.#unit = scanner.pos
            if (this.#passOver.isActive) throw needMore
          }
        }
      } catch (thrown) {
        if (thrown !== needMore && thrown !== malformed) throw thrown
        if (thrown === malformed || this.#searching || this.#isSuspicious(end)) {
          if (this.#recover(thrown === malformed)) continue
        } else if (this.#leaveOut(end)) {
          continue
        }
        return this.#unit
      }
    }
  }

  /** What is read next is the last there is. */
  expectEnd(): void {
    this.#isLast = true
  }

  /** Nothing more will come; `held` bytes are left, the first of them at `address`. */
  finish(held: number, address: number): void {
    if (held > 0 && this.#searching) this.lostFrom = address
    this.words.finish(this.#reading.unreadable === 0)
    this.#chrome.finish()
  }

  /** Where values are nested deeper than anybody looks into them. */
  get deep(): Places {
    return this.#scanner.deep
  }

  /** Whether all of it was passed, and no more than so many brackets stand open at once anywhere. */
  isWithin(depth: number): boolean {
    const wasAllPassed = this.broken === 0 && this.lostFrom < 0 && this.#reading.unreadable === 0
    return wasAllPassed && this.deep.count === 0 && this.#deepestRole + DEEPEST <= depth
  }

  /** Events that are no spans, and are not shown. */
  get leftOut(): number {
    return this.#chrome.leftOut
  }

  /** Processes that spans belong to and that have not been described (yet). */
  get undescribed(): number {
    return this.#jaeger.processes.undescribed
  }

  /** Reads one unit: a key with the opening of its value, a span, the end of a frame. */
  #step(): void {
    const scanner = this.#scanner
    const role = this.#roles[this.#roles.length - 1]
    if (role === Role.document) {
      this.#enterDocument()
      return
    }
    const next = scanner.peek()
    this.#unit = scanner.pos
    if (next === 0x7d || next === 0x5d) {
      scanner.pos++
      this.#close(next)
      return
    }
    switch (role) {
      case Role.envelope:
        this.#envelopeKey()
        break
      case Role.processes:
        scanner.readKey(NO_KEYS)
        this.#jaeger.processes.readProcess()
        break
      case Role.resourceEntry:
        this.#resourceEntryKey()
        break
      case Role.scopeEntry:
        this.#scopeEntryKey()
        break
      case Role.list:
        this.#listElement()
        break
      case Role.jaegerTraces:
        if (this.#strayList()) break
        if (this.#enter(0x7b, Role.envelope)) this.#jaeger.beginTrace()
        else this.words.hasDataList = false
        break
      case Role.jaegerSpans:
        this.#jaeger.readSpan()
        break
      case Role.resourceSpans:
        if (!this.#strayList() && this.#enterEntry('resourceSpans', Role.resourceEntry))
          this.#otlp.scopes.beginResource()
        break
      case Role.scopeSpans:
        if (!this.#strayList() && this.#enterEntry('scopeSpans', Role.scopeEntry))
          this.#otlp.scopes.beginScope()
        break
      case Role.chromeEvents:
        this.#chrome.readEvent()
        break
      default:
        this.#otlp.readSpan()
    }
  }

  /** Closes the frame that the bracket belongs to, and those within it whose own bracket is missing. */
  #close(bracket: number): void {
    const roles = this.#roles
    let at = roles.length - 1
    while (at > 0 && bracketOf(roles[at]) !== bracket) at--
    if (at < roles.length - 1) this.#markBroken(this.#scanner.base + this.#unit)
    // A bracket too many: what it closes was closed already.
    if (at === 0) return
    while (roles.length > at) {
      const role = roles.pop()
      // What stands by itself after this has neither its processes nor its resource.
      if (role === Role.envelope) {
        this.#scanner.lineKeys = undefined
        this.#jaeger.beginTrace()
        if (this.#unknownAt >= 0) this.unknown.add(this.#unknownAt)
        this.#unknownAt = -1
      } else if (role === Role.resourceEntry) this.#otlp.scopes.beginResource()
    }
  }

  #enterDocument(): void {
    const scanner = this.#scanner
    const next = scanner.peek()
    this.#unit = scanner.pos
    this.#documentAt = scanner.base + scanner.pos
    if (next === 0x7b) this.#object()
    else if (next === 0x5b) this.#enter(0x5b, Role.list)
    // A bracket too many: what it closed was closed already.
    else if (next === 0x7d || next === 0x5d) scanner.pos++
    else throw malformed
  }

  #listElement(): void {
    const scanner = this.#scanner
    const next = scanner.peek()
    if (next === 0x7b) this.#object()
    else if (next === 0x5b && this.#roles.length <= DEEPEST_LIST) this.#enter(0x5b, Role.list)
    else {
      const offset = scanner.base + scanner.pos
      this.#passOver.begin(this.#scanner)
      if (next !== 0x5b) this.#reading.countUnreadable(offset)
    }
  }

  /** An object by itself or in a list: a span of some format, or something that holds spans. */
  #object(): void {
    const address = this.#scanner.base + this.#scanner.pos
    const shape = tellShape(this.#scanner)
    const before = this.#reading.spanCount
    if (shape === 'zipkin') this.#zipkin.readSpan()
    else if (shape === 'zipkin-v1') this.#zipkinV1.readSpan()
    else if (shape === 'go' || shape === 'python') this.#sdk.readSpan()
    else if (shape === 'chrome') this.#chrome.readEvent()
    else if (shape === 'jaeger') this.#jaeger.readSpan()
    else if (shape === 'otlp') this.#otlp.readSpan()
    else if (this.#enter(0x7b, Role.envelope)) {
      this.#jaeger.beginTrace()
      this.#objectAt = address
      this.#unknownAt = -1
    }
    if (this.#reading.spanCount > before) this.words.setFormat(SHAPE_FORMATS[shape])
  }

  /** A bracket too many ended a list of spans, and its other spans stand here: goes back into such a list. */
  #strayList(): boolean {
    if (this.#scanner.peek() !== 0x7b) return false
    const shape = tryTellShape(this.#scanner)
    if (shape !== 'jaeger' && shape !== 'otlp') return false
    this.#roles.push(shape === 'jaeger' ? Role.jaegerSpans : Role.otlpSpans)
    return true
  }

  #envelopeKey(): void {
    const scanner = this.#scanner
    const key = scanner.readKey(ENVELOPE_KEYS)
    if (this.#roles.length <= DEEPEST_LIST) this.words.addKey(scanner)
    if (
      key === EnvelopeKey.resourceSpans ||
      key === EnvelopeKey.batches ||
      key === EnvelopeKey.resourceLogs ||
      key === EnvelopeKey.resourceMetrics
    )
      scanner.lineKeys = NEXT_LINE
    const next = scanner.peek()
    // A message alone says nothing of traces.
    if (key === EnvelopeKey.message || key === -1) this.#unknownAt = Math.max(this.#unknownAt, this.#objectAt)
    else this.#unknownAt = -1
    // Known once, it stays so.
    if (this.#unknownAt < 0) this.#objectAt = -1
    switch (key) {
      case EnvelopeKey.data:
        if (next === 0x7b) this.#enterEnvelope('')
        else if (this.#enter(0x5b, Role.jaegerTraces)) this.words.hasDataList ||= this.#roles.length === 3
        break
      case EnvelopeKey.resourceSpans:
        if (this.#enterList('resourceSpans', Role.resourceSpans)) this.words.setFormat('OTLP JSON')
        break
      case EnvelopeKey.batches:
        if (this.#enter(0x5b, Role.resourceSpans)) this.words.setFormat('Tempo JSON')
        break
      case EnvelopeKey.result:
        this.#enterEnvelope('Jaeger JSON (v3)')
        break
      case EnvelopeKey.trace:
        this.#enterEnvelope('Tempo JSON')
        break
      case EnvelopeKey.spans:
        if (this.#enter(0x5b, Role.jaegerSpans)) this.words.setFormat('Jaeger JSON')
        break
      case EnvelopeKey.processes:
        if (this.#enter(0x7b, Role.processes)) this.words.setFormat('Jaeger JSON')
        break
      case EnvelopeKey.traceEvents:
        if (this.#enter(0x5b, Role.chromeEvents)) this.words.setFormat(SHAPE_FORMATS.chrome)
        break
      case EnvelopeKey.traceId:
        if (scanner.readText()) this.#jaeger.setTraceId()
        break
      case EnvelopeKey.error:
        this.words.readError(scanner)
        break
      case EnvelopeKey.status:
        this.words.readStatus(scanner)
        break
      case EnvelopeKey.message:
        this.words.readMessage(scanner)
        break
      case EnvelopeKey.resourceLogs:
        this.words.logs++
        this.#passOver.begin(this.#scanner)
        break
      case EnvelopeKey.resourceMetrics:
        this.words.metrics++
        this.#passOver.begin(this.#scanner)
        break
      default:
        this.#passOver.begin(this.#scanner)
    }
  }

  #resourceEntryKey(): void {
    const key = this.#scanner.readKey(RESOURCE_ENTRY_KEYS)
    if (key === 0) this.#otlp.scopes.setResource(this.#otlp.readResource())
    else if (key === 1) this.#enterList('scopeSpans', Role.scopeSpans)
    else if (key === DOCUMENT_KEY) this.#leaveUnclosed()
    else this.#passOver.begin(this.#scanner)
  }

  #scopeEntryKey(): void {
    const key = this.#scanner.readKey(SCOPE_ENTRY_KEYS)
    if (key === 0) this.#otlp.scopes.setScope(this.#otlp.readScope())
    else if (key === 1) this.#enterList('spans', Role.otlpSpans)
    else if (key === DOCUMENT_KEY) this.#leaveUnclosed()
    else this.#passOver.begin(this.#scanner)
  }

  /** The document on this line stands within one before it that lacks its brackets: leaves that, and reads the key anew. */
  #leaveUnclosed(): void {
    this.#markBroken(this.#documentAt)
    this.#beginAnew()
    this.#documentAt = this.#scanner.base + this.#unit
    this.#roles.push(Role.envelope)
    this.#scanner.pos = this.#unit
  }

  /** Nothing is open any more, and what comes has neither processes nor a resource. */
  #beginAnew(): void {
    this.#roles.length = 1
    this.#scanner.lineKeys = undefined
    this.#jaeger.beginTrace()
    this.#otlp.scopes.beginResource()
  }

  #enterEnvelope(format: string): void {
    if (!this.#enter(0x7b, Role.envelope)) return
    this.#jaeger.beginTrace()
    if (format !== '') this.words.setFormat(format)
  }

  /** Opens an object or array; a value of another kind is passed over. */
  #enter(bracket: number, role: number): boolean {
    const scanner = this.#scanner
    if (scanner.peek() !== bracket) {
      this.#passOver.begin(this.#scanner)
      return false
    }
    scanner.pos++
    this.#deepestRole = Math.max(this.#deepestRole, this.#roles.push(role))
    return true
  }

  /** Opens the list under a key; what is no list is passed over, and told unless it is null. */
  #enterList(key: string, role: number): boolean {
    return this.#enterOrTell(0x5b, role, `“${key}” is not a list`)
  }

  /** Opens an entry of the list under a key. */
  #enterEntry(key: string, role: number): boolean {
    return this.#enterOrTell(0x7b, role, `an entry of “${key}” is not an object`)
  }

  #enterOrTell(bracket: number, role: number, words: string): boolean {
    const scanner = this.#scanner
    const next = scanner.peek()
    const address = scanner.base + scanner.pos
    if (this.#enter(bracket, role)) return true
    if (next !== 0x6e) getOrSet(this.odd, words, () => new Places()).add(address)
    return false
  }

  /** Leaves a span out that is too long to be put together; returns whether it did. */
  #leaveOut(end: number): boolean {
    if (this.#passOver.isActive || end - this.#unit < LONGEST_UNIT) return false
    const scanner = this.#scanner
    scanner.pos = this.#unit
    if (scanner.peek() === 0x22 && this.#roles[this.#roles.length - 1] < Role.list) {
      scanner.readKey(NO_KEYS)
      scanner.peek()
    }
    this.#passOver.begin(this.#scanner)
    this.tooLarge++
    return true
  }

  /** A span that does not end may be long, or lack a bracket or quote. */
  #isSuspicious(end: number): boolean {
    return !this.#passOver.isActive && (this.#isLast || end - this.#unit > LONG_UNIT)
  }

  /**
   * Finds where reading can go on after `#unit`, which is broken, or seems to be because it does not end. Returns false when that lies
   * beyond the bytes there are.
   */
  #recover(isBroken: boolean): boolean {
    const scanner = this.#scanner
    const { bytes, end, base } = scanner
    const unit = this.#unit
    const role = this.#roles[this.#roles.length - 1]
    const inSpans =
      role === Role.jaegerSpans ||
      role === Role.otlpSpans ||
      role === Role.chromeEvents ||
      role === Role.list ||
      role === Role.document
    const found = findNextSpan(scanner, unit + 1)
    const ownEnd = inSpans && isBroken ? endOfSpan(scanner, unit, found.at) : -1
    scanner.reset(bytes, unit, end, base)
    // It does not end, and holds no other span: it is long, or cut off.
    if (found.at < 0 && !isBroken && !this.#searching) return this.#leaveOut(end)
    this.#searching = false
    if (ownEnd >= 0) {
      this.#reading.countUnreadable(base + unit)
      scanner.pos = ownEnd
      return true
    }
    if (found.at >= 0) {
      // What is broken then lies before it: the line was cut off.
      const isLineEnd = bytes[unit] <= 0x20 || bytes[unit] === 0x2c
      if (isLineEnd) this.#markBroken(base + unit - 1)
      else if (inSpans && role !== Role.document) this.#reading.countUnreadable(base + unit)
      else this.#markBroken(base + unit)
      scanner.pos = found.at
      if (found.isDocument) {
        this.#beginAnew()
      } else if (!inSpans) {
        this.#roles.push(found.isJaeger ? Role.jaegerSpans : Role.otlpSpans)
      }
      return true
    }
    this.#searching = true
    // What comes may still begin in the last bytes; before them there is nothing.
    if (end - unit > LONGEST_SEARCH) {
      this.#markBroken(base + unit)
      this.#unit = end - 65_536
    }
    return false
  }

  #markBroken(address: number): void {
    this.broken++
    if (this.brokenAt.length < MOST_PLACES) this.brokenAt.push(address)
  }
}

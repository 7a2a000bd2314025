/**
 * Finds the spans in a JSON document, whichever of the known shapes it has, and hands each to the reader of its format. What stands
 * outside of spans is walked with a stack of frames, so that reading can stop at any byte and go on with the next chunk.
 *
 * ```
 *   document  {"data":[ {"traceID", "spans":[…], "processes":{…}} ]}        Jaeger
 *             {"resourceSpans":[ {"resource", "scopeSpans":[ {"scope", "spans":[…]} ]} ]}     OTLP; `batches`: Tempo
 *             {"result":{"resourceSpans":…}}   {"trace":{"resourceSpans":…}, "status", "message"}
 *             [ span… ]   [[ span… ]]                                       Zipkin
 *   and any number of these one after the other, on lines or not.
 * ```
 */
import type { UnitReader } from './feed.ts'
import { JaegerJsonReader } from './jaeger-json.ts'
import { JsonKind, JsonScanner, KeySet, malformed, needMore } from './json-scanner.ts'
import { OtlpJsonReader } from './otlp-json.ts'
import type { Reading } from './reading.ts'
import { endOfSpan, findNextSpan, tellShape, tryTellShape } from './json-shape.ts'
import { unescapedText } from './text-interner.ts'
import { ZipkinJsonReader } from './zipkin-json.ts'

/** What a frame of the stack is; objects first, arrays from `list` on. */
const Role = {
  document: 0,
  envelope: 1,
  processes: 2,
  resourceEntry: 3,
  scopeEntry: 4,
  list: 5,
  jaegerTraces: 6,
  jaegerSpans: 7,
  resourceSpans: 8,
  scopeSpans: 9,
  otlpSpans: 10,
} as const

const ENVELOPE_KEYS = new KeySet([
  'data',
  ['resourceSpans', 'resource_spans'],
  'batches',
  'result',
  'trace',
  'spans',
  'processes',
  'traceID',
  ['error', 'errors'],
  'status',
  'message',
])
const DATA = 0
const RESOURCE_SPANS = 1
const BATCHES = 2
const RESULT = 3
const TRACE = 4
const SPANS = 5
const PROCESSES = 6
const TRACE_ID = 7
const ERROR = 8
const STATUS = 9
const MESSAGE = 10

const RESOURCE_ENTRY_KEYS = new KeySet([
  'resource',
  ['scopeSpans', 'scope_spans', 'instrumentationLibrarySpans', 'instrumentation_library_spans'],
])
const SCOPE_ENTRY_KEYS = new KeySet([['scope', 'instrumentationLibrary', 'instrumentation_library'], 'spans'])
const NO_KEYS = new KeySet([])

/** Keys kept for the sentence that says what a document looks like. */
const MOST_KEYS = 8
/** The server's words that are kept, in bytes. */
const MOST_WORDS = 2_000
/** A span longer than this is left out: it would have to lie in one array. */
const LONGEST_UNIT = 2 ** 28
/** A span longer than this that does not end is looked into for the next one. */
const LONG_UNIT = 2 ** 16
/** How far apart the beginnings of two spans may lie for reading to go on after a place that is broken. */
const LONGEST_SEARCH = 2 ** 26

const SHAPE_FORMATS = {
  zipkin: 'Zipkin v2 JSON',
  jaeger: 'Jaeger JSON',
  otlp: 'OTLP JSON',
  other: '',
} as const

/** Nested lists that are looked into: `[[span]]`. */
const DEEPEST_LIST = 3

/** Reads a JSON document in chunks. */
export class JsonOutline implements UnitReader {
  /** For people; empty while nothing known was found. */
  format = ''
  /** The first keys of the outermost object, for documents that turn out to be something else. */
  readonly keys: string[] = []
  /** The server says that this is not the whole trace. */
  isPartial = false
  /** What the server says to that. */
  message = ''
  /** What the server put under `error` or `errors`, as JSON. */
  serverError = ''
  /** Where the document first stopped making sense outside of spans, as an address; -1 = nowhere. */
  brokenAt = -1
  /** From where on nothing could be read any more, as an address; -1 = it could to the end. */
  lostFrom = -1
  /** Spans left out because they are longer than 256 MB. */
  tooLarge = 0

  readonly #reading: Reading
  readonly #scanner = new JsonScanner()
  readonly #jaeger: JaegerJsonReader
  readonly #otlp: OtlpJsonReader
  readonly #zipkin: ZipkinJsonReader
  readonly #roles: number[] = [Role.document]
  /** Where the unit begins that is being read. */
  #unit = 0
  /** What follows the last place that was broken has not been found yet. */
  #searching = false
  #isLast = false
  /** A value nobody asked for is being passed over; it may be longer than memory, so that it is not a unit. */
  #skipping = false
  #skipDepth = 0
  #skipInString = false
  #skipEscape = false

  constructor(reading: Reading) {
    this.#reading = reading
    this.#jaeger = new JaegerJsonReader(reading, this.#scanner)
    this.#otlp = new OtlpJsonReader(reading, this.#scanner)
    this.#zipkin = new ZipkinJsonReader(reading, this.#scanner)
  }

  /** Whether everything that was opened has been closed. */
  get isComplete(): boolean {
    return this.#roles.length === 1 && !this.#skipping
  }

  read(bytes: Uint8Array, start: number, end: number, base: number): number {
    const scanner = this.#scanner
    scanner.reset(bytes, start, end, base)
    this.#unit = start
    for (;;) {
      try {
        for (;;) {
          this.#unit = scanner.pos
          if (this.#skipping) this.#skip()
          else this.#step()
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
    // An answer of Jaeger's search that found nothing.
    if (this.format === '' && ['data', 'total', 'errors'].every((key) => this.keys.includes(key))) {
      this.format = 'Jaeger JSON'
    }
  }

  /** Processes that spans belong to and that have not been described (yet). */
  get undescribed(): number {
    return this.#jaeger.undescribed
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
        this.#jaeger.readProcess()
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
        if (!this.#strayList() && this.#enter(0x7b, Role.envelope)) this.#jaeger.beginTrace()
        break
      case Role.jaegerSpans:
        this.#jaeger.readSpan()
        break
      case Role.resourceSpans:
        if (!this.#strayList() && this.#enter(0x7b, Role.resourceEntry)) this.#otlp.scopes.beginResource()
        break
      case Role.scopeSpans:
        if (!this.#strayList() && this.#enter(0x7b, Role.scopeEntry)) this.#otlp.scopes.beginScope()
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
      if (role === Role.envelope) this.#jaeger.beginTrace()
      else if (role === Role.resourceEntry) this.#otlp.scopes.beginResource()
    }
  }

  #enterDocument(): void {
    const scanner = this.#scanner
    const next = scanner.peek()
    this.#unit = scanner.pos
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
      this.#startSkip()
      if (next !== 0x5b) this.#reading.countUnreadable(offset)
    }
  }

  /** An object by itself or in a list: a span of some format, or something that holds spans. */
  #object(): void {
    const shape = tellShape(this.#scanner)
    const before = this.#reading.spanCount
    if (shape === 'zipkin') this.#zipkin.readSpan()
    else if (shape === 'jaeger') this.#jaeger.readSpan()
    else if (shape === 'otlp') this.#otlp.readSpan()
    else if (this.#enter(0x7b, Role.envelope)) this.#jaeger.beginTrace()
    if (this.#reading.spanCount > before) this.#setFormat(SHAPE_FORMATS[shape])
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
    const { textStart, textEnd } = scanner
    const next = scanner.peek()
    if (this.#roles.length <= DEEPEST_LIST && this.keys.length < MOST_KEYS && this.format === '') {
      const name = unescapedText(scanner.bytes, textStart, Math.min(textEnd, textStart + 40))
      if (!this.keys.includes(name)) this.keys.push(name)
    }
    switch (key) {
      case DATA:
        if (next === 0x7b) this.#enterEnvelope('')
        else this.#enter(0x5b, Role.jaegerTraces)
        break
      case RESOURCE_SPANS:
        if (this.#enter(0x5b, Role.resourceSpans)) this.#setFormat('OTLP JSON')
        break
      case BATCHES:
        if (this.#enter(0x5b, Role.resourceSpans)) this.#setFormat('Tempo JSON')
        break
      case RESULT:
        this.#enterEnvelope('Jaeger JSON (v3)')
        break
      case TRACE:
        this.#enterEnvelope('Tempo JSON')
        break
      case SPANS:
        if (this.#enter(0x5b, Role.jaegerSpans)) this.#setFormat('Jaeger JSON')
        break
      case PROCESSES:
        if (this.#enter(0x7b, Role.processes)) this.#setFormat('Jaeger JSON')
        break
      case TRACE_ID:
        if (scanner.readText()) this.#jaeger.setTraceId()
        break
      case ERROR:
        this.serverError = messageIn(this.#words()) || this.serverError
        break
      case STATUS: {
        const status = this.#words()
        if (status === 'PARTIAL' || status === '1') this.isPartial = true
        break
      }
      case MESSAGE:
        this.message = this.#words() || this.message
        break
      default:
        this.#startSkip()
    }
  }

  #resourceEntryKey(): void {
    const key = this.#scanner.readKey(RESOURCE_ENTRY_KEYS)
    if (key === 0) this.#otlp.scopes.setResource(this.#otlp.readResource())
    else if (key === 1) this.#enter(0x5b, Role.scopeSpans)
    else this.#startSkip()
  }

  #scopeEntryKey(): void {
    const key = this.#scanner.readKey(SCOPE_ENTRY_KEYS)
    if (key === 0) this.#otlp.scopes.setScope(this.#otlp.readScope())
    else if (key === 1) this.#enter(0x5b, Role.otlpSpans)
    else this.#startSkip()
  }

  #enterEnvelope(format: string): void {
    if (!this.#enter(0x7b, Role.envelope)) return
    this.#jaeger.beginTrace()
    if (format !== '') this.#setFormat(format)
  }

  /** Opens an object or array; a value of another kind is passed over. */
  #enter(bracket: number, role: number): boolean {
    const scanner = this.#scanner
    if (scanner.peek() !== bracket) {
      this.#startSkip()
      return false
    }
    scanner.pos++
    this.#roles.push(role)
    return true
  }

  /** The outermost shape names the format: `{"trace":{"resourceSpans"` is Tempo's. */
  #setFormat(format: string): void {
    if (this.format === '') this.format = format
  }

  /** A short value as text; empty for `null`. */
  #words(): string {
    const scanner = this.#scanner
    const kind = scanner.kind()
    const start = scanner.pos
    scanner.skipValue()
    if (kind === JsonKind.string) {
      return unescapedText(
        scanner.bytes,
        scanner.textStart,
        Math.min(scanner.textEnd, scanner.textStart + MOST_WORDS),
      )
    }
    const text = unescapedText(scanner.bytes, start, Math.min(scanner.pos, start + MOST_WORDS))
    return text === 'null' || text === '[]' || text === '{}' ? '' : text
  }

  /** Begins to pass over the next value, whatever it is. */
  #startSkip(): void {
    const scanner = this.#scanner
    const kind = scanner.kind()
    if (kind !== JsonKind.object && kind !== JsonKind.array && kind !== JsonKind.string) {
      scanner.skipValue()
      return
    }
    this.#skipping = true
    this.#skipDepth = kind === JsonKind.string ? 0 : 1
    this.#skipInString = kind === JsonKind.string
    this.#skipEscape = false
    scanner.pos++
  }

  #skip(): void {
    const scanner = this.#scanner
    const { bytes, end } = scanner
    let { pos } = scanner
    while (pos < end) {
      const byte = bytes[pos++]
      if (this.#skipInString) {
        if (this.#skipEscape) this.#skipEscape = false
        else if (byte === 0x5c) this.#skipEscape = true
        else if (byte === 0x22) this.#skipInString = false
      } else if (byte === 0x22) this.#skipInString = true
      else if (byte === 0x7b || byte === 0x5b) this.#skipDepth++
      else if (byte === 0x7d || byte === 0x5d) this.#skipDepth--
      if (this.#skipDepth === 0 && !this.#skipInString) {
        this.#skipping = false
        scanner.pos = pos
        return
      }
    }
    this.#unit = pos
    throw needMore
  }

  /** Leaves a span out that is too long to be put together; returns whether it did. */
  #leaveOut(end: number): boolean {
    if (this.#skipping || end - this.#unit < LONGEST_UNIT) return false
    const scanner = this.#scanner
    scanner.pos = this.#unit
    if (scanner.peek() === 0x22 && this.#roles[this.#roles.length - 1] < Role.list) {
      scanner.readKey(NO_KEYS)
      scanner.peek()
    }
    this.#startSkip()
    this.tooLarge++
    return true
  }

  /** A span that does not end may be long, or lack a bracket or quote. */
  #isSuspicious(end: number): boolean {
    return !this.#skipping && (this.#isLast || end - this.#unit > LONG_UNIT)
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
      role === Role.jaegerSpans || role === Role.otlpSpans || role === Role.list || role === Role.document
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
      if (inSpans && role !== Role.document) this.#reading.countUnreadable(base + unit)
      else this.#markBroken(base + unit)
      scanner.pos = found.at
      if (found.isDocument) {
        this.#roles.length = 1
        this.#jaeger.beginTrace()
        this.#otlp.scopes.beginResource()
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
    if (this.brokenAt < 0) this.brokenAt = address
  }
}

/** What ends a frame. */
function bracketOf(role: number): number {
  return role < Role.list ? 0x7d : 0x5d
}

/** The sentence in an error that a server sent as JSON; all of it when there is none. */
function messageIn(words: string): string {
  return /"(?:message|msg)"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(words)?.[1] ?? words
}

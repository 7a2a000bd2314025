/** Walks the keys and values of a span written as JSON. */
import type { ByteText } from '#shared/base/byte-text'
import { JsonKind, JsonScanner, KeySet, malformed, needMore, unescapeJson } from './json-scanner.ts'
import type { PairPlace, PairType, PairVisitor } from './visit.ts'

const SPAN_KEYS = new KeySet([
  ['attributes', 'Attributes', 'tags', 'binaryAnnotations', 'args'],
  ['events', 'Events'],
  ['logs', 'annotations'],
  ['links', 'Links', 'references'],
  ['status', 'Status'],
  ['traceState', 'trace_state'],
  'remoteEndpoint',
  'cat',
])
const ATTRIBUTES = 0
const EVENTS = 1
const LOGS = 2
const LINKS = 3
const STATUS = 4
const TRACE_STATE = 5
const REMOTE = 6
const CATEGORY = 7

const PAIR_KEYS = new KeySet([
  ['key', 'Key'],
  ['value', 'Value'],
])
const EVENT_KEYS = new KeySet([['name', 'Name'], ['attributes', 'Attributes'], 'fields', 'value'])
const LINK_KEYS = new KeySet([
  ['traceId', 'trace_id', 'traceID', 'TraceID'],
  ['spanId', 'span_id', 'spanID', 'SpanID'],
  ['attributes', 'Attributes'],
  ['context', 'SpanContext'],
])
const STATUS_KEYS = new KeySet([['message', 'description', 'Description']])
const REMOTE_KEYS = new KeySet(['serviceName', ['ipv4', 'ipv6'], 'port'])
const VALUE_KEYS = new KeySet([
  ['arrayValue', 'array_value'],
  ['kvlistValue', 'kvlist_value'],
  // Go says what type a value is of.
  ['bytesValue', 'bytes_value', 'Type'],
  // As text, too: JSON of JavaScript cannot hold all of them.
  ['intValue', 'int_value'],
  ['doubleValue', 'double_value'],
])
const VALUES_KEYS = new KeySet(['values'])
const NO_KEYS = new KeySet([])

/** Values nested deeper than this are not looked into: a stack has an end. */
const DEEPEST = 64

const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

/** Hands keys and values to a visitor; one object serves any number of spans, of any of the JSON formats. */
export class JsonVisit {
  readonly #scanner = new JsonScanner()
  readonly #key: ByteText = { bytes: new Uint8Array(0), start: 0, end: 0 }
  readonly #value: ByteText = { bytes: new Uint8Array(0), start: 0, end: 0 }
  #keyRoom = new Uint8Array(256)
  #valueRoom = new Uint8Array(4_096)
  #visitor: PairVisitor = { pair: () => true }
  #stopped = false
  /** Maps around the value that is read. */
  #maps = 0

  /** Walks the span in `bytes[start..end)`; returns whether the visitor stopped it. What is broken in it is left out. */
  visit(bytes: Uint8Array, start: number, end: number, visitor: PairVisitor): boolean {
    this.#scanner.reset(bytes, start, end, 0)
    this.#visitor = visitor
    this.#stopped = false
    this.#maps = 0
    try {
      this.#span()
    } catch (thrown) {
      if (thrown !== needMore && thrown !== malformed) throw thrown
    }
    return this.#stopped
  }

  #span(): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_OBJECT)) return
    while (!this.#stopped && !scanner.closes(CLOSE_OBJECT)) {
      switch (scanner.readKey(SPAN_KEYS)) {
        case ATTRIBUTES:
          this.#attributes('attribute')
          break
        case EVENTS:
        case LOGS:
          this.#events()
          break
        case LINKS:
          this.#links()
          break
        case STATUS:
          this.#status()
          break
        case TRACE_STATE:
          if (scanner.readText() && scanner.textEnd > scanner.textStart) this.#named('span', 'trace.state')
          break
        case REMOTE:
          this.#remote()
          break
        case CATEGORY:
          if (scanner.readText()) this.#named('attribute', 'category')
          break
        default:
          scanner.skipValue()
      }
    }
  }

  /** A list of pairs, or an object, as Zipkin's tags and Python's attributes are. */
  #attributes(place: PairPlace): void {
    if (this.#scanner.kind() === JsonKind.object) this.#map(place)
    else this.#pairs(place)
  }

  /** `[{"key":…,"value":…}]`, the two in either order. */
  #pairs(place: PairPlace, depth = 0): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_ARRAY)) return
    while (!this.#stopped && !scanner.closes(CLOSE_ARRAY)) {
      if (!scanner.open(OPEN_OBJECT)) continue
      let hasKey = false
      let valueAt = -1
      while (!this.#stopped && !scanner.closes(CLOSE_OBJECT)) {
        const key = scanner.readPairKey(PAIR_KEYS)
        if (key === 0) {
          hasKey = scanner.readText()
          if (hasKey) this.#setKey()
        } else if (key === 1 && hasKey) {
          this.#anyValue(place, depth)
        } else if (key === 1) {
          scanner.peek()
          valueAt = scanner.pos
          scanner.skipValue()
        } else {
          scanner.skipValue()
        }
      }
      if (hasKey && valueAt >= 0 && !this.#stopped) {
        const after = scanner.pos
        scanner.pos = valueAt
        this.#anyValue(place, depth)
        scanner.pos = after
      }
    }
  }

  /** A value under the key that was set: plain, or wrapped as OTLP does it. */
  #anyValue(place: PairPlace, depth: number): void {
    const scanner = this.#scanner
    const kind = scanner.kind()
    if (kind !== JsonKind.object && kind !== JsonKind.array) {
      if (scanner.readText()) this.#tell(place)
      return
    }
    if (depth >= DEEPEST) {
      scanner.skipValue()
      return
    }
    if (kind === JsonKind.array) {
      this.#list(place, depth)
      return
    }
    scanner.pos++
    while (!this.#stopped && !scanner.closes(CLOSE_OBJECT)) {
      const key = scanner.readKey(VALUE_KEYS)
      if (key === 2) scanner.skipValue()
      else if (key < 0 || key >= 3) {
        // `Value` of Go.
        if (scanner.peek() === OPEN_ARRAY) this.#list(place, depth + 1)
        else if (scanner.readText()) this.#tell(place, key === 3 ? 'int' : key === 4 ? 'float' : undefined)
      } else if (scanner.open(OPEN_OBJECT)) {
        while (!this.#stopped && !scanner.closes(CLOSE_OBJECT)) {
          if (scanner.readKey(VALUES_KEYS) !== 0) scanner.skipValue()
          else if (key === 1) {
            this.#maps++
            this.#pairs(place, depth + 1)
            this.#maps--
          } else this.#list(place, depth + 1)
        }
      }
    }
  }

  /** `[value]`, each under the key that was set. */
  #list(place: PairPlace, depth: number): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_ARRAY)) return
    while (!this.#stopped && !scanner.closes(CLOSE_ARRAY)) this.#anyValue(place, depth + 1)
  }

  /** `{"key": value}` */
  #map(place: PairPlace): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_OBJECT)) return
    while (!this.#stopped && !scanner.closes(CLOSE_OBJECT)) {
      scanner.readKey(NO_KEYS)
      this.#setKey()
      this.#anyValue(place, 0)
    }
  }

  #events(): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_ARRAY)) return
    while (!this.#stopped && !scanner.closes(CLOSE_ARRAY)) {
      if (!scanner.open(OPEN_OBJECT)) continue
      while (!this.#stopped && !scanner.closes(CLOSE_OBJECT)) {
        const key = scanner.readKey(EVENT_KEYS)
        if (key === 1 || key === 2) this.#attributes('event')
        else if (key < 0) scanner.skipValue()
        // OTLP says `name`, a Zipkin annotation `value`.
        else if (scanner.readText()) this.#named('event', 'name')
      }
    }
  }

  #links(): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_ARRAY)) return
    while (!this.#stopped && !scanner.closes(CLOSE_ARRAY)) this.#link(0)
  }

  /** A link; what SDKs print has its ids in an object of their own. */
  #link(depth: number): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_OBJECT)) return
    while (!this.#stopped && !scanner.closes(CLOSE_OBJECT)) {
      const key = scanner.readKey(LINK_KEYS)
      if (key === 2) this.#attributes('link')
      else if (key === 3 && depth === 0) this.#link(1)
      else if (key < 0 || key === 3) scanner.skipValue()
      else if (scanner.readText()) this.#named('link', key === 0 ? 'traceId' : 'spanId')
    }
  }

  #status(): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_OBJECT)) return
    while (!this.#stopped && !scanner.closes(CLOSE_OBJECT)) {
      if (scanner.readKey(STATUS_KEYS) !== 0) scanner.skipValue()
      else if (scanner.readText() && scanner.textEnd > scanner.textStart)
        this.#named('span', 'status.message')
    }
  }

  #remote(): void {
    const scanner = this.#scanner
    if (!scanner.open(OPEN_OBJECT)) return
    while (!this.#stopped && !scanner.closes(CLOSE_OBJECT)) {
      const key = scanner.readKey(REMOTE_KEYS)
      if (key < 0) scanner.skipValue()
      else if (scanner.readText()) {
        this.#named(
          'attribute',
          key === 0 ? 'peer.service' : key === 1 ? 'network.peer.address' : 'network.peer.port',
        )
      }
    }
  }

  /** Takes the text that was just read as the key of what follows. */
  #setKey(): void {
    const { bytes, textStart, textEnd, textEscaped } = this.#scanner
    const key = this.#key
    if (textEscaped) {
      if (this.#keyRoom.length < textEnd - textStart) this.#keyRoom = new Uint8Array(textEnd - textStart)
      key.bytes = this.#keyRoom
      key.start = 0
      key.end = unescapeJson(bytes, textStart, textEnd, this.#keyRoom)
    } else {
      key.bytes = bytes
      key.start = textStart
      key.end = textEnd
    }
  }

  /** Hands the text that was just read over, under a key that the document does not write. */
  #named(place: PairPlace, name: SyntheticKey): void {
    const bytes = SYNTHETIC_KEYS[name]
    this.#key.bytes = bytes
    this.#key.start = 0
    this.#key.end = bytes.length
    this.#tell(place)
  }

  /** `type` where the document names it. */
  #tell(place: PairPlace, type: PairType = this.#typeOfText()): void {
    const { bytes, textStart, textEnd, textEscaped } = this.#scanner
    const value = this.#value
    if (textEscaped) {
      if (this.#valueRoom.length < textEnd - textStart) this.#valueRoom = new Uint8Array(textEnd - textStart)
      value.bytes = this.#valueRoom
      value.start = 0
      value.end = unescapeJson(bytes, textStart, textEnd, this.#valueRoom)
    } else {
      value.bytes = bytes
      value.start = textStart
      value.end = textEnd
    }
    if (this.#visitor.pair(place, this.#key, value, this.#maps > 0 ? 'inner' : type)) this.#stopped = true
  }

  #typeOfText(): PairType {
    const { bytes, textStart, textEnd, textIsString } = this.#scanner
    if (textIsString) return 'string'
    const first = bytes[textStart]
    if (first === 0x6e) return 'null'
    if (first === 0x74 || first === 0x66) return 'boolean'
    for (let at = textStart; at < textEnd; at++)
      if (bytes[at] === 0x2e || bytes[at] === 0x65 || bytes[at] === 0x45) return 'float'
    return 'int'
  }
}

const synthetic = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

/** Keys that are handed to visitors though documents do not write them so. */
export const SYNTHETIC_KEYS = {
  name: synthetic('name'),
  category: synthetic('category'),
  traceId: synthetic('traceId'),
  spanId: synthetic('spanId'),
  'status.message': synthetic('status.message'),
  'trace.state': synthetic('trace.state'),
  'peer.service': synthetic('peer.service'),
  'network.peer.address': synthetic('network.peer.address'),
  'network.peer.port': synthetic('network.peer.port'),
} as const

export type SyntheticKey = keyof typeof SYNTHETIC_KEYS

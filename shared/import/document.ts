/** One document from its first byte to its report. */
import type { ApiError } from '#shared/api/contract'
import { joinedBytes } from '#shared/base/joined-bytes'
import { Utf8Faults } from '#shared/base/utf8-faults'
import { DOCUMENT_SPACE } from '#shared/trace/byte-store'
import type { Problem } from '#shared/trace/table'
import { detect, HEAD_BYTES, type Detected } from './detect.ts'
import { type DocumentProblem, documentProblems } from './document-problems.ts'
import { Feed } from './feed.ts'
import { broken, cutOff, noneReadable, noSpans, notTrace, serverSaid, wrongKind } from './import-errors.ts'
import type { Intake } from './intake.ts'
import { JsonOutline } from './json-outline.ts'
import { OtlpProtobufReader } from './otlp-protobuf.ts'
import { placeOf } from './place-of.ts'
import { Places } from './places.ts'
import { Reading } from './reading.ts'
import { Utf16Reader } from './utf16.ts'

/** What became of one document; a snapshot, taken at any time. */
export interface DocumentReport {
  readonly name: string
  /**
   * For people: `Jaeger JSON`, `Jaeger JSON (v3)`, `OTLP JSON`, `Tempo JSON`, `OTLP protobuf`, `Tempo protobuf`, `Zipkin v1 JSON`,
   * `Zipkin v2 JSON`, `Go SDK JSON`, `Python SDK JSON`, `Chrome trace JSON`; empty while unknown.
   */
  readonly format: string
  readonly bytes: number
  readonly spans: number
  /** Why it could not be read, or not to its end; what was read before that is there all the same. */
  readonly error: ApiError | undefined
  /** Things left out or mended while reading. */
  readonly problems: readonly Problem[]
}

type Content =
  | { readonly kind: 'json'; readonly reader: JsonOutline; readonly feed: Feed }
  | { readonly kind: 'protobuf'; readonly reader: OtlpProtobufReader; readonly feed: Feed }
  /** No trace: the rest is not even kept. */
  | { readonly kind: 'other'; readonly isBinary: boolean; readonly error: ApiError | undefined }

/** Reads one document. Neither `push` nor `end` throws because of what the bytes say. */
export class TraceDocument {
  readonly name: string
  readonly reading: Reading
  readonly #base: number
  readonly #isFile: boolean
  #bytes = 0
  /** The first bytes, until there are enough to tell what they are. */
  #head: Uint8Array[] = []
  /** With so many bytes it is looked what it is. */
  #lookAt: number = HEAD_BYTES
  #content: Content | undefined
  #utf16: Utf16Reader | undefined
  readonly #utf8 = new Utf8Faults()
  readonly #garbled = new Places()
  #ended = false

  constructor(name: string, intake: Intake, index: number, isFile = false) {
    this.name = name
    this.#isFile = isFile
    this.reading = new Reading(intake, index)
    this.#base = index * DOCUMENT_SPACE
  }

  /** Bytes that came. */
  get bytes(): number {
    return this.#bytes
  }

  /** Whether more bytes would change nothing: it is neither text nor protobuf. */
  get isOver(): boolean {
    return this.#content?.kind === 'other' && this.#content.isBinary
  }

  /** Whether it is JSON of which all was passed, with no more than so many brackets open at once: one that may be parsed. */
  isWithin(depth: number): boolean {
    return this.#content?.kind === 'json' && this.#utf16 === undefined && this.#content.reader.isWithin(depth)
  }

  /** Spans read so far. */
  get spans(): number {
    return this.reading.spanCount
  }

  /** The next bytes, in pieces of any size. The array is kept: do not write to it afterwards. */
  push(bytes: Uint8Array): void {
    if (this.#ended || bytes.length === 0) return
    this.#bytes += bytes.length
    if (this.#content !== undefined) {
      this.#take(this.#utf16?.read(bytes) ?? bytes)
      return
    }
    this.#head.push(bytes)
    if (this.#bytes >= this.#lookAt) this.#begin()
  }

  /** No more bytes will come, whether because that was all or because the connection broke. */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    if (this.#content === undefined) this.#begin()
    if (this.#utf16 !== undefined) this.#take(this.#utf16.end())
    if (this.#content === undefined || this.#content.kind === 'other') return
    const { store } = this.reading.intake
    const end = this.#base + store.documentLength(this.reading.document)
    const { feed, reader } = this.#content
    if (this.#content.kind === 'json') this.#content.reader.expectEnd()
    feed.flush()
    if (this.#content.kind === 'json') {
      this.#content.reader.finish(feed.held, end - feed.held)
    } else if (!this.#content.reader.isComplete && feed.held === 0) {
      // A message may end with its bytes; only looking past it closes it.
      reader.read(new Uint8Array(0), 0, 0, end)
    }
  }

  #begin(): void {
    let first = this.#head.length === 1 ? this.#head[0] : joinedBytes(this.#head)
    this.#head = []
    let detected = detect(first.subarray(0, HEAD_BYTES))
    if (detected.kind === 'utf-16') {
      this.#utf16 = new Utf16Reader(detected.isLittle)
      first = this.#utf16.read(first.subarray(detected.skip))
      detected = detect(first.subarray(0, HEAD_BYTES))
    }
    // White space alone may still be followed by something.
    if (detected.kind === 'empty' && !this.#ended) {
      this.#head = [first]
      // Each look copies all there is.
      this.#lookAt = this.#bytes * 2
      return
    }
    this.#content = this.#contentOf(detected)
    // What is no trace is kept as far as it was looked at: it says why there is none.
    if (this.#content.kind === 'other') this.reading.intake.store.append(first, this.reading.document)
    this.#take(first, detected.kind === 'json' ? detected.skip : 0)
  }

  /** Keeps bytes and reads them; the first `skip` are not read. */
  #take(bytes: Uint8Array, skip = 0): void {
    if (this.#content === undefined || this.#content.kind === 'other') return
    const address = this.reading.intake.store.append(bytes, this.reading.document)
    if (this.#content.kind === 'json') this.#utf8.take(bytes, (at) => this.#garbled.add(address + at))
    this.#content.feed.push(skip > 0 ? bytes.subarray(skip) : bytes, address + skip)
  }

  #contentOf(detected: Detected): Content {
    if (detected.kind === 'json') {
      const reader = new JsonOutline(this.reading)
      return { kind: 'json', reader, feed: new Feed(reader) }
    }
    if (detected.kind === 'protobuf') {
      const reader = new OtlpProtobufReader(this.reading, detected.wraps)
      return { kind: 'protobuf', reader, feed: new Feed(reader) }
    }
    return {
      kind: 'other',
      isBinary: detected.kind === 'binary',
      error: wrongKind(this.name, detected, this.#isFile),
    }
  }

  get report(): DocumentReport {
    const problems = this.problems().map(({ problem }) => problem)
    return {
      name: this.name,
      format: this.#format(),
      bytes: this.#bytes,
      spans: this.reading.spanCount,
      error: this.#ended ? this.#error() : undefined,
      problems,
    }
  }

  #format(): string {
    const content = this.#content
    if (content === undefined || content.kind === 'other') return ''
    return content.reader.words.format
  }

  #isCutOff(): boolean {
    const content = this.#content
    if (!this.#ended || content === undefined || content.kind === 'other') return false
    if (content.reader.lostFrom >= 0) return false
    return !content.reader.isComplete || (content.feed.held > 0 && !isBlank(content.feed.heldBytes()))
  }

  #error(): ApiError | undefined {
    const content = this.#content
    if (content === undefined) return undefined
    if (content.kind === 'other') return content.error
    const { reader } = content
    const spans = this.reading.spanCount
    const format = this.#format()
    const name = this.name
    const isFile = this.#isFile
    if (this.#isCutOff()) return cutOff(name, spans, isFile)
    if (reader.lostFrom >= 0) {
      const what = content.kind === 'json' ? 'JSON' : 'protobuf'
      // A file is what it is: the part is told with what else was not understood.
      if (isFile && spans > 0) return undefined
      const place = placeOf(this.reading.intake.store, reader.lostFrom, content.kind === 'json')
      return broken(name, spans, place, what, isFile)
    }
    if (spans > 0) return undefined
    if (content.kind === 'json' && reader.words.serverError !== '')
      return serverSaid(name, reader.words.serverError)
    if (this.reading.unreadable > 0 && format !== '')
      return noneReadable(name, format, this.reading.unreadable)
    if (format !== '') return noSpans(name, format, reader.words.message, this.#bytes, isFile)
    if (content.kind !== 'json') return undefined
    const isNothing = reader.words.keys.length === 0 && this.reading.unreadable === 0
    return isNothing ? noSpans(name, 'JSON', '', this.#bytes, isFile) : notTrace(name, reader.words.keys)
  }

  /** Everything that was left out, or that the server said it left out. */
  problems(): DocumentProblem[] {
    const content = this.#content
    if (content === undefined || content.kind === 'other') return []
    const { reader, kind } = content
    const { store } = this.reading.intake
    const brokenAt = kind === 'json' ? [...content.reader.brokenAt] : []
    if (reader.lostFrom >= 0) brokenAt.push(reader.lostFrom)
    const place = (address: number) => placeOf(store, address, kind === 'json')
    const oddOf = (words: string, { count, first }: Places) => ({ words, count, places: first.map(place) })
    const unknown = kind === 'json' ? oddOf('', content.reader.unknown) : undefined
    const odd = kind === 'json' ? [...content.reader.odd].map(([words, places]) => oddOf(words, places)) : []
    return documentProblems({
      name: this.name,
      odd,
      oddTimes: oddOf('', this.reading.oddTimes),
      deep: kind === 'json' ? oddOf('', content.reader.deep) : undefined,
      garbled: oddOf('', this.#garbled),
      unknown,
      reading: this.reading,
      words: reader.words,
      isCutOff: this.#isCutOff(),
      undescribed: kind === 'json' ? content.reader.undescribed : 0,
      broken: (kind === 'json' ? content.reader.broken : 0) + (reader.lostFrom < 0 ? 0 : 1),
      brokenAt: brokenAt.map(place),
      unreadableAt: this.reading.unreadableAt.map(place),
      leftOut: kind === 'json' ? content.reader.leftOut : 0,
      tooLarge: reader.tooLarge,
    })
  }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte <= 0x20 || byte === 0x2c)
}

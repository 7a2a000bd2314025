/**
 * Lines of saved logs, whichever form they have, told by what is in them:
 *
 * ```
 *   {"resourceLogs":[…]}                           OTLP logs, one object or one per line
 *   {"status","data":{"resultType":"streams",…}}   an answer of Loki
 *   {"labels","line","timestamp"}                  logcli -o jsonl
 *   {"time":…,"level":…,"msg":…}                   a log of JSON, one object per line or in a list
 *   time=… level=… msg=…                           logfmt; also text whose lines begin with their time
 * ```
 */
import { readingsOfCut } from '#shared/base/cut-json'
import { deepestBrackets, isNestedDeeper } from '#shared/base/json-depth'
import type { Labels } from '#shared/api/logs'
import { keyOfLabels, type LogBatch } from './batch.ts'
import { momentOf } from './line-time.ts'
import { asList, isRecord, otlpLines, type Said } from './otlp-lines.ts'
import { batchOf, type Draft, type Order, readAnswer } from './read-lines.ts'
import { mergeBatches } from './merge.ts'

/** How many lines something is true of, and the numbers of the first of them, from 1. */
export interface LinePlaces {
  count: number
  readonly first: number[]
}

/** Lines of one file. */
export interface FileLog {
  /** For people: `OTLP logs JSON`, `OTLP logs protobuf`, `Loki answer`, `logcli lines`, `JSON lines`, `logfmt`, `text with times`. */
  readonly format: string
  /** Empty where there would be lines, had any of them a time. */
  readonly batch: LogBatch
  /** Lines that were not understood. */
  readonly unread: LinePlaces
  /** Lines with bytes that are no text in the encoding of the file, which stand as U+FFFD. */
  readonly garbled: LinePlaces
  /** Lines without a time that look like no stack trace either, and stand with the line before all the same. */
  readonly joined: LinePlaces
  /** Records of OTLP, by their number in the file, with values that are nested too deep and left out from there on. */
  readonly deep: LinePlaces
  /** Records of OTLP, by their number in the file, that have no time and were left out. */
  readonly timeless: LinePlaces
  /** Entries of answers of Loki without a time or text, which were left out. */
  readonly unreadEntries: number
  /** There are more lines than are kept. */
  readonly isCut: boolean
}

/** One JSON document that is not on one line must fit into one text. */
const longestDocument = 64_000_000
/** After so many lines of which none is understood, the file is something else. */
const mostStrange = 50
const mostPlaces = 8
/** JSON that is longer is looked at for its depth before it is read. */
const shortDocument = 20_000

/** So much of the beginning tells whether it is text. */
const headLength = 512

const timeKeys = ['time', 'timestamp', 'ts', '@timestamp', 'datetime', 't', 'asctime'] as const
const wordKeys = ['msg', 'message', 'level', 'severity', 'event', 'lvl', 'log', 'short_message'] as const
const serviceKeys = ['service.name', 'service_name', 'service', 'app'] as const
const logfmtTime = /(?:^|\s)(?:ts|time|timestamp|t)=(?:"([^"]*)"|(\S+))/
const logfmtService = /(?:^|\s)(?:service\.name|service_name|service|app)=(?:"([^"]*)"|([^\s"]+))/
/** What goes on below a line of a log, as stack traces of Java, Python, Go, .NET and JavaScript and closing brackets do. */
const stackLine =
  /^(?:\s|[)\]}]|Caused by:|Suppressed:|Traceback |goroutine |During handling |The above exception |[\w.$]*(?:Error|Exception)\b|[\w./]+\(.*\)$)/
const leadingTime = /^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)\]?[\s,|]/

export interface LogFileOptions {
  /** Is handed what is JSON and no log, and says whether it is known. */
  readonly takeOther?: ((value: Readonly<Record<string, unknown>>) => boolean) | undefined
  /** Somebody looked at all of it already: nothing is nested deeper than `deepestBrackets`. */
  readonly isShallow?: boolean
}

/** Reads one file, piece by piece. */
export class LogFile {
  readonly #name: string
  readonly #mostLines: number
  readonly #takeOther: ((value: Readonly<Record<string, unknown>>) => boolean) | undefined
  readonly #isShallow: boolean
  readonly #streams: Labels[] = []
  readonly #indexOf = new Map<string, number>()
  readonly #drafts: Draft[] = []
  readonly #answers: LogBatch[] = []
  #lines = 0
  #format = ''
  /** Of what would be lines, had it a time. */
  #timelessFormat = ''
  #rest = ''
  #number = 0
  /** A document that goes over several lines, as far as it has come. */
  #document: string | undefined
  readonly #unread: LinePlaces = { count: 0, first: [] }
  readonly #garbled: LinePlaces = { count: 0, first: [] }
  readonly #joined: LinePlaces = { count: 0, first: [] }
  readonly #deep: LinePlaces = { count: 0, first: [] }
  readonly #timeless: LinePlaces = { count: 0, first: [] }
  #unreadEntries = 0
  /** Of OTLP. */
  #records = 0
  #isOver = false
  #isCut = false
  #isBinary = false

  constructor(name: string, mostLines: number, { takeOther, isShallow = false }: LogFileOptions = {}) {
    this.#name = name
    this.#mostLines = mostLines
    this.#takeOther = takeOther
    this.#isShallow = isShallow
  }

  /** Whether more would change nothing: it is no log, or as much of it is kept as may be. */
  get isOver(): boolean {
    return this.#isOver
  }

  push(text: string): void {
    if (this.#isOver) return
    if (this.#document !== undefined) {
      this.#document += text
      if (this.#document.length > longestDocument) this.#isOver = true
      return
    }
    // Zeros stand in no text of a log.
    if (this.#number === 0 && this.#rest === '' && text.slice(0, headLength).includes('\0')) {
      this.#isOver = true
      return
    }
    const rest = this.#rest + text
    // A text that was put together is looked at as one by copying it: for a line without end, at each piece, all of it.
    const lines = text.includes('\n') ? rest.split('\n') : [rest]
    this.#rest = lines.pop() ?? ''
    for (const [at, line] of lines.entries()) {
      this.#line(line)
      if (this.#isOver) return
      if (this.#isDocument()) {
        this.#document = `${line}\n${[...lines.slice(at + 1), this.#rest].join('\n')}`
        return
      }
    }
    if (this.#rest.length > longestDocument) this.#isOver = true
  }

  /** Takes a document of OTLP's JSON that was made of protobuf (shared/import/protobuf-signals.ts). */
  take(value: unknown): void {
    this.#isBinary = true
    this.#json(value, undefined)
  }

  #isDocument(): boolean {
    return this.#document !== undefined
  }

  /** All lines, in that order; undefined where there is nothing of a log in it. */
  end(order: Order = 'newest'): FileLog | undefined {
    if (this.#document === undefined && !this.#isOver) this.#line(this.#rest)
    if (this.#document !== undefined) {
      const value = this.#parsed(this.#document) ?? this.#cutDocument(this.#document)
      if (value !== undefined) this.#json(value, undefined)
    }
    if (this.#lines === 0 && this.#timelessFormat === '') return undefined
    // A file grows at its end: of the same instant, the later one is the newer.
    if (order === 'newest') this.#drafts.reverse()
    const drafted = batchOf(this.#drafts, this.#streams, order)
    return {
      format: this.#lines === 0 ? this.#timelessFormat : this.#format,
      batch: this.#answers.length === 0 ? drafted : mergeBatches([...this.#answers, drafted], order),
      unread: this.#unread,
      garbled: this.#garbled,
      joined: this.#joined,
      deep: this.#deep,
      timeless: this.#timeless,
      unreadEntries: this.#unreadEntries,
      isCut: this.#isCut,
    }
  }

  /** What stands before a document breaks off; of its own accord only where another says that it did. */
  #cutDocument(text: string): unknown {
    if (this.#takeOther === undefined || isNestedDeeper(text, deepestBrackets)) return undefined
    const [reading] = readingsOfCut(text)
    return reading === undefined ? undefined : this.#parsed(reading)
  }

  #line(line: string): void {
    this.#number++
    const text = line.endsWith('\r') ? line.slice(0, -1) : line
    const bare = text.trimStart()
    if (bare === '') return
    if (text.includes('\uFFFD')) note(this.#garbled, this.#number)
    const isJson = bare.startsWith('{') || bare.startsWith('[')
    const value = isJson ? this.#parsed(text) : undefined
    if (isJson && value === undefined && this.#number === 1) {
      this.#document = `${line}\n`
      return
    }
    const understood = value === undefined ? this.#text(text) : this.#json(value, text)
    if (understood) return
    note(this.#unread, this.#number)
    if (this.#lines === 0 && this.#unread.count >= mostStrange) this.#isOver = true
  }

  /** Undefined where it is no JSON, or nested so deep that nobody looks to the end of it. */
  #parsed(text: string): unknown {
    const isLong = text.length > shortDocument && !this.#isShallow
    if (isLong && isNestedDeeper(text, deepestBrackets)) return undefined
    try {
      return JSON.parse(text) as unknown
    } catch (cause) {
      if (cause instanceof SyntaxError) return undefined
      throw cause
    }
  }

  /** What is nested too deep to be looked at is not understood. */
  #json(value: unknown, line: string | undefined): boolean {
    try {
      return this.#understood(value, line)
    } catch (cause) {
      if (cause instanceof RangeError) return false
      throw cause
    }
  }

  #understood(value: unknown, line: string | undefined): boolean {
    if (Array.isArray(value)) {
      const items: readonly unknown[] = value
      return items.filter((item) => this.#json(item, undefined)).length > 0
    }
    if (!isRecord(value)) return false
    const resources = value['resourceLogs'] ?? value['resource_logs']
    if (resources !== undefined) {
      const format = this.#isBinary ? 'OTLP logs protobuf' : 'OTLP logs JSON'
      for (const said of otlpLines(asList(resources))) {
        this.#records++
        if (said !== undefined) this.#add(format, said)
        else {
          note(this.#timeless, this.#records)
          this.#timelessFormat = format
        }
      }
      return true
    }
    if (this.#takeOther?.(value) === true) return true
    // Collectors write the other signals into the same file.
    if ('resourceSpans' in value || 'resourceMetrics' in value) return true
    const data = value['data']
    if (isRecord(data) && data['resultType'] === 'streams') {
      const { batch, unread } = readAnswer(value, directionOf(data['result']))
      this.#answers.push(batch)
      this.#unreadEntries += unread
      if (unread > 0) this.#timelessFormat = 'Loki answer'
      this.#count('Loki answer', batch.length)
      return true
    }
    return this.#logcli(value) || this.#object(value, line)
  }

  #logcli({ labels, line, timestamp }: Readonly<Record<string, unknown>>): boolean {
    const moment = momentOf(timestamp)
    if (!isRecord(labels) || typeof line !== 'string' || moment === undefined) return false
    const texts = Object.entries(labels).map(([name, of]) => [name, String(of)] as const)
    this.#add('logcli lines', { moment, text: line, labels: Object.fromEntries(texts), metadata: {} })
    return true
  }

  #object(value: Readonly<Record<string, unknown>>, line: string | undefined): boolean {
    const time = timeKeys.find((key) => value[key] !== undefined)
    const moment = time === undefined ? undefined : momentOf(value[time])
    if (!wordKeys.some((key) => value[key] !== undefined)) return false
    if (moment === undefined) {
      this.#timelessFormat = 'JSON lines'
      return false
    }
    const service = serviceKeys.map((key) => value[key]).find((one) => typeof one === 'string')
    const labels = this.#labelsOf(service)
    this.#add('JSON lines', { moment, text: line ?? JSON.stringify(value), labels, metadata: {} })
    return true
  }

  #text(line: string): boolean {
    const [, quoted, bare] = logfmtTime.exec(line) ?? []
    const written = quoted ?? bare ?? leadingTime.exec(line)?.[1]
    const moment = written === undefined ? undefined : momentOf(written)
    if (moment !== undefined) {
      const isLogfmt = quoted !== undefined || bare !== undefined
      const [, inQuotes, word] = (isLogfmt ? logfmtService.exec(line) : undefined) ?? []
      const labels = this.#labelsOf(inQuotes ?? word)
      this.#add(isLogfmt ? 'logfmt' : 'text with times', { moment, text: line, labels, metadata: {} })
      return true
    }
    // A stack trace goes on below the line that has its time; in JSON it is in the line.
    const last =
      this.#format === 'logfmt' || this.#format === 'text with times' ? this.#drafts.pop() : undefined
    if (last === undefined) return false
    this.#drafts.push({ ...last, text: `${last.text}\n${line}` })
    if (!stackLine.test(line)) note(this.#joined, this.#number)
    return true
  }

  #labelsOf(service: unknown): Labels {
    const filename = this.#name
    return typeof service === 'string' && service !== '' ? { filename, service_name: service } : { filename }
  }

  #add(format: string, { moment, text, labels, metadata, isDeep }: Said): void {
    if (this.#lines >= this.#mostLines) {
      this.#isCut = true
      this.#isOver = this.#takeOther === undefined
      return
    }
    const key = keyOfLabels(labels)
    let stream = this.#indexOf.get(key)
    if (stream === undefined) {
      stream = this.#streams.push(labels) - 1
      this.#indexOf.set(key, stream)
    }
    const extra = Object.keys(metadata).length === 0 ? undefined : { metadata, parsed: {} }
    this.#drafts.push({ ...moment, stream, text, extra })
    this.#count(format, 1)
    if (isDeep === true) note(this.#deep, this.#records)
  }

  #count(format: string, lines: number): void {
    if (this.#format === '') this.#format = format
    this.#lines += lines
  }
}

/** In which direction the lines of an answer were asked for. */
function directionOf(result: unknown): Order {
  for (const stream of asList(result)) {
    const values = asList(isRecord(stream) ? stream['values'] : undefined)
    const [first = '', last = ''] = [values[0], values.at(-1)].map((entry) => String(asList(entry)[0]))
    // As text: nanoseconds since 1970 are more digits than a number keeps.
    if (first !== last) return first.padStart(20, '0') < last.padStart(20, '0') ? 'oldest' : 'newest'
  }
  return 'newest'
}

function note(places: LinePlaces, number: number): void {
  places.count++
  if (places.first.length < mostPlaces) places.first.push(number)
}

/** What a document says besides its spans: what it is, and what the server that wrote it has to say. */
import { JsonKind, type JsonScanner } from './json-scanner.ts'
import { unescapedText } from './text-interner.ts'

/** Keys kept for the sentence that says what a document looks like. */
const MOST_KEYS = 8
const LONGEST_KEY = 40
/** The server's words that are kept, in bytes. */
const MOST_WORDS = 2_000
/** Everything outermost in an answer of Jaeger's. */
const JAEGER_KEYS: ReadonlySet<string> = new Set(['data', 'total', 'limit', 'offset', 'errors'])

/** Collected while a document is read. */
export class DocumentWords {
  /** For people; empty while nothing known was found. */
  format = ''
  /** The first keys of the outermost objects, for documents that turn out to be something else. */
  readonly keys: string[] = []
  /** The outermost object has a list of `data`, as Jaeger's answers have. */
  hasDataList = false
  /** Objects of OpenTelemetry's other signals: collectors write all three into one file. */
  logs = 0
  metrics = 0
  /** The server says that this is not the whole trace. */
  isPartial = false
  /** What the server says to that. */
  message = ''
  /** What the server says went wrong. */
  serverError = ''

  /** The outermost shape names the format: `{"trace":{"resourceSpans"` is Tempo's. */
  setFormat(format: string): void {
    if (this.format === '') this.format = format
  }

  /** Takes the key that was just read as one of the outermost. */
  addKey({ bytes, textStart, textEnd }: JsonScanner): void {
    if (this.keys.length >= MOST_KEYS || this.format !== '') return
    const key = unescapedText(bytes, textStart, Math.min(textEnd, textStart + LONGEST_KEY))
    if (!this.keys.includes(key)) this.keys.push(key)
  }

  /** Reads the value of `error` or `errors`. */
  readError(scanner: JsonScanner): void {
    const words = readWords(scanner)
    // The sentence in it; all of it when there is none.
    const message = /"(?:message|msg)"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(words)?.[1] ?? words
    if (message !== '') this.serverError = message
  }

  /** Reads the value of `status`. */
  readStatus(scanner: JsonScanner): void {
    const status = readWords(scanner)
    if (status === 'PARTIAL' || status === '1') this.isPartial = true
  }

  /** Reads the value of `message`. */
  readMessage(scanner: JsonScanner): void {
    const words = readWords(scanner)
    if (words !== '') this.message = words
  }

  /** The document is over: an answer of Jaeger's that found nothing is told by its keys. */
  finish(isWhole: boolean): void {
    const isEmptyAnswer = isWhole && this.hasDataList && this.keys.every((key) => JAEGER_KEYS.has(key))
    if (isEmptyAnswer || ['data', 'total', 'errors'].every((key) => this.keys.includes(key)))
      this.setFormat('Jaeger JSON')
  }
}

/** A short value as text; empty for `null`. */
function readWords(scanner: JsonScanner): string {
  const kind = scanner.kind()
  const start = scanner.pos
  scanner.skipValue()
  const { bytes, textStart, textEnd, pos } = scanner
  if (kind === JsonKind.string)
    return unescapedText(bytes, textStart, Math.min(textEnd, textStart + MOST_WORDS))
  const text = unescapedText(bytes, start, Math.min(pos, start + MOST_WORDS))
  return text === 'null' || text === '[]' || text === '{}' ? '' : text
}

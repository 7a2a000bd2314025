/** The door of shared/import: bytes of any number of documents in, traces out. */
import { release } from '#shared/base/release'
import { buildTrace, type TraceOptions } from '#shared/trace/builder'
import type { ByteStore } from '#shared/trace/byte-store'
import type { SpanDetail } from '#shared/trace/detail'
import type { SpanIndex, Trace, TraceSummary } from '#shared/trace/table'
import { spanDetail } from './detail.ts'
import { type DocumentReport, TraceDocument } from './document.ts'
import { Intake } from './intake.ts'
import { newestFirst, summarise } from './summaries.ts'

export type { DocumentReport } from './document.ts'
export { TextInterner } from './text-interner.ts'
export { scopePairs, spanFilter, visitSpan } from './visit.ts'

/** One document while it is read. Neither `push` nor `end` throws because of what the bytes say. */
export interface DocumentReader {
  /** The next bytes, in pieces of any size. The array is kept: do not write to it afterwards. */
  push(bytes: Uint8Array): void
  /** No more bytes will come, whether because that was all or because the connection broke. */
  end(): void
  /** Whether more bytes would change nothing: it is neither text nor protobuf. */
  readonly isOver: boolean
  /** Whether it is JSON of which all was passed, with no more than so many brackets open at once: one that may be parsed. */
  isWithin(depth: number): boolean
  /** Spans read so far; costs nothing, other than the report. */
  readonly spans: number
  readonly report: DocumentReport
}

/** So many spans are built for a list of traces; each trace's are looked for among all. */
const MOST_SPANS_BUILT = 200_000
const MOST_ROWS_SCANNED = 20_000_000

/** How far reading has come. */
export interface ImportProgress {
  readonly bytes: number
  readonly spans: number
  readonly traces: number
}

/** Reads documents, side by side or one after the other, and builds the traces found in them. */
export class TraceImport {
  readonly #intake = new Intake()
  readonly #documents: TraceDocument[] = []

  /** The bytes of all documents; the columns of every trace point into it. */
  get store(): ByteStore {
    return this.#intake.store
  }

  /** The spans of all documents as they came, for who asks of all of them at once. */
  get arrived(): Intake {
    return this.#intake
  }

  /** The trace that came first; undefined while none has. */
  get firstTraceId(): string | undefined {
    return this.#intake.traceIds.texts[0]
  }

  /** Begins a document; `name` and `isFile` are only for messages, the format is found by content. */
  addDocument(name: string, isFile = false): DocumentReader {
    const document = new TraceDocument(name, this.#intake, this.#documents.length, isFile)
    this.#documents.push(document)
    return document
  }

  progress(): ImportProgress {
    return {
      bytes: this.#documents.reduce((bytes, document) => bytes + document.bytes, 0),
      spans: this.#intake.spans.length,
      traces: this.#intake.traceIds.texts.length,
    }
  }

  /**
   * Every trace of every document, newest first. Costs in proportion to all spans read. Where that is cheap, times and counts are those
   * of the built trace, with clocks adjusted and spans that came twice merged; else as they came. `build` is for who keeps what was built.
   */
  summaries(
    build = (traceId: string): Trace | undefined => this.build(traceId, { adjustSkew: true }),
  ): TraceSummary[] {
    const summaries = summarise(this.#intake)
    const spans = this.#intake.spans.length
    if (spans > MOST_SPANS_BUILT || spans * summaries.length > MOST_ROWS_SCANNED) return summaries
    return summaries.map((summary) => asBuilt(summary, build(summary.traceId))).sort(newestFirst)
  }

  /** By trace id, the names of the documents its spans came in. O(spans). */
  documentNames(): Map<string, readonly string[]> {
    const { spans, scopes, traceIds } = this.#intake
    const found = traceIds.texts.map(() => new Set<string>())
    for (let row = 0; row < spans.length; row++) {
      found[spans.trace[row]].add(this.#documents[scopes[spans.scope[row]].document].name)
    }
    return new Map(traceIds.texts.map((id, trace) => [id, [...found[trace]]]))
  }

  /**
   * The columns of one trace from what has been read so far, also before the end. `traceId` undefined: the one that came first.
   * Undefined when there is no such trace (yet). Costs in proportion to the spans read.
   */
  build(traceId: string | undefined, options: TraceOptions): Trace | undefined {
    const { spans, traceIds, names, services, scopes } = this.#intake
    const index = traceId === undefined ? 0 : traceIds.texts.indexOf(traceId)
    if (index < 0 || index >= traceIds.texts.length) return undefined
    const rows = this.#rowsOf(index)
    const fromDocuments = new Set<number>()
    for (const row of rows) fromDocuments.add(scopes[spans.scope[row]].document)
    const problems = [...fromDocuments].flatMap((document) =>
      this.#documents[document]
        .problems()
        .filter(({ trace }) => trace < 0 || trace === index)
        .map(({ problem }) => problem),
    )
    const trace = buildTrace(
      {
        traceId: traceIds.texts[index],
        spans,
        rows,
        names: names.texts,
        services: services.texts,
        scopes,
        problems,
      },
      options,
    )
    release(rows)
    return trace
  }

  /** Everything the document says of one span. */
  detail(trace: Trace, row: SpanIndex): SpanDetail {
    return spanDetail(this.store, trace, row)
  }

  #rowsOf(trace: number): Int32Array {
    const { spans } = this.#intake
    let count = 0
    for (let row = 0; row < spans.length; row++) if (spans.trace[row] === trace) count++
    const rows = new Int32Array(count)
    let filled = 0
    for (let row = 0; filled < count; row++) if (spans.trace[row] === trace) rows[filled++] = row
    return rows
  }
}

function asBuilt(summary: TraceSummary, trace: Trace | undefined): TraceSummary {
  if (trace === undefined) return summary
  const { epochNs, durationNs, spanCount, errorCount } = trace
  return { ...summary, startNs: String(epochNs), durationNs, spanCount, errorCount }
}

/** The door of shared/import: bytes of any number of documents in, traces out. */
import type { ApiError } from '#shared/api/contract'
import type { TraceOptions } from '#shared/trace/builder'
import type { ByteStore } from '#shared/trace/byte-store'
import type { SpanDetail } from '#shared/trace/detail'
import type { Problem, SpanIndex, Trace, TraceSummary } from '#shared/trace/table'

export { type PairPlace, type PairVisitor, scopePairs, spanFilter, visitSpan } from './visit.ts'

/** What became of one document; a snapshot, taken at any time. */
export interface DocumentReport {
  readonly name: string
  /** For people: `Jaeger JSON`, `OTLP JSON`, `Tempo JSON`, `OTLP protobuf`, `Zipkin v2 JSON`; empty while unknown. */
  readonly format: string
  readonly bytes: number
  readonly spans: number
  /** Why it could not be read, or not to its end; what was read before that is there all the same. */
  readonly error: ApiError | undefined
  /** Things left out or mended while reading. */
  readonly problems: readonly Problem[]
}

/** One document while it is read. Neither `push` nor `end` throws because of what the bytes say. */
export interface DocumentReader {
  /** The next bytes, in pieces of any size. The array is kept: do not write to it afterwards. */
  push(bytes: Uint8Array): void
  /** No more bytes will come, whether because that was all or because the connection broke. */
  end(): void
  readonly report: DocumentReport
}

/** How far reading has come. */
export interface ImportProgress {
  readonly bytes: number
  readonly spans: number
  readonly traces: number
}

/** Reads documents, side by side or one after the other, and builds the traces found in them. */
export declare class TraceImport {
  /** The bytes of all documents; the columns of every trace point into it. */
  readonly store: ByteStore
  /** Begins a document; `name` is only for messages, the format is found by content. */
  addDocument(name: string): DocumentReader
  progress(): ImportProgress
  /** Every trace of every document, newest first. Costs in proportion to all spans read. */
  summaries(): TraceSummary[]
  /**
   * The columns of one trace from what has been read so far, also before the end. `traceId` undefined: the one that came first.
   * Undefined when there is no such trace (yet). Costs in proportion to the spans read.
   */
  build(traceId: string | undefined, options: TraceOptions): Trace | undefined
  /** Everything the document says of one span. */
  detail(trace: Trace, row: SpanIndex): SpanDetail
}

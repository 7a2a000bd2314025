/**
 * What the page and the trace worker say to each other. The worker is a door: it reads bytes into columns (shared/import),
 * answers from them (shared/derive), and holds one *session* per opened thing: the bytes, and every trace found in them.
 */
import type { TraceForm } from './export-trace'
import type { ApiError, OpenedDocument, OpenedSource, SearchAnswer } from '#shared/api/contract'
import type { AttributeColumn, AttributeKey } from '#shared/derive/attribute-column'
import type { ArrangementColumns } from '#shared/derive/arrangement'
import type { ColorClasses } from '#shared/derive/color-classes'
import type { CriticalPath } from '#shared/derive/critical-path'
import type { GroupBy } from '#shared/derive/groups/grouping'
import type { GroupSort } from '#shared/derive/groups/order'
import type { Finding } from '#shared/derive/findings'
import type { Flame, FlameArrangement } from '#shared/derive/flame'
import type { Minimap } from '#shared/derive/minimap'
import type { Reduction } from '#shared/derive/reduction'
import type { CountedCall } from '#shared/map/call-counter'
import type { TimeWindow } from '#shared/derive/time-window'
import type { SpanDetail } from '#shared/trace/detail'
import type { FileLog } from '#shared/logs/file-lines'
import type { TextList } from '#shared/base/text-list'
import type { Problem, SpanIndex, Trace, TraceSummary } from '#shared/trace/table'

/** Where bytes come from. `url` is a path of the handler. */
export type TraceInput =
  /** `size` where it is known: of files that the handler holds. */
  | { readonly kind: 'url'; readonly name: string; readonly url: string; readonly size?: number }
  | { readonly kind: 'file'; readonly name: string; readonly file: Blob }

/** What opened files are called as a source. */
export interface HandOver {
  readonly id: string
  readonly name: string
  readonly place: string
  readonly openedMs: number
}

export interface Progress {
  readonly bytes: number
  /** Undefined when nobody said how many will come. */
  readonly totalBytes: number | undefined
  readonly spans: number
  readonly traces: number
}

/** Who calls whom within some traces. */
export interface CallsInTraces {
  readonly calls: readonly CountedCall[]
  /** How many traces they were counted in. */
  readonly traces: number
}

/** What became of one input. */
export interface InputReport {
  readonly name: string
  /** For people, as in a DocumentReport of shared/import; empty when unknown. */
  readonly format: string
  readonly bytes: number
  readonly spans: number
  readonly error: ApiError | undefined
  /** Things left out or mended while reading, document-wide. */
  readonly problems: readonly Problem[]
  /** From the handler: `x-clew-note`. */
  readonly note: string | undefined
}

export interface BuildOptions {
  /** Move spans whose clock differs (see SpanFlag.shifted). */
  readonly adjustSkew: boolean
}

/** Lines of one file that is a log. */
export interface FileLogs extends FileLog {
  readonly name: string
}

/** Answer of a find: which rows match. */
export interface FindResult {
  /** One byte per row: 1 = matches. Missing rows never match. */
  readonly mask: Uint8Array
  readonly count: number
  /** Why the text is not a filter, with the position; then nothing matches and nothing is hidden. */
  readonly error: { readonly message: string; readonly from: number; readonly to: number } | undefined
}

/** What is worked out from a whole trace, once, off the page's thread. */
export interface TraceAnswers {
  readonly criticalPath: CriticalPath
  /** Up to four, the most telling first. */
  readonly findings: readonly Finding[]
  readonly minimap: Minimap
  /** What its colours mean: key of an attribute; empty for services. */
  readonly minimapColor: string
}

/** The picture of the whole trace that `answers` should draw. */
export interface MinimapSize {
  /** Width of the picture in device pixels: the columns of the minimap. */
  readonly widthPx: number
  /** Lanes to spread the rows over, at most: its height in pixels, or less. */
  readonly lanes: number
}

/** Which table of spans is wanted. */
export interface SpanTableQuestion {
  readonly by: GroupBy
  /** One byte per row, 1 = in view; undefined for all. */
  readonly included: Uint8Array | undefined
  readonly sort: GroupSort
  /** Only groups whose name holds this. */
  readonly filter: string
  /** The groups whose spans are wanted too: for each, the id of a span that is in it. */
  readonly open: readonly string[]
}

/** How far a table has come: spans read for what they say, or groups written into a file; measuring and sorting know no end. */
export interface TableProgress {
  readonly step: 'reading' | 'measuring' | 'writing'
  readonly done: number
  readonly of: number
}

/** A group whose spans are listed. */
export interface OpenGroup {
  /** Its place among the groups. */
  readonly at: number
  /** Its spans, sorted. */
  readonly rows: Int32Array
}

/** Groups in order, as parallel columns (see GroupMeasures); those without a span in view are left out. */
export interface SpanTableAnswer {
  /** Number of groups. */
  readonly length: number
  /** Spans in all of them. */
  readonly spanCount: number
  /** The largest total. */
  readonly largestNs: number
  /** ServiceIndex; -1 where the group is not of one service. */
  readonly service: Int32Array
  /** Index into `Trace.names`; -1 where the group is not of one name. */
  readonly name: Int32Array
  /** Index into `labels`; -1 where nothing is said. */
  readonly value: Int32Array
  /** One of its spans, which names the group in a link. */
  readonly first: Int32Array
  readonly count: Int32Array
  readonly errors: Int32Array
  readonly total: Float64Array
  readonly self: Float64Array
  readonly p50: Float64Array
  readonly p95: Float64Array
  readonly p99: Float64Array
  readonly max: Float64Array
  /** Values of the attribute; undefined where it is not by one. */
  readonly labels: TextList | undefined
  /** Per row of the trace: the place of its group; -1 where that is not in the table. */
  readonly groupAt: Int32Array
  /** In order of their places. */
  readonly open: readonly OpenGroup[]
}

/** Which flame graph is wanted. */
export interface FlameQuestion {
  readonly arrangement: FlameArrangement
  /** One byte per row of the last build, 1 = in view; undefined for all. */
  readonly included: Uint8Array | undefined
  /** Draws also what called those in view. */
  readonly keepsCallers: boolean
  /** Merged, only what was done in this time counts; undefined for all of it. */
  readonly window: TimeWindow | undefined
}

export type Request =
  /** `mostBytes`: no more than about so many are read; undefined for all there is room for. */
  | {
      readonly kind: 'open'
      readonly session: string
      readonly inputs: readonly TraceInput[]
      readonly mostBytes?: number | undefined
    }
  /** Builds the columns of one trace; `traceId` undefined means the first. */
  | {
      readonly kind: 'build'
      readonly session: string
      readonly traceId: string | undefined
      readonly options: BuildOptions
    }
  | { readonly kind: 'detail'; readonly session: string; readonly traceId: string; readonly row: SpanIndex }
  | { readonly kind: 'find'; readonly session: string; readonly traceId: string; readonly text: string }
  | {
      readonly kind: 'answers'
      readonly session: string
      readonly traceId: string
      /** Key of the attribute that colours the minimap; empty for services. */
      readonly color: string
      readonly size: MinimapSize
    }
  /** Which attribute keys the spans and resources of a trace have. */
  | { readonly kind: 'attribute-keys'; readonly session: string; readonly traceId: string }
  /** What every span says under one key. */
  | {
      readonly kind: 'attribute'
      readonly session: string
      readonly traceId: string
      readonly key: string
    }
  | {
      readonly kind: 'arrange'
      readonly session: string
      readonly traceId: string
      readonly reductions: readonly Reduction[]
      readonly repeatsFolded: boolean
    }
  /** Rows told apart by the most common values of an attribute. */
  | {
      readonly kind: 'color-classes'
      readonly session: string
      readonly traceId: string
      readonly key: string
    }
  /** Spans by groups. */
  | {
      readonly kind: 'span-table'
      readonly session: string
      readonly traceId: string
      readonly question: SpanTableQuestion
    }
  /** The same groups as a file of comma-separated values. */
  | {
      readonly kind: 'span-table-csv'
      readonly session: string
      readonly traceId: string
      readonly question: SpanTableQuestion
    }
  | {
      readonly kind: 'flame'
      readonly session: string
      readonly traceId: string
      readonly question: FlameQuestion
    }
  /** Asks a search route of the handler; whole traces are summed up and their bytes let go. */
  | { readonly kind: 'search'; readonly url: string }
  /** Columns of all traces of inputs, which are let go afterwards. */
  | { readonly kind: 'read'; readonly inputs: readonly TraceInput[]; readonly mostBytes: number }
  | { readonly kind: 'count-calls'; readonly inputs: readonly TraceInput[]; readonly mostBytes: number }
  /** The lines of logs in files. */
  | { readonly kind: 'file-logs'; readonly inputs: readonly TraceInput[] }
  /** Hands files over to the handler, once nothing else is being opened. */
  | { readonly kind: 'hand-over'; readonly as: HandOver; readonly inputs: readonly TraceInput[] }
  /** One trace, of a session or of what sources sent, in a form in which it leaves Clew. */
  | {
      readonly kind: 'export'
      readonly from: string | readonly Uint8Array<ArrayBuffer>[]
      readonly traceId: string
      readonly form: TraceForm
    }
  | { readonly kind: 'close'; readonly session: string }
  /** Stops the request with this number. */
  | { readonly kind: 'cancel'; readonly request: number }

export type Answer =
  | {
      readonly kind: 'opened'
      readonly traces: readonly TraceSummary[]
      readonly inputs: readonly InputReport[]
      /** By trace id, the names of the inputs that hold it; empty where there is only one input. */
      readonly holders: ReadonlyMap<string, readonly string[]>
    }
  | { readonly kind: 'built'; readonly trace: Trace }
  | { readonly kind: 'detail'; readonly detail: SpanDetail }
  | { readonly kind: 'found'; readonly result: FindResult }
  | { readonly kind: 'answers'; readonly answers: TraceAnswers }
  | { readonly kind: 'attribute-keys'; readonly keys: readonly AttributeKey[] }
  | { readonly kind: 'attribute'; readonly column: AttributeColumn }
  | { readonly kind: 'arranged'; readonly columns: ArrangementColumns }
  | { readonly kind: 'color-classes'; readonly classes: ColorClasses }
  | { readonly kind: 'span-table'; readonly table: SpanTableAnswer }
  | { readonly kind: 'span-table-csv'; readonly csv: Blob }
  | { readonly kind: 'flame'; readonly flame: Flame }
  | { readonly kind: 'searched'; readonly answer: SearchAnswer }
  | { readonly kind: 'read'; readonly traces: readonly Trace[] }
  | ({ readonly kind: 'calls' } & CallsInTraces)
  | { readonly kind: 'file-logs'; readonly logs: readonly FileLogs[] }
  | {
      readonly kind: 'handed-over'
      readonly source: OpenedSource
      readonly documents: readonly OpenedDocument[]
    }
  | { readonly kind: 'exported'; readonly bytes: Uint8Array<ArrayBuffer> | undefined }
  | { readonly kind: 'done' }

/** Sent while something is under way. */
export type Event =
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** What has arrived so far, as columns: rows may move in the next one. Only of the first trace of the session. */
  | { readonly kind: 'snapshot'; readonly trace: Trace }
  /** What became of each input, where none gave a span and the `open` fails. */
  | { readonly kind: 'inputs'; readonly inputs: readonly InputReport[] }
  /** Bytes of files that were read to be handed over, and names of those that could not be read to their end. */
  | { readonly kind: 'handing-over'; readonly bytes: number; readonly broken: readonly string[] }
  /** Matches known before all spans are looked at. */
  | { readonly kind: 'found-so-far'; readonly result: FindResult }
  | { readonly kind: 'table-progress'; readonly progress: TableProgress }
  /** Spans whose attribute was read, of all. */
  | { readonly kind: 'color-progress'; readonly done: number; readonly of: number }
  /** Told once, of no request: the worker holds the lock of its own name, and will until it ends. */
  | { readonly kind: 'alive' }

export type ToWorker = { readonly id: number; readonly request: Request }
export type FromWorker =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly event: Event }
  | { readonly id: number; readonly error: ApiError }

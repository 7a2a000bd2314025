/**
 * The trace data model: a trace is columns, not objects.
 *
 * Times are nanoseconds from `Trace.epochNs`, held in doubles: exact up to 2^53 ns (104 days), which is
 * longer than any trace; further away they round. Ids are normalised when read: lower-case hex, trace ids padded to 32 digits, span
 * ids to 16. Names follow OpenTelemetry, whatever the document called them.
 *
 * Columns are typed arrays, over SharedArrayBuffer where the page is cross-origin isolated, so that the
 * worker that made them and the page that draws them read the same memory.
 */

/** A row of a SpanTable. */
export type SpanIndex = number & { readonly _index?: 'span' }
/** An index into `Trace.services`. */
export type ServiceIndex = number & { readonly _index?: 'service' }
/** An index into `Trace.scopes`. */
export type ScopeIndex = number & { readonly _index?: 'scope' }

/** OpenTelemetry span kinds, by their OTLP number. https://opentelemetry.io/docs/specs/otlp/ */
export const SpanKind = {
  unspecified: 0,
  internal: 1,
  server: 2,
  client: 3,
  producer: 4,
  consumer: 5,
} as const

export type SpanKindName = keyof typeof SpanKind

/** In order of their numbers. */
export const spanKindNames = Object.keys(SpanKind) as readonly SpanKindName[]

/** Bits of `SpanTable.flags`. */
export const SpanFlag = {
  /** Status is error (OTLP code 2, Jaeger tag `error`, Zipkin tag `error`). */
  error: 1,
  /** Status was set to OK on purpose (OTLP code 1). */
  ok: 2,
  /** Not a span that was recorded: it stands for a parent that its children name but that never arrived. */
  missing: 4,
  /** A child of a `missing` row. */
  orphan: 8,
  /** Another, different span in this trace has the same id. */
  duplicate: 16,
  /** Its parent chain led back to itself; it was made a root. */
  cycle: 32,
  /** Its times were moved because its clock differs; by how much stands in `shift`. */
  shifted: 64,
  /** It ended before it started as written; its duration was set to 0. */
  negative: 128,
  /** It came without a start time or a duration. */
  untimed: 256,
  /** It follows from its parent rather than being waited for (Jaeger FOLLOWS_FROM). */
  followsFrom: 512,
  /** It carries an attribute of the `db.` group. */
  database: 1024,
  /** It carries an attribute of the `messaging.` group. */
  messaging: 2048,
  /** It has an event named `exception`. */
  exception: 4096,
  /** Its text in the document holds escapes (`\n`, `\u00e9`): what it says does not stand there byte by byte. */
  escaped: 8192,
  /** Its start was recorded as a time that cannot be true, and counts as unknown. */
  impossibleStart: 16_384,
} as const

/**
 * One row per span, in pre-order: parents come before children, siblings in order of start (then of arrival).
 * `checkTrace` in check.ts tests every line of these comments.
 */
export interface SpanTable {
  readonly length: number
  /** Row of the parent, always smaller than the own row; -1 for a root. */
  readonly parent: Int32Array
  /** Row after the last descendant; a leaf has its own row + 1. */
  readonly subtreeEnd: Int32Array
  /** 0 for a root. */
  readonly depth: Int32Array
  /** Number of direct children. */
  readonly childCount: Int32Array
  /** Nanoseconds from `Trace.epochNs`; never negative, never NaN. */
  readonly start: Float64Array
  /** Nanoseconds; never negative, never NaN. */
  readonly duration: Float64Array
  /** Nanoseconds of `duration` in which no child was running; never negative. */
  readonly self: Float64Array
  /** Nanoseconds added to the start that was recorded (see SpanFlag.shifted); length 0 when nothing was moved. */
  readonly shift: Float64Array
  /** Index into `Trace.names`. */
  readonly name: Int32Array
  /** ServiceIndex. */
  readonly service: Int32Array
  /** One of SpanKind. */
  readonly kind: Uint8Array
  /** Bits of SpanFlag. */
  readonly flags: Uint16Array
  /** The upper and lower 32 bits of the span id. */
  readonly idHigh: Uint32Array
  readonly idLow: Uint32Array
  /** ScopeIndex: the resource and instrumentation scope, and the document, it came from. -1 for a `missing` row. */
  readonly scope: Int32Array
  /** The span's own text or message in the kept bytes (ByteStore addresses), half open; 0,0 for a `missing` row. */
  readonly byteStart: Float64Array
  readonly byteEnd: Float64Array
  /** Length + 1 entries: the events of row i are `eventTime[eventStart[i] .. eventStart[i + 1]]`. */
  readonly eventStart: Int32Array
  /** Nanoseconds from `Trace.epochNs`; may be negative or past the span's end if recorded so. */
  readonly eventTime: Float64Array
  /** Number of span links. */
  readonly linkCount: Uint16Array
}

/** A half-open range of ByteStore addresses. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** The formats a document can be in; each has its decoder in shared/import. */
export type TraceFormat =
  | 'jaeger-json'
  | 'otlp-json'
  | 'otlp-protobuf'
  | 'zipkin-json'
  | 'zipkin-v1-json'
  | 'sdk-json'
  | 'chrome-json'

/** What the spans of one resource and instrumentation scope have in common. Decoded on demand from the kept bytes. */
export interface ScopeInfo {
  readonly service: ServiceIndex
  readonly format: TraceFormat
  /** Index of the document it was read from. */
  readonly document: number
  /** Jaeger process, OTLP resource, Zipkin endpoint, event that names a process of Chrome's; undefined where the document has none. */
  readonly resource: ByteRange | undefined
  /** OTLP instrumentation scope; event that names a thread of Chrome's. */
  readonly scope: ByteRange | undefined
}

/** What was found wrong with a trace or its document, and how it was mended. Never a reason to show nothing. */
export interface Problem {
  readonly kind:
    | 'missing-parent'
    | 'several-roots'
    | 'duplicate-id'
    | 'merged'
    | 'cycle'
    | 'clock-skew'
    | 'negative-duration'
    | 'no-time'
    | 'impossible-time'
    | 'no-id'
    | 'odd-value'
    | 'unreadable-span'
    | 'no-span'
    | 'unknown-object'
    | 'other-signal'
    | 'cut-off'
    | 'partial'
    | 'too-large'
  /** How many spans it concerns. */
  readonly count: number
  /** One sentence for the person who reads the trace: what it is and what was done. */
  readonly message: string
  /** Up to 100 rows it concerns; empty where the spans were left out. */
  readonly rows: readonly SpanIndex[]
}

/** One trace, ready to be drawn. */
export interface Trace {
  /** 32 lower-case hex digits. */
  readonly traceId: string
  /** The earliest start of its spans, nanoseconds since 1970. */
  readonly epochNs: bigint
  /** From the earliest start to the latest end, nanoseconds. */
  readonly durationNs: number
  readonly spans: SpanTable
  /** Spans that were recorded: `spans.length` less the `missing` rows. */
  readonly spanCount: number
  readonly errorCount: number
  /** Deepest `depth` + 1. */
  readonly levels: number
  readonly names: readonly string[]
  readonly services: readonly string[]
  /** Recorded spans of each service, parallel to `services`. */
  readonly serviceSpans: readonly number[]
  readonly scopes: readonly ScopeInfo[]
  readonly problems: readonly Problem[]
}

/** What a list of traces shows, wherever it came from. */
export interface TraceSummary {
  /** 32 lower-case hex digits. */
  readonly traceId: string
  readonly rootService: string
  readonly rootName: string
  /** Nanoseconds since 1970, decimal (bigint does not survive JSON). */
  readonly startNs: string
  readonly durationNs: number
  /** Undefined where the server does not say. */
  readonly spanCount: number | undefined
  readonly errorCount: number | undefined
  /** Whether the trace, or its root, failed, where that is known without a count. */
  readonly failed: boolean | undefined
  /** Most spans first. */
  readonly services: readonly { readonly name: string; readonly spanCount: number }[]
  /** The span that made the trace match, where the server says. */
  readonly matched: MatchedSpan | undefined
  /** Spans that match, where single spans were asked for (`TraceQuery.spanKind`). */
  readonly spans?: readonly MatchedSpan[] | undefined
}

/** A span by which a trace was found. */
export interface MatchedSpan {
  /** 16 lower-case hex digits. */
  readonly spanId: string
  readonly name: string
  readonly durationNs: number
}

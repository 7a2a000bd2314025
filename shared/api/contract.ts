/**
 * The contract between the page and the handler: types only. Routes stand in `routes.md` beside this file.
 * Everything the page asks goes through `fetch('/api/…')`; both shells mount the same handler.
 */
import type { SpanKindName, TraceSummary } from '#shared/trace/table'

/** What is asked over the network. */
export type ServerKind = 'jaeger' | 'tempo' | 'zipkin' | 'loki' | 'prometheus'

/** `local` (the demo shop) and `files` (those opened last): held by Clew itself, and asked by the same routes. */
export type SourceKind = ServerKind | 'local' | 'files'

/** What a source can answer, so that the page offers only what will work. */
export interface Capabilities {
  readonly traces: boolean
  readonly logs: boolean
  readonly metrics: boolean
  readonly traceql: boolean
  /** Lists attributes with their values, and operations without a service. */
  readonly vocabulary: boolean
  readonly dependencies: boolean
  /** The service must be named in a search. */
  readonly needsService: boolean
  /** When more match than were asked for, a search gives the newest. Jaeger promises no order: some of its stores give any. */
  readonly newestFirst: boolean
}

export type Auth =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: Secret }
  | { readonly kind: 'bearer'; readonly token: Secret }

/**
 * A secret on its way in: a new value, or `kept` for the one that is stored. On its way out it is only ever
 * `kept` (there is one) or `none`.
 */
export type Secret =
  | { readonly kind: 'new'; readonly value: string }
  | { readonly kind: 'kept' }
  | { readonly kind: 'none' }

export interface Header {
  readonly name: string
  /** Values of custom headers are secrets: they are often API keys. */
  readonly value: Secret
}

export interface TlsOptions {
  /** PEM text of extra certificate authorities. */
  readonly ca: string
  /** PEM text of the client certificate. */
  readonly clientCert: string
  /** PEM text of its private key. */
  readonly clientKey: Secret
  readonly skipVerify: boolean
}

/** What a person says of a connection. */
export interface SourceInput {
  readonly name: string
  readonly kind: ServerKind
  /** http or https, with the path prefix, without a trailing slash; no user, password or query in it. */
  readonly url: string
  readonly auth: Auth
  readonly headers: readonly Header[]
  /** Sent as X-Scope-OrgID (Tempo, Loki, Prometheus) or x-tenant (Jaeger); empty for none. */
  readonly tenant: string
  readonly tls: TlsOptions
  readonly timeoutMs: number
}

/** A connection to a server. */
export interface ServerSource extends SourceInput {
  readonly id: string
  /** `run`: given on the command line, gone when Clew ends. */
  readonly lasts: 'kept' | 'run'
  /** When its address and options were last said, milliseconds since 1970; undefined for one that an older Clew kept. */
  readonly changedMs?: number | undefined
  readonly capabilities: Capabilities
}

/** Which run of the demo shop: the same choice leaves the same traces behind, at other times. */
export interface DemoChoice {
  /** One of `demoScenarios`. */
  readonly scenario: string
  readonly seed: number
}

/**
 * Who began a run: `itself` where nobody asked for it, as there was nothing else to begin with (it ends as soon as there is); who named
 * it on the command line and who chose it on the page keep it.
 */
export type DemoBeginner = 'itself' | 'command-line' | 'page'

/** A run of the demo shop, which ended when it was asked for. */
export interface DemoSource {
  readonly kind: 'local'
  readonly id: string
  readonly name: string
  readonly lasts: 'run'
  readonly demo: DemoChoice
  readonly begunBy: DemoBeginner
  /** The simulated time, milliseconds since 1970. */
  readonly startMs: number
  readonly endMs: number
  readonly capabilities: Capabilities
}

/** What is in opened files, and from when to when. */
export interface OpenedCounts {
  readonly spans: number
  readonly traces: number
  readonly lines: number
  /** A label that all of the lines have, to ask for them with; empty where there is none. */
  readonly linesLabel: string
  readonly series: number
  /** False where all there is of metrics are exemplars: nothing can be drawn of those alone. */
  readonly hasSamples: boolean
  /** Pairs of services of which a server told that one calls the other. */
  readonly calls: number
  /** Milliseconds since 1970. */
  readonly startMs: number
  readonly endMs: number
}

/** What was found in one opened file, or in one of those within it. */
export interface OpenedDocument {
  readonly name: string
  readonly spans: number
  readonly lines: number
  readonly series: number
  /** Form of its metrics, for people; empty where there are none. */
  readonly format: string
  /** What of its lines and metrics could not be read, and where, in sentences. */
  readonly problems: readonly string[]
}

/** Files that were opened together. */
export interface OpenedSource {
  readonly kind: 'files'
  /** `files:` and the ids of the files as they stand in an address. */
  readonly id: string
  readonly name: string
  /** The names of the files. */
  readonly place: string
  /** Later ones come first, whichever was read first. */
  readonly openedMs: number
  readonly lasts: 'run'
  readonly holds: OpenedCounts
  readonly documents: readonly OpenedDocument[]
  /** Names of those that could not be read to their end. */
  readonly broken: readonly string[]
  readonly startMs: number
  readonly endMs: number
  readonly capabilities: Capabilities
}

export type Source = ServerSource | DemoSource | OpenedSource

export type ErrorKind =
  | 'refused'
  | 'not-found-host'
  | 'timeout'
  | 'certificate'
  | 'unauthorized'
  | 'forbidden'
  | 'needs-tenant'
  | 'not-found'
  | 'rate-limited'
  | 'server-error'
  | 'wrong-product'
  | 'login-page'
  | 'bad-answer'
  | 'empty-answer'
  | 'cut-off'
  | 'too-large'
  | 'bad-query'
  | 'bad-request'
  | 'cancelled'
  | 'internal'

/** Every answer that is not 2xx has this body, and every failed part of a larger answer holds one. */
export interface ApiError {
  readonly kind: ErrorKind
  /** One sentence: what happened, naming the source. */
  readonly message: string
  /** The server's own words, at most 2,000 characters. */
  readonly detail: string | undefined
  /** One sentence: what to try. */
  readonly advice: string
  /** The server's status, where it answered. */
  readonly status: number | undefined
  /** Of a trace that is not there: how it was asked for, in this order. */
  readonly tried?: readonly TriedRequest[] | undefined
}

/** One way of asking for a trace, which found nothing. */
export interface TriedRequest {
  /** `id as written, at that time`. */
  readonly what: string
  /** The id as it was written. */
  readonly id: string
  readonly tookMs: number
}

/** What *Test* found. */
export interface ProbeReport {
  readonly ok: boolean
  readonly product: string
  readonly version: string | undefined
  /** For instance `v3 (OTLP)`, `v1`, `v2 and v1`. */
  readonly api: string | undefined
  /** Up to 1,000 service names, or label names for Loki, metric names for Prometheus. */
  readonly seen:
    | {
        readonly what: 'services' | 'labels' | 'metrics'
        readonly names: readonly string[]
        readonly total: number
      }
    | undefined
  /** Server's clock less ours, milliseconds, from the Date header (1 s resolution); undefined without one. */
  readonly clockDifferenceMs: number | undefined
  readonly roundTripMs: number
  /** Things to know that are not failures: certificate not checked, exemplars off, clock 12 s ahead… */
  readonly notes: readonly string[]
  readonly error: ApiError | undefined
}

/** A server found on a usual port of this machine. */
export interface FoundServer {
  readonly kind: ServerKind
  readonly url: string
  readonly report: ProbeReport
}

export interface TagCondition {
  readonly key: string
  readonly value: string
}

/** What a form says of traces; what is empty or undefined says nothing. Durations in nanoseconds. */
export interface TraceConditions {
  readonly service: string
  readonly operation: string
  /** ANDed, equality. */
  readonly tags: readonly TagCondition[]
  readonly minDurationNs: number | undefined
  readonly maxDurationNs: number | undefined
  readonly errorsOnly: boolean
}

export const noConditions: TraceConditions = {
  service: '',
  operation: '',
  tags: [],
  minDurationNs: undefined,
  maxDurationNs: undefined,
  errorsOnly: false,
}

/** What the form of the search page says; each source is asked in its own language. */
export interface TraceQuery extends TraceConditions {
  /** Milliseconds since 1970. */
  readonly startMs: number
  readonly endMs: number
  readonly limit: number
  /** TraceQL; only for sources that speak it, and then instead of service, operation, tags and durations. */
  readonly traceql: string
  /** Asks for single spans: only those of this kind match, and up to `mostSpansEach` of each trace come along. */
  readonly spanKind?: SpanKindName | undefined
}

/** An operation that is repeated in a trace is known well enough by so many. */
export const mostSpansEach = 20

/**
 * The answer of a search. Where the server sends summaries they are here; where it sends whole traces (Jaeger, Zipkin) the handler
 * streams its bytes and the page's worker makes the summaries.
 */
export interface SearchAnswer {
  readonly traces: readonly TraceSummary[]
  /** The server gave as many as were asked for: there may be more. */
  readonly limitReached: boolean
  /** Start of the oldest trace the server gave, where some were left out because they did not fail. Milliseconds since 1970. */
  readonly oldestGivenMs?: number | undefined
  /** What the server said besides: partial, warnings. */
  readonly notes: readonly string[]
}

/** The calls that a source counted. */
export interface DependencyAnswer {
  readonly calls: readonly Dependency[]
  /** What of them could not be read, and of which time they are, where that is not what was asked for. */
  readonly notes: readonly string[]
  /** What was counted over, milliseconds since 1970; undefined for the window that was asked for. */
  readonly window?: { readonly startMs: number; readonly endMs: number }
}

export interface Dependency {
  readonly parent: string
  readonly child: string
  readonly callCount: number
  readonly errorCount: number | undefined
  /** Where it is no service that sends spans. */
  readonly parentKind?: 'queue'
  readonly childKind?: 'database' | 'queue' | 'outside'
  /** Counted in so many of its traces, which were read, and not in all: that is no count for a stretch of time. */
  readonly sampledOf?: number
  /** How long calls took, where the source knows. Seconds. */
  readonly seconds?: { readonly p50: number; readonly p95: number; readonly p99: number }
}

/** A file named on the command line or by the operating system. */
export interface OpenedFile {
  readonly id: string
  readonly name: string
  readonly size: number
  /** Why it cannot be read, if so. */
  readonly error: ApiError | undefined
}

export interface AppInfo {
  readonly version: string
  readonly shell: 'electron' | 'browser'
  /** When this run of it began, milliseconds since 1970. */
  readonly startedMs: number
  /** Where secrets are kept, in one sentence for the page. */
  readonly secretStore: { readonly kind: 'keychain' | 'file' | 'memory'; readonly sentence: string }
  readonly files: readonly OpenedFile[]
  /** Sentences about this start that a person should read: a damaged file set aside, permissions narrowed. */
  readonly notices?: readonly string[]
}

/** What is remembered between runs, besides connections. The page owns the meaning; unknown keys are kept. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark'
  readonly recent: readonly RecentItem[]
  /** Sizes of panels by name, px. */
  readonly sizes: Readonly<Record<string, number>>
  readonly timeZone: 'utc' | 'local'
  /** Show repeated siblings of a trace as one row; they are where this is not said. */
  readonly repeatsFolded?: boolean
  /** Which log lines stand among the spans of a trace; none where this is not said. */
  readonly traceLines?: 'none' | 'error' | 'warn' | 'all'
  /** A run of the demo shop was ended, or gave way to something of one's own: none begins by itself any more. */
  readonly demoEnded?: boolean
  /** The guide through the demo shop was put away. */
  readonly guideHidden?: boolean
  /** Queries that were asked, by language, newest first. */
  readonly queries?: Readonly<Record<string, readonly string[]>>
  /** What a person said of sources, by their ids; it wins over what was learned. */
  readonly facts?: Readonly<Record<string, Correction>>
  /** Where services were put on the map, px at a scale of 1; the others are placed by layers. */
  readonly mapPlaces?: Readonly<Record<string, readonly [x: number, y: number]>>
  /** Where Grafana is, empty where nobody has said it; and what sources are called there, by their ids. */
  readonly grafana?: { readonly url: string; readonly names: Readonly<Record<string, string>> }
  /** Colour slots of services by name, 1 to 24: the same in every window and browser of this profile. */
  readonly serviceSlots?: Readonly<Record<string, number>>
}

/** Where the lines of a source name their trace. */
export interface TraceNaming {
  /** Beside the line, in a field of its JSON or logfmt, anywhere in its text, or nowhere. */
  readonly in: 'metadata' | 'field' | 'text' | 'nowhere'
  /** Of the metadata, label or field; empty for the rest. */
  readonly name: string
}

/** What of a source was put right, or added, by a person. Services go by their names in traces. */
export interface Correction {
  /** The label that names services. */
  readonly service?: string
  /** What services are called here. */
  readonly names?: Readonly<Record<string, string>>
  /** Of logs. */
  readonly trace?: TraceNaming
  /** Of logs: so many milliseconds after its spans a service writes its lines, by its clock. */
  readonly clocks?: Readonly<Record<string, number>>
  /** Of metrics: the label of exemplars that names their trace. */
  readonly exemplar?: string
  /** Of metrics: the histogram that measures a service. */
  readonly histograms?: Readonly<Record<string, string>>
  /** Of traces: whether it holds those of a service. */
  readonly holds?: Readonly<Record<string, boolean>>
}

export interface RecentItem {
  readonly name: string
  readonly kind: string
  readonly holds: string
  readonly href: string
  readonly openedMs: number
  readonly sizeBytes: number
}

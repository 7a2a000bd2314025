/** What every kind of server is to the handler. */
import type { DependencyAnswer, ProbeReport, SearchAnswer, TraceQuery } from '#shared/api/contract'
import type { MetricAnswer } from '#shared/api/metrics'
import type { StreamedAnswer } from './http.ts'
import type { LogsBackend } from './logs-backend.ts'
import type { MetricsBackend } from './metrics-backend.ts'

/** Milliseconds since 1970. */
export interface TimeWindow {
  readonly startMs: number
  readonly endMs: number
}

/** What a server is, as far as it says. */
export interface Findings {
  readonly product: string
  readonly version: string | undefined
  /** Which of its APIs are there, for people. */
  readonly api: string | undefined
  readonly seen: ProbeReport['seen']
  readonly notes: readonly string[]
}

/** A trace that is asked for. */
export interface TraceRequest {
  /** 32 lower-case hex digits. */
  readonly traceId: string
  /** When it is thought to have been, if that is known. */
  readonly window: TimeWindow | undefined
  /** As stored: without the server's own corrections, where it has a choice. */
  readonly raw: boolean
}

/** A trace's bytes, and what there is to say about how they were got. */
export interface TraceAnswer extends StreamedAnswer {
  readonly notes: readonly string[]
}

/** Some servers send summaries, the others whole traces, whose summaries the page's worker makes. */
export type SearchResult =
  | { readonly kind: 'summaries'; readonly answer: SearchAnswer }
  | { readonly kind: 'traces'; readonly stream: StreamedAnswer; readonly notes: readonly string[] }

/** Tags by the scope they belong to. */
export interface TagScope {
  readonly scope: string
  readonly tags: readonly string[]
}

/** A value a tag has. */
export interface TagValue {
  readonly type: string
  readonly value: string
}

/** One server. Every rejection is a SourceError; every call can be stopped. */
export interface Backend {
  /** Rejects when it is not this product, or does not answer. */
  probe(signal: AbortSignal): Promise<Findings>
  /** Undefined where the product keeps no traces. */
  readonly traces: TraceBackend | undefined
  /** Left out where the product keeps no logs. */
  readonly logs?: LogsBackend | undefined
  /** Left out where the product keeps no metrics. */
  readonly metrics?: MetricsBackend | undefined
}

/** A server that keeps traces. */
export interface TraceBackend {
  services(window: TimeWindow, signal: AbortSignal): Promise<readonly string[]>
  operations(service: string, window: TimeWindow, signal: AbortSignal): Promise<readonly string[]>
  search(query: TraceQuery, signal: AbortSignal): Promise<SearchResult>
  /** Rejects with `not-found` when no spelling of the id is known to the server. */
  trace(request: TraceRequest, signal: AbortSignal): Promise<TraceAnswer>
  /** TraceQL that counts; undefined where such a query is not answered. */
  readonly metric?: (
    query: string,
    window: TimeWindow,
    stepMs: number,
    signal: AbortSignal,
  ) => Promise<MetricAnswer>
  /** Undefined where the server cannot list tags. */
  readonly tags?: (window: TimeWindow, signal: AbortSignal) => Promise<readonly TagScope[]>
  readonly tagValues?: (
    tag: string,
    filter: string,
    window: TimeWindow,
    signal: AbortSignal,
  ) => Promise<readonly TagValue[]>
  /** Undefined where the server keeps no graph of services. */
  readonly dependencies?: (window: TimeWindow, signal: AbortSignal) => Promise<DependencyAnswer>
}

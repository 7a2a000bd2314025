/** What a server that keeps logs is to the handler. The demo shop is asked by the same interface. */
import type { Labels, LinesQuery, LogField, LogPattern, LogVolume, LogWindow } from '#shared/api/logs'
import type { MetricAnswer } from '#shared/api/metrics'
import type { TimeWindow } from './backend.ts'
import type { StreamedAnswer } from './http.ts'

/** Lines as Loki's `query_range` answers them, with categorized labels where the server knows them. */
export interface LinesAnswer extends StreamedAnswer {
  /** The limit that was kept to: an answer with so many lines may have left some out. */
  readonly limit: number
}

/** A server that keeps logs. Every rejection is a SourceError; every call can be stopped. */
export interface LogsBackend {
  lines(query: LinesQuery, signal: AbortSignal): Promise<LinesAnswer>
  /** A metric query; `stepMs` between two points. */
  metric(query: string, window: TimeWindow, stepMs: number, signal: AbortSignal): Promise<MetricAnswer>
  /** Lines of a log query by level; bars begin at multiples of the step. */
  volume(query: string, window: TimeWindow, stepMs: number, signal: AbortSignal): Promise<LogVolume>
  /** Names of labels; `selector` is a stream selector, empty for all streams. */
  labels(selector: string, window: TimeWindow, signal: AbortSignal): Promise<readonly string[]>
  labelValues(
    label: string,
    selector: string,
    window: TimeWindow,
    signal: AbortSignal,
  ): Promise<readonly string[]>
  /** Labels of every stream a selector matches. */
  series(selector: string, window: LogWindow, signal: AbortSignal): Promise<readonly Labels[]>
  /** Undefined where the server cannot look into lines. */
  readonly fields?: (query: string, window: TimeWindow, signal: AbortSignal) => Promise<readonly LogField[]>
  readonly fieldValues?: (
    field: string,
    query: string,
    window: TimeWindow,
    signal: AbortSignal,
  ) => Promise<readonly string[]>
  /**
   * Lines as they come, from a moment on: frames of Loki's `tail`, one text of JSON each. Ends when the server ends it, which is no failure.
   * Undefined where lines cannot be followed.
   */
  readonly tail?: (query: string, startNs: string, signal: AbortSignal) => Promise<ReadableStream<string>>
  /** Undefined where the server finds no patterns. */
  readonly patterns?: (
    selector: string,
    window: TimeWindow,
    signal: AbortSignal,
  ) => Promise<readonly LogPattern[]>
}

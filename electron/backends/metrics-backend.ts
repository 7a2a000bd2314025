/** What a server that keeps metrics is to the handler. The demo shop is asked by the same interface. */
import type {
  ExemplarSeries,
  MetricAnswer,
  MetricLabels,
  MetricMetadata,
  MetricRule,
  TsdbStatus,
} from '#shared/api/metrics'
import type { TimeWindow } from './backend.ts'

/** A server that keeps metrics. Every rejection is a SourceError; every call can be stopped. */
export interface MetricsBackend {
  /** The value of an expression at one time, milliseconds since 1970. */
  query(query: string, atMs: number, signal: AbortSignal): Promise<MetricAnswer>
  /** Its values from the start of the window on, `stepMs` apart, up to and including its end. */
  queryRange(query: string, window: TimeWindow, stepMs: number, signal: AbortSignal): Promise<MetricAnswer>
  /** Exemplars of every series the expression reads; what it does with them is not looked at. */
  exemplars(query: string, window: TimeWindow, signal: AbortSignal): Promise<readonly ExemplarSeries[]>
  /** Names of labels; `match` is a series selector, empty for all series. */
  labels(match: string, window: TimeWindow, signal: AbortSignal): Promise<readonly string[]>
  labelValues(
    label: string,
    match: string,
    window: TimeWindow,
    signal: AbortSignal,
  ): Promise<readonly string[]>
  /** Labels of every series a selector matches. */
  series(match: string, window: TimeWindow, signal: AbortSignal): Promise<readonly MetricLabels[]>
  /** Of one metric, or of all; empty where the server was sent none. */
  metadata(metric: string | undefined, signal: AbortSignal): Promise<readonly MetricMetadata[]>
  /** Undefined where the server evaluates no rules. */
  readonly rules?: (signal: AbortSignal) => Promise<readonly MetricRule[]>
  /** Undefined where the server does not tell what its store holds. */
  readonly tsdb?: (signal: AbortSignal) => Promise<TsdbStatus | undefined>
}

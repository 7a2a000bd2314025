/** Metrics in the contract between page and handler. */

/** Labels of a series; the name of a metric is the label `__name__`. */
export type MetricLabels = Readonly<Record<string, string>>

/** JSON has no word for the numbers that are none. */
export type SampleValue = number | 'NaN' | '+Inf' | '-Inf'

/**
 * One bucket of a native histogram. `bounds` says which ends belong to it: 0 the right, 1 the left, 2 neither, 3 both.
 * A server leaves out buckets that hold nothing.
 */
export type HistogramBucket = readonly [bounds: number, left: number, right: number, count: number]

/** A native histogram at one time. */
export interface HistogramSample {
  /** Seconds since 1970. */
  readonly time: number
  readonly count: SampleValue
  readonly sum: SampleValue
  /** From low to high. */
  readonly buckets: readonly HistogramBucket[]
}

/** One series of an answer. Where nothing was, there is no sample: gaps are to be seen from the times. */
export interface MetricSeries {
  readonly labels: MetricLabels
  /** Seconds since 1970, rising; one value for each. */
  readonly times: readonly number[]
  readonly values: readonly SampleValue[]
  /** Samples that are native histograms; a series may have both over time. */
  readonly histograms: readonly HistogramSample[]
}

/** What evaluating a query cost the server, as far as it says. */
export interface QueryStats {
  /** Seconds. */
  readonly evaluationTime: number | undefined
  readonly samples: number | undefined
  /** What a source of logs looked through. */
  readonly searchedBytes?: number | undefined
}

/** The answer to a query. A scalar is one series without labels; a string has no series, and a text. */
export interface MetricAnswer {
  readonly kind: 'matrix' | 'vector' | 'scalar' | 'string'
  readonly series: readonly MetricSeries[]
  readonly text: string | undefined
  /** The answer may be wrong or in parts. */
  readonly warnings: readonly string[]
  /** Something about the query that is worth knowing. */
  readonly infos: readonly string[]
  readonly stats: QueryStats
}

/** One measurement that was kept with what it belongs to. */
export interface Exemplar {
  /** Of the exemplar itself: `trace_id`, `span_id` and others. */
  readonly labels: MetricLabels
  readonly value: number
  /** Seconds since 1970, with fractions. */
  readonly time: number
}

/** The exemplars of one series that a query reads. */
export interface ExemplarSeries {
  readonly labels: MetricLabels
  readonly exemplars: readonly Exemplar[]
}

/** What is known of a metric by its base name (`x_seconds` for `x_seconds_bucket`). */
export interface MetricMetadata {
  readonly name: string
  /** `counter`, `gauge`, `histogram`, `summary`, `unknown`… */
  readonly type: string
  readonly help: string
  readonly unit: string
}

export type AlertState = 'firing' | 'pending' | 'inactive' | 'unknown'

/** One alert of a rule. */
export interface Alert {
  readonly labels: MetricLabels
  readonly annotations: MetricLabels
  readonly state: AlertState
  /** Milliseconds since 1970; undefined when the server does not say. */
  readonly sinceMs: number | undefined
  readonly value: SampleValue | undefined
}

/** A rule of a server: it alerts, or records a series. */
export interface MetricRule {
  readonly kind: 'alerting' | 'recording'
  readonly name: string
  readonly group: string
  readonly query: string
  /** How long the expression must hold before it fires, seconds. */
  readonly holdSeconds: number
  readonly labels: MetricLabels
  readonly annotations: MetricLabels
  readonly state: AlertState
  readonly alerts: readonly Alert[]
  /** Why it could not be evaluated, if so. */
  readonly problem: string | undefined
}

/** Names that are told at most of one question; there may be more. Servers before 2.51 tell them all. */
export const mostNames = 20_000

/** One of the names that hold most. */
export interface NamedCount {
  readonly name: string
  readonly value: number
}

/** What a Prometheus says of the newest part of its store, which is in memory; each list is of the largest, the largest first. */
export interface TsdbStatus {
  readonly series: number
  /** Milliseconds since 1970: what that part covers. */
  readonly startMs: number
  readonly endMs: number
  readonly seriesByMetric: readonly NamedCount[]
  readonly valuesByLabel: readonly NamedCount[]
  readonly bytesByLabel: readonly NamedCount[]
  /** Named `label=value`. */
  readonly seriesByPair: readonly NamedCount[]
}

/** The answer of `metrics/tsdb`: without a status where the server does not tell. */
export interface TsdbAnswer {
  readonly status?: TsdbStatus | undefined
}

import type {
  ExemplarSeries,
  MetricAnswer,
  MetricLabels,
  MetricMetadata,
  MetricRule,
} from '#shared/api/metrics'
import type { KeptSeries } from '#shared/metrics/gathered-series'
import { childrenOf } from '#shared/metrics/unit'
import type { BreathOptions } from '#shared/query/breath'
import { evaluateInstant, evaluateRange } from '#shared/query/promql/evaluate'
import { bare, type Expression, type VectorSelector } from '#shared/query/promql/expression'
import { labelValue } from '#shared/query/promql/labels'
import { type Matcher, matchesAll } from '#shared/query/promql/matcher'
import { parsePromql } from '#shared/query/promql/parse'
import { PromqlError } from '#shared/query/promql/promql-error'
import { createSeriesStore, type SeriesStore } from '#shared/query/promql/series-store'
import type { TimeWindow } from '../backends/backend.ts'
import { metricAnswer } from '../backends/metric-answer.ts'

/** What is asked, all of it at hand. */
export interface KeptMetrics {
  /** No two have the same labels. */
  readonly series: readonly KeptSeries[]
  readonly metadata: readonly MetricMetadata[]
  /** The rules as they are at the end of the time that is kept; left out where there are none. */
  readonly rules?: (store: SeriesStore, options?: BreathOptions) => Promise<readonly MetricRule[]>
}

/** Metrics that Clew holds, to be asked as a Prometheus is. Throws PromqlError for what is no query, or cannot be answered. */
export interface MetricStore {
  query(query: string, atMs: number, options?: BreathOptions): Promise<MetricAnswer>
  queryRange(
    query: string,
    window: TimeWindow,
    stepMs: number,
    options?: BreathOptions,
  ): Promise<MetricAnswer>
  exemplars(query: string, window: TimeWindow): readonly ExemplarSeries[]
  labels(match: string, window: TimeWindow): readonly string[]
  labelValues(label: string, match: string, window: TimeWindow): readonly string[]
  series(match: string, window: TimeWindow): readonly MetricLabels[]
  metadata(metric: string | undefined): readonly MetricMetadata[]
  rules(options?: BreathOptions): Promise<readonly MetricRule[]>
}

export function createMetricStore({ series, metadata, rules }: KeptMetrics): MetricStore {
  const store = createSeriesStore(series)

  /** Those that match and have a sample in the window; all where nothing is asked for. */
  function within(match: string, { startMs, endMs }: TimeWindow): readonly KeptSeries[] {
    const matchers: readonly Matcher[] = match.trim() === '' ? [] : readSelector(match).matchers
    return series.filter(
      ({ labels, times }) =>
        matchesAll(matchers, labels) && times.some((timeMs) => timeMs >= startMs && timeMs <= endMs),
    )
  }

  return {
    query: async (query, atMs, options) =>
      metricAnswer(await evaluateInstant(query, store, { timeMs: atMs }, options)),
    queryRange: async (query, { startMs, endMs }, stepMs, options) =>
      metricAnswer(await evaluateRange(query, store, { startMs, endMs, stepMs }, options)),
    exemplars(query, window) {
      const selectors = [...selectorsIn(parsePromql(query).expression)]
      return series
        .filter(({ labels }) => selectors.some(({ matchers }) => matchesAll(matchers, labels)))
        .map((one) => exemplarsOf(one, window))
        .filter(({ exemplars }) => exemplars.length > 0)
    },
    labels: (match, window) =>
      sortedNames(within(match, window).flatMap(({ labels }) => labels.map(([name]) => name))),
    labelValues: (label, match, window) =>
      sortedNames(within(match, window).map(({ labels }) => labelValue(labels, label))),
    series: (match, window) => within(match, window).map(({ labels }) => Object.fromEntries(labels)),
    rules: async (options) => (await rules?.(store, options)) ?? [],
    metadata: (metric) => metadata.filter(({ name }) => metric === undefined || name === metric),
  }
}

/** What was kept with a series in the window. */
function exemplarsOf({ labels, exemplars }: KeptSeries, { startMs, endMs }: TimeWindow): ExemplarSeries {
  return {
    labels: Object.fromEntries(labels),
    exemplars: exemplars.filter(({ time }) => time * 1000 >= startMs && time * 1000 <= endMs),
  }
}

function readSelector(text: string): VectorSelector {
  const expression = bare(parsePromql(text).expression)
  if (expression.kind === 'vector-selector') return expression
  throw new PromqlError('type', expression, 'Only a selector can be asked for here, such as up{job="a"}.')
}

function* selectorsIn(expression: Expression): Generator<VectorSelector> {
  if (expression.kind === 'vector-selector') yield expression
  else for (const child of childrenOf(expression)) yield* selectorsIn(child)
}

/** Each once; a label that is not there has no value. */
function sortedNames(names: Iterable<string>): string[] {
  return [...new Set(names)].filter((name) => name !== '').sort()
}

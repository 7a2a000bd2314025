import type { Exemplar } from '#shared/api/metrics'
import { spanIdText, traceIdText } from '#shared/simulate/otlp/json-text'
import type { Run } from '#shared/simulate/run'
import { evaluateRules } from './alert-rules.ts'
import type { KeptMetrics } from './metric-store.ts'
import { clockMs, recordedMetrics } from './recorded-series.ts'

/** The metrics of a run with their exemplars and alerts. Counts all observations of the run at once. */
export function demoMetrics(run: Run): KeptMetrics {
  const { series, metadata } = recordedMetrics(run)
  return {
    series: series.map(({ exemplars, ...one }) => ({
      ...one,
      exemplars: exemplars.map(({ atNs, seconds, span }): Exemplar => ({
        labels: { trace_id: traceIdText(span.trace), span_id: spanIdText(span) },
        value: seconds,
        time: clockMs(run, span.instance, atNs) / 1000,
      })),
    })),
    metadata,
    rules(store, options) {
      const startMs = Number(run.epochNs / 1_000_000n)
      return evaluateRules(store, { startMs, endMs: startMs + run.lengthNs / 1e6 }, options)
    },
  }
}

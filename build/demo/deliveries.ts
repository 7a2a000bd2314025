import { logsDocument } from '#shared/simulate/otlp/logs'
import { metricsDocuments } from '#shared/simulate/otlp/metrics'
import { tracesDocument } from '#shared/simulate/otlp/traces'
import type { Run } from '#shared/simulate/run'
import type { Signal } from './target.ts'

/** One request, and when the shop sends it. */
export interface Delivery {
  readonly atNs: number
  readonly signal: Signal
  /** Spans, lines, or rounds of metrics in it. */
  readonly count: number
  readonly body: string
}

/** What OpenTelemetry's batch processors wait by default. */
const batchNs = 5_000_000_000

/** What a run leaves behind, as the shop's own exporters would send it: spans when they have ended, metrics when they are read. */
export function* deliveries(run: Run): Generator<Delivery> {
  const spans = run.traces.flatMap((trace) => trace.spans).sort((one, other) => one.endNs - other.endNs)
  const metrics = metricsDocuments(run)
  let nextMetrics = metrics.next()
  let [span, line] = [0, 0]
  for (let atNs = batchNs; atNs <= run.lengthNs; atNs += batchNs) {
    const [firstSpan, firstLine] = [span, line]
    while (span < spans.length && spans[span].endNs <= atNs) span++
    while (line < run.lines.length && run.lines[line].atNs <= atNs) line++
    if (span > firstSpan) {
      const batch = spans.slice(firstSpan, span)
      yield { atNs, signal: 'traces', count: batch.length, body: tracesDocument(run, batch) }
    }
    if (line > firstLine) {
      const batch = run.lines.slice(firstLine, line)
      yield { atNs, signal: 'logs', count: batch.length, body: logsDocument(run, batch) }
    }
    while (!nextMetrics.done && nextMetrics.value.atNs <= atNs) {
      yield { atNs, signal: 'metrics', count: 1, body: nextMetrics.value.text }
      nextMetrics = metrics.next()
    }
  }
}

import type { MetricAnswer } from '#shared/api/metrics'
import type { BreathOptions } from '#shared/query/breath'
import { evaluateMetrics } from '#shared/query/traceql/metrics'
import { parseTraceql } from '#shared/query/traceql/parse'
import type { TraceSpans } from '#shared/query/traceql/traces'
import { valueText } from '#shared/query/traceql/value'
import type { TimeWindow } from '../backends/backend.ts'
import { metricAnswer } from '../backends/metric-answer.ts'

/** Traces, and the moment that their times are told from. */
interface AskedTraces {
  readonly traces: Iterable<TraceSpans>
  readonly epochNs: bigint
}

/** What a query that ends in `rate()` or its like counts over time. Throws TraceqlError for any other. */
export async function seriesOfTraces(
  query: string,
  asked: AskedTraces,
  window: TimeWindow,
  stepMs: number,
  options?: BreathOptions,
): Promise<MetricAnswer> {
  const series = await evaluateMetrics(parseTraceql(query), asked, { ...window, stepMs }, options)
  const result = series.map(({ labels, samples }) => ({
    metric: Object.fromEntries(labels.map(([name, value]) => [name, valueText(value)])),
    values: samples.map(([timeMs, value]): [number, string] => [timeMs / 1000, String(value)]),
  }))
  return metricAnswer({ data: { resultType: 'matrix', result } })
}

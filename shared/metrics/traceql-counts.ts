/** What numbers that TraceQL counts are in, what its buckets are called, and which of its steps were counted whole. */
import type { MetricLabels, MetricSeries } from '#shared/api/metrics'
import { parseTraceql } from '#shared/query/traceql/parse'
import { TraceqlError } from '#shared/query/traceql/traceql-error'
import { noUnit, perSecond, seconds, type Unit } from './unit'
import { valueText } from './value-text'

export interface CountedIn {
  /** Of the values. */
  readonly unit: Unit
  /** The values are numbers of spans. */
  readonly isSpans: boolean
  /** Of the ends of buckets, which stand in a label. */
  readonly bucket: Unit
}

const durations: ReadonlySet<string> = new Set(['duration', 'traceDuration', 'event:timeSinceStart'])

/** What a query that ends in `rate()` or its like counts in; plain numbers where it is none. */
export function countedIn(traceql: string): CountedIn {
  const plain = { unit: noUnit, isSpans: false, bucket: noUnit }
  const metrics = metricsOf(traceql)
  if (metrics === undefined) return plain
  const { op, of } = metrics
  const measured = of?.intrinsic !== undefined && durations.has(of.intrinsic) ? seconds : noUnit
  switch (op) {
    case 'rate':
      return { ...plain, unit: perSecond }
    case 'count_over_time':
      return { ...plain, isSpans: true }
    case 'histogram_over_time':
      return { unit: noUnit, isSpans: true, bucket: measured }
    case 'quantile_over_time':
      return { ...plain, unit: measured }
    default:
      // A span's own duration comes in seconds, any other in nanoseconds, as Tempo has it.
      return {
        ...plain,
        unit: measured === seconds && of?.intrinsic !== 'duration' ? { ...seconds, scale: 1e-9 } : measured,
      }
  }
}

function metricsOf(traceql: string) {
  try {
    return parseTraceql(traceql).metrics
  } catch (error) {
    if (error instanceof TraceqlError) return undefined
    throw error
  }
}

/** A value in words: `0.4/s`, `8.39 ms`, `12 spans`. */
export function countedText(value: number, { unit, isSpans }: CountedIn): string {
  const text = valueText(value, unit)
  return isSpans ? `${text} ${value === 1 ? 'span' : 'spans'}` : text
}

/** The labels of a series with the end of its bucket in its unit: `≤ 8.39 ms`. */
export function bucketInWords(labels: MetricLabels, { bucket }: CountedIn): MetricLabels {
  const { __bucket: end, ...others } = labels
  return end === undefined ? labels : { ...others, bucket: `≤ ${valueText(Number(end), bucket)}` }
}

/** Series without their last step where it had not ended: whatever starts after the window would be counted in it, so it says too little. */
export function wholeSteps(
  series: readonly MetricSeries[],
  { endMs, stepMs }: { readonly endMs: number; readonly stepMs: number },
): readonly MetricSeries[] {
  return series.flatMap((one) => {
    const whole = one.times.findLastIndex((time) => time * 1_000 + stepMs <= endMs) + 1
    return whole === 0
      ? []
      : [{ ...one, times: one.times.slice(0, whole), values: one.values.slice(0, whole) }]
  })
}

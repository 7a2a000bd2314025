/** Spans, one after the other, into the numbers of their series. */
import type { Metrics } from './expression.ts'
import { compileField, type LookUp } from './look-up.ts'
import { bucketOf, quantileOf } from './log2-histogram.ts'
import type { TraceAtHand } from './trace-at-hand.ts'
import { numberOf, type Value } from './value.ts'

type Labels = readonly (readonly [name: string, value: Value | undefined])[]

export interface LabelledValues {
  readonly labels: Labels
  /** One for each moment; NaN for none. */
  readonly values: Float64Array
}

/** Takes a span of the series, that started within this step. */
export type Accumulate = (trace: TraceAtHand, span: number, step: number) => void

export interface Accumulation {
  /** Begins the series of these groups. */
  begin(groups: Labels): Accumulate
  finish(): readonly LabelledValues[]
}

export function createAccumulation(metrics: Metrics, steps: number, stepSeconds: number): Accumulation {
  switch (metrics.op) {
    case 'rate':
    case 'count_over_time':
      return createCounts(metrics, steps, metrics.op === 'rate' ? stepSeconds : 1)
    case 'quantile_over_time':
    case 'histogram_over_time':
      return createHistograms(metrics, steps)
    default:
      return createFold(metrics, steps)
  }
}

function createCounts({ op }: Metrics, steps: number, divisor: number): Accumulation {
  const series: LabelledValues[] = []
  return {
    begin(groups) {
      const values = new Float64Array(steps)
      series.push({ labels: labelsOf(groups, op), values })
      return (_trace, _span, step) => void values[step]++
    },
    finish: () =>
      series.map(({ labels, values }) => ({ labels, values: values.map((count) => count / divisor) })),
  }
}

/** Spans that have no number are passed over. */
function createFold(metrics: Metrics, steps: number): Accumulation {
  const { op } = metrics
  const valueOf = numberOfField(metrics)
  const series: LabelledValues[] = []
  const counts: Float64Array[] = []
  const join = op === 'min_over_time' ? Math.min : op === 'max_over_time' ? Math.max : sum
  return {
    begin(groups) {
      const values = new Float64Array(steps).fill(NaN)
      const count = new Float64Array(steps)
      series.push({ labels: labelsOf(groups, op), values })
      counts.push(count)
      return (trace, span, step) => {
        const number = valueOf(trace, span)
        if (Number.isNaN(number)) return
        values[step] = count[step]++ === 0 ? number : join(values[step], number)
      }
    },
    finish: () =>
      op === 'avg_over_time'
        ? series.map(({ labels, values }, at) => ({
            labels,
            values: values.map((sum, step) => sum / counts[at][step]),
          }))
        : series,
  }
}

function sum(one: number, other: number): number {
  return one + other
}

/** Counts by powers of two. */
function createHistograms({ op, of, quantiles }: Metrics, steps: number): Accumulation {
  const valueOf = compileOf(of)
  const histograms: { readonly groups: Labels; readonly buckets: Map<number, Float64Array> }[] = []
  return {
    begin(groups) {
      const buckets = new Map<number, Float64Array>()
      histograms.push({ groups, buckets })
      return (trace, span, step) => {
        const bucket = bucketOf(valueOf(trace, span))
        if (bucket === undefined) return
        let counts = buckets.get(bucket)
        if (counts === undefined) buckets.set(bucket, (counts = new Float64Array(steps)))
        counts[step]++
      }
    },
    finish: () =>
      histograms.flatMap(({ groups, buckets }) => {
        const labels = present(groups)
        const sorted = [...buckets].sort(([one], [other]) => one - other)
        if (op === 'histogram_over_time')
          return sorted.map(([bucket, values]) => ({
            labels: [...labels, ['__bucket', float(bucket)] as const],
            values,
          }))
        if (sorted.length === 0) return []
        return quantiles.map((quantile) => ({
          labels: [...labels, ['p', float(quantile)] as const],
          values: new Float64Array(steps).map((_, step) => quantileOf(quantile, sorted, step)),
        }))
      }),
  }
}

function float(value: number): Value {
  return { type: 'float', value }
}

function present(groups: Labels): Labels {
  return groups.filter(([, value]) => value !== undefined)
}

function labelsOf(groups: Labels, op: string): Labels {
  if (groups.length === 0) return [['__name__', { type: 'string', value: op }]]
  const labels = present(groups)
  return labels.length === 0 ? groups.slice(0, 1) : labels
}

function compileOf(of: Metrics['of']): LookUp {
  return of === undefined ? () => undefined : compileField(of)
}

/** The number at a span; its own duration in seconds, any other in nanoseconds, as Tempo has it. */
function numberOfField({ of }: Metrics): (trace: TraceAtHand, span: number) => number {
  if (of?.intrinsic === 'duration') return ({ spans }, span) => spans.durationNs(span) / 1e9
  const valueOf = compileOf(of)
  return (trace, span) => numberOf(valueOf(trace, span))
}

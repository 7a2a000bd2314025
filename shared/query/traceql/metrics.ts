/** Numbers over time, made of the spans that a query leaves. */
import { Breath, type BreathOptions } from '#shared/query/breath'
import { type Accumulate, type LabelledValues, createAccumulation } from './accumulate.ts'
import { fieldText, type TraceqlQuery } from './expression.ts'
import { compileField } from './look-up.ts'
import { compilePipeline } from './pipeline.ts'
import { allSpans, samplesPerSpan } from './search.ts'
import { TraceAtHand } from './trace-at-hand.ts'
import { TraceqlError } from './traceql-error.ts'
import type { TraceSpans } from './traces.ts'
import { type Value, valueKey } from './value.ts'

export interface MetricSeries {
  /** In order of `by`; what a span lacks has no label, but where it lacks all, the first has no value. */
  readonly labels: readonly (readonly [name: string, value: Value | undefined])[]
  /** Milliseconds since 1970, and a number; moments without one are left out. */
  readonly samples: readonly (readonly [timeMs: number, value: number])[]
}

/** Milliseconds since 1970. */
export interface MetricsRange {
  readonly startMs: number
  readonly endMs: number
  readonly stepMs: number
}

/** As many moments as Tempo gives of a series at most. */
const maxSteps = 10_000

/**
 * What a query with metrics gives: spans that started within the range, widened to whole steps, each counted at the last moment before it.
 * `epochNs` is the moment that the times of the traces are told from. Throws as `searchTraces` does.
 */
export async function evaluateMetrics(
  { text, stages, metrics }: TraceqlQuery,
  { traces, epochNs }: { readonly traces: Iterable<TraceSpans>; readonly epochNs: bigint },
  range: MetricsRange,
  options: BreathOptions = {},
): Promise<readonly MetricSeries[]> {
  const whole = { from: 0, to: text.length }
  if (metrics === undefined)
    throw new TraceqlError(
      'type',
      whole,
      'Only a query that ends in “rate()” or its like gives numbers over time.',
    )
  const { startMs, stepMs, steps } = wholeSteps(range, whole)
  const fromNs = Number(BigInt(startMs) * 1_000_000n - epochNs)
  const stepNs = stepMs * 1e6
  const evaluate = compilePipeline(stages)
  const by = metrics.by.map((field) => [fieldText(field), compileField(field)] as const)
  const accumulation = createAccumulation(metrics, steps, stepMs / 1000)
  const series = new Map<string, Accumulate>()
  const breath = new Breath(options)
  breath.check()
  for (const trace of traces) {
    const pause = breath.work(trace.length * samplesPerSpan)
    if (pause !== undefined) await pause
    const atHand = new TraceAtHand(trace, breath)
    for (const { spans } of evaluate(atHand, [allSpans(trace)]))
      for (const span of spans) {
        const step = Math.floor((trace.startNs(span) - fromNs) / stepNs)
        // The last moment is the end itself, at which nothing can start any more.
        if (step < 0 || step >= steps - 1) continue
        const values = by.map(([, valueOf]) => valueOf(atHand, span))
        const key = values.length === 1 ? valueKey(values[0]) : values.map(valueKey).join('\0\0')
        let add = series.get(key)
        if (add === undefined)
          series.set(key, (add = accumulation.begin(by.map(([name], at) => [name, values[at]]))))
        add(atHand, span, step)
      }
  }
  return accumulation.finish().flatMap((one) => toSeries(one, startMs, stepMs))
}

function wholeSteps(
  { startMs, endMs, stepMs }: MetricsRange,
  whole: { readonly from: number; readonly to: number },
): { readonly startMs: number; readonly stepMs: number; readonly steps: number } {
  if (!(stepMs >= 1)) throw new TraceqlError('limit', whole, 'The step must be a millisecond or more.')
  if (endMs <= startMs) throw new TraceqlError('limit', whole, 'The end must lie after the start.')
  const first = Math.floor(startMs / stepMs)
  const steps = Math.ceil(endMs / stepMs) - first + 1
  if (steps > maxSteps)
    throw new TraceqlError(
      'limit',
      whole,
      `More than ${maxSteps.toLocaleString('en')} moments: ask for less time or a longer step.`,
    )
  return { startMs: first * stepMs, stepMs, steps }
}

function toSeries(
  { labels, values }: LabelledValues,
  startMs: number,
  stepMs: number,
): readonly MetricSeries[] {
  const samples: [number, number][] = []
  values.forEach((value, step) => {
    if (!Number.isNaN(value)) samples.push([startMs + step * stepMs, value])
  })
  return samples.length === 0 ? [] : [{ labels, samples }]
}

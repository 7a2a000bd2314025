/** Functions of a range: for every series and step, what they make of the samples in between. */
import { type Column, Kind, type Value, emptyColumn, isEmpty, sameLabels, setAt, timeAt } from './columns.ts'
import { type Context, columnsOf, lookingFrom, scalarOf } from './context.ts'
import { type Call, type Subquery, bare } from './expression.ts'
import { absentLabels } from './label-functions.ts'
import { labelKey, labelValue, metricName, withoutMetadata } from './labels.ts'
import type { TextRange } from '#shared/query/query-error'
import { keepsName, rangeFunctions } from './range-functions.ts'
import { type Samples, firstAfter, selectRange, splitSamples } from './select.ts'
import type { RangeFunction, Window } from './window.ts'

/** Where a range of samples comes from. */
export interface Source {
  readonly samples: readonly Samples[]
  readonly rangeMs: number
  /** Where the range ends at a step. */
  readonly endAt: (step: number) => number
  /** What annotations are about: the first argument, whichever holds the samples. */
  readonly range: TextRange
}

/** A call of a function that takes a range vector. */
export async function callOverRange(call: Call, context: Context): Promise<Value> {
  const source = await sourceOf(call, context)
  const parameters = await parametersOf(call, context)
  if (call.name === 'absent_over_time') return absentOverTime(call, source, context)
  const evaluate = rangeFunctions[call.name]
  const columns: Column[] = []
  for (const samples of source.samples) {
    const column = await overSteps(evaluate, samples, source, parameters, context)
    if (call.name === 'rate' || call.name === 'increase') doubtCounter(column, samples, source, context)
    if (isEmpty(column)) continue
    columns.push(keepsName.has(call.name) ? column : { ...column, labels: withoutMetadata(column.labels) })
  }
  // Here two series of the same labels are refused even when they never meet.
  if (new Set(columns.map(({ labels }) => labelKey(labels))).size < columns.length) throw sameLabels(call)
  return { kind: 'vector', columns }
}

/** The samples of a subquery: its expression at moments of its own, which are multiples of its step. */
export async function subqueryColumns(
  subquery: Subquery,
  context: Context,
): Promise<{ readonly columns: readonly Column[]; readonly inner: Context }> {
  const { rangeMs, stepMs = defaultSubqueryStepMs } = subquery
  const lookFrom = lookingFrom(subquery, context)
  const afterMs = lookFrom(0) - rangeMs
  const first = (Math.floor(afterMs / stepMs) + 1) * stepMs
  const last = lookFrom(context.grid.count - 1)
  const count = Math.max(0, Math.floor((last - first) / stepMs) + 1)
  const inner: Context = { ...context, grid: { startMs: first, stepMs, count } }
  await context.budget.spend(count, subquery)
  return { columns: count === 0 ? [] : await columnsOf(subquery.of, inner), inner }
}

/** Prometheus's own default interval of evaluation. */
const defaultSubqueryStepMs = 60_000

async function sourceOf(call: Call, context: Context): Promise<Source> {
  const args = call.args.map(bare)
  const arg = args.find(({ kind }) => kind === 'matrix-selector' || kind === 'subquery')
  const [range] = args
  if (arg?.kind === 'matrix-selector') {
    const samples = await selectRange(arg, context)
    return { samples, rangeMs: arg.rangeMs, endAt: lookingFrom(arg.selector, context), range }
  }
  if (arg?.kind !== 'subquery') throw new Error('a range vector was expected')
  const { columns, inner } = await subqueryColumns(arg, context)
  const times = Float64Array.from({ length: inner.grid.count }, (_, step) => timeAt(inner.grid, step))
  const samples = columns.map((column) => {
    const ended = column.kinds.map((kind) => (kind === Kind.none ? 1 : 0))
    return splitSamples({ ...column, times, ended }, 0, times.length)
  })
  return { samples, rangeMs: arg.rangeMs, endAt: lookingFrom(arg, context), range }
}

/** The values of the scalar arguments, in order. */
async function parametersOf(call: Call, context: Context): Promise<Float64Array[]> {
  const scalars = call.args.filter((arg) => !['matrix-selector', 'subquery'].includes(bare(arg).kind))
  return Promise.all(scalars.map((scalar) => scalarOf(scalar, context)))
}

/** What a function makes of the samples of a series, step by step. */
export async function overSteps(
  evaluate: RangeFunction,
  samples: Samples,
  source: Source,
  parameters: readonly Float64Array[],
  context: Context,
): Promise<Column> {
  const { grid, budget, annotations } = context
  await budget.spend(grid.count, source.range)
  const column = emptyColumn(samples.labels, grid.count)
  const window: Window = {
    ...samples,
    metricName: labelValue(samples.labels, metricName),
    from: 0,
    to: 0,
    fromHistogram: 0,
    toHistogram: 0,
    startMs: 0,
    endMs: 0,
    rangeMs: source.rangeMs,
    timeMs: 0,
    parameters: parameters.map(() => 0),
    range: source.range,
    warn: (words) => annotations.warn(words, source.range),
    inform: (words) => annotations.inform(words, source.range),
  }
  for (let step = 0; step < grid.count; step++) {
    moveTo(window, source, step)
    window.timeMs = timeAt(grid, step)
    const size = window.to - window.from + window.toHistogram - window.fromHistogram
    if (size === 0) continue
    for (const [at, values] of parameters.entries()) window.parameters[at] = values[step]
    setAt(column, step, evaluate(window))
    const breath = budget.work(size)
    if (breath !== undefined) await breath
  }
  return column
}

/** Ranges are open to the left: a sample exactly as old as the range is long is not in it. */
function moveTo(window: Window, { endAt, rangeMs }: Source, step: number): void {
  window.endMs = endAt(step)
  window.startMs = window.endMs - rangeMs
  window.from = firstAfter(window.times, window.startMs, window.from)
  window.to = firstAfter(window.times, window.endMs, Math.max(window.to, window.from))
  if (window.histograms.length === 0) return
  window.fromHistogram = firstAfter(window.histogramTimes, window.startMs, window.fromHistogram)
  window.toHistogram = firstAfter(
    window.histogramTimes,
    window.endMs,
    Math.max(window.toHistogram, window.fromHistogram),
  )
}

/** One series where no series has a sample, with what the selector says of its labels. */
async function absentOverTime(call: Call, source: Source, context: Context): Promise<Value> {
  const { grid } = context
  const column = emptyColumn(absentLabels(call.args[0]), grid.count)
  column.kinds.fill(Kind.float)
  column.values.fill(1)
  for (const samples of source.samples) {
    const { kinds } = await overSteps(rangeFunctions.present_over_time, samples, source, [], context)
    for (let step = 0; step < grid.count; step++)
      if (kinds[step] !== Kind.none) column.kinds[step] = Kind.none
  }
  return { kind: 'vector', columns: isEmpty(column) ? [] : [column] }
}

/** By its name it is perhaps no counter. */
function doubtCounter(
  { kinds }: Column,
  { labels }: Samples,
  { range }: Source,
  { annotations }: Context,
): void {
  const name = labelValue(labels, metricName)
  if (name === '' || /_(?:total|sum|count|bucket)$/u.test(name) || !kinds.includes(Kind.float)) return
  annotations.inform(
    `metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${JSON.stringify(name)}`,
    range,
  )
}

/** Answers a query from a store of series, as Prometheus 3 does. */
import { aggregate } from './aggregate.ts'
import { Annotations } from './annotations.ts'
import {
  type PromqlAnswer,
  type PromqlData,
  histogramAnswer,
  matrixAnswer,
  seriesAnswer,
  vectorAnswer,
} from './answer.ts'
import { floatText } from './answer-text.ts'
import { evaluateBinary } from './binary.ts'
import { callFunction } from './call-function.ts'
import { subqueryColumns } from './call-over-range.ts'
import { type Column, type Grid, type Value, mergeColumns, scalarColumn, sortColumns } from './columns.ts'
import { Budget, type Context, type EvaluationOptions, lookbackOf } from './context.ts'
import { type Expression, type Negation, type PromqlQuery, bare } from './expression.ts'
import { scaleHistogram } from './histogram-math.ts'
import { compareLabels, withoutMetadata } from './labels.ts'
import { parsePromql } from './parse.ts'
import { PromqlError } from './promql-error.ts'
import { selectInstant, selectRange } from './select.ts'
import type { SeriesStore } from './series-store.ts'

/** As many points as Prometheus gives of a series at most. */
const maxPoints = 11_000

/** What a query gives at one moment. Throws PromqlError when it cannot be answered. */
export async function evaluateInstant(
  text: string,
  store: SeriesStore,
  at: { readonly timeMs: number },
  options: EvaluationOptions = {},
): Promise<PromqlAnswer> {
  const query = parsePromql(text)
  const grid: Grid = { startMs: at.timeMs, stepMs: 1, count: 1 }
  const context = createContext(query, store, grid, at.timeMs, options)
  return answer(context, async () => instantData(query, context))
}

/** What a query gives from `startMs` to `endMs`, every `stepMs`. Throws PromqlError when it cannot be answered. */
export async function evaluateRange(
  text: string,
  store: SeriesStore,
  { startMs, endMs, stepMs }: { readonly startMs: number; readonly endMs: number; readonly stepMs: number },
  options: EvaluationOptions = {},
): Promise<PromqlAnswer> {
  const query = parsePromql(text)
  const whole = { from: 0, to: text.length }
  if (query.type === 'matrix' || query.type === 'string')
    throw new PromqlError(
      'type',
      whole,
      'Over a range of time only a scalar or an instant vector can be asked for.',
    )
  if (!(stepMs > 0)) throw new PromqlError('limit', whole, 'The step must be longer than nothing.')
  if (endMs < startMs) throw new PromqlError('limit', whole, 'The end lies before the start.')
  if ((endMs - startMs) / stepMs > maxPoints) {
    const most = maxPoints.toLocaleString('en')
    throw new PromqlError(
      'limit',
      whole,
      `More than ${most} points for a series: ask for less time or a longer step.`,
    )
  }
  const grid: Grid = { startMs, stepMs, count: Math.floor((endMs - startMs) / stepMs) + 1 }
  const context = createContext(query, store, grid, endMs, options)
  return answer(context, async () => {
    const value = await evaluate(query.expression, context)
    const columns =
      value.kind === 'scalar' ? [scalarColumn(value.values)] : value.kind === 'vector' ? value.columns : []
    return matrixAnswer(sortColumns(columns), grid)
  })
}

function createContext(
  { text }: PromqlQuery,
  store: SeriesStore,
  grid: Grid,
  queryEndMs: number,
  options: EvaluationOptions,
): Context {
  return {
    store,
    grid,
    queryStartMs: grid.startMs,
    queryEndMs,
    lookbackMs: lookbackOf(options),
    annotations: new Annotations(text),
    budget: new Budget(options),
    evaluate,
  }
}

async function answer(
  { annotations, budget }: Context,
  evaluateData: () => Promise<PromqlData>,
): Promise<PromqlAnswer> {
  budget.check()
  const data = await evaluateData()
  const { warnings, infos } = annotations
  return { data, ...(warnings.length > 0 && { warnings }), ...(infos.length > 0 && { infos }) }
}

async function instantData({ expression, type }: PromqlQuery, context: Context): Promise<PromqlData> {
  const seconds = context.grid.startMs / 1000
  if (type === 'matrix') return rangeData(expression, context)
  const value = await evaluate(expression, context)
  if (value.kind === 'string') return { resultType: 'string', result: [seconds, value.text] }
  if (value.kind === 'scalar') return { resultType: 'scalar', result: [seconds, floatText(value.values[0])] }
  return vectorAnswer(value.columns, context.grid)
}

/** A range vector by itself: the samples as they are. */
async function rangeData(expression: Expression, context: Context): Promise<PromqlData> {
  const inner = bare(expression)
  if (inner.kind === 'subquery') {
    const { columns, inner: at } = await subqueryColumns(inner, context)
    return matrixAnswer(sortColumns(columns), at.grid)
  }
  if (inner.kind !== 'matrix-selector') throw new Error('a range vector was expected')
  const samples = await selectRange(inner, context)
  const result = samples
    .filter(({ times, histogramTimes }) => times.length + histogramTimes.length > 0)
    .toSorted((one, other) => compareLabels(one.labels, other.labels))
    .map(({ labels, times, values, histogramTimes, histograms }) =>
      seriesAnswer(
        labels,
        Array.from(times, (timeMs, at) => [timeMs / 1000, floatText(values[at])]),
        Array.from(histogramTimes, (timeMs, at) => [timeMs / 1000, histogramAnswer(histograms[at])]),
      ),
    )
  return { resultType: 'matrix', result }
}

async function evaluate(expression: Expression, context: Context): Promise<Value> {
  context.budget.check()
  const { count } = context.grid
  switch (expression.kind) {
    case 'number':
      await context.budget.spend(count, expression)
      return { kind: 'scalar', values: new Float64Array(count).fill(expression.value) }
    case 'string':
      return { kind: 'string', text: expression.value }
    case 'parentheses':
      return evaluate(expression.of, context)
    case 'vector-selector':
      return { kind: 'vector', columns: await selectInstant(expression, context) }
    case 'unary':
      return withSign(expression, await evaluate(expression.of, context))
    case 'binary':
      return evaluateBinary(expression, context)
    case 'aggregation':
      return aggregate(expression, context)
    case 'call':
      return callFunction(expression, context)
    default:
      throw new Error('a range vector stands where only functions may have one')
  }
}

function withSign(negation: Negation, value: Value): Value {
  if (negation.op === '+') return value
  if (value.kind === 'scalar') return { kind: 'scalar', values: value.values.map((number) => -number) }
  if (value.kind === 'string') throw new Error('a text has no sign')
  const columns = value.columns.map(({ labels, kinds, values, histograms }): Column => ({
    labels: withoutMetadata(labels),
    kinds,
    values: values.map((number) => -number),
    ...(histograms !== undefined && {
      histograms: histograms.map((histogram) => histogram && scaleHistogram(histogram, -1)),
    }),
  }))
  return { kind: 'vector', columns: mergeColumns(columns, negation) }
}

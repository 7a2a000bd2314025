/** Numbers over time, made of lines: leaves read them, and PromQL's operators do the rest. */
import { Annotations } from '#shared/query/promql/annotations'
import { aggregate } from '#shared/query/promql/aggregate'
import { floatText } from '#shared/query/promql/answer-text'
import { evaluateBinary } from '#shared/query/promql/binary'
import { overSteps } from '#shared/query/promql/call-over-range'
import {
  type Column,
  emptyColumn,
  type Grid,
  isEmpty,
  Kind,
  scalarColumn,
  sortColumns,
  timeAt,
  type Value,
} from '#shared/query/promql/columns'
import { Budget, columnsOf, type Context, type EvaluationOptions } from '#shared/query/promql/context'
import type { Expression } from '#shared/query/promql/expression'
import { absentLabels, labelReplace } from '#shared/query/promql/label-functions'
import type { Labels } from '#shared/query/promql/labels'
import type { Operation } from '#shared/query/promql/operators'
import { PromqlError } from '#shared/query/promql/promql-error'
import { rangeFunctions } from '#shared/query/promql/range-functions'
import type { RangeFunction } from '#shared/query/promql/window'
import { isRangeAggregation, type LogqlQuery, type RangeAggregation } from './expression.ts'
import type { StreamStore } from './log-streams.ts'
import { LogqlError } from './logql-error.ts'
import { calculateAsLoki } from './parse.ts'
import { samplesOf } from './samples.ts'

/** One series, and its points in order of time. */
export interface LogqlSeries {
  readonly labels: Labels
  /** Seconds since 1970, and the value as Loki writes it. */
  readonly values: readonly (readonly [seconds: number, value: string])[]
}

/** Milliseconds since 1970. */
export interface MetricRange {
  readonly startMs: number
  readonly endMs: number
  readonly stepMs: number
}

/** As many points as Loki gives of a series at most. */
const maxPoints = 11_000

/**
 * What a metric query gives from the start to the end; both are put on multiples of the step, as Loki does. Throws LogqlError when it cannot
 * be answered, and the signal's reason when it is given up.
 */
export async function evaluateLogqlMetric(
  query: LogqlQuery,
  store: StreamStore,
  range: MetricRange,
  options: EvaluationOptions = {},
): Promise<readonly LogqlSeries[]> {
  const { text } = query
  const whole = { from: 0, to: text.length }
  if (query.kind === 'lines')
    throw new LogqlError('type', whole, 'Lines are counted over a range, such as rate({a="b"}[5m]).')
  const grid = gridOf(range, whole)
  const epochMs = Number(store.epochNs) / 1e6
  // Times are told from the epoch of the store: told from 1970, a number could not hold their nanoseconds.
  const ownGrid = { ...grid, startMs: grid.startMs - epochMs }
  const budget = new Budget(options)
  budget.check()
  const context: Context = {
    store: { select: () => [] },
    grid: ownGrid,
    queryStartMs: ownGrid.startMs,
    queryEndMs: timeAt(ownGrid, grid.count - 1),
    lookbackMs: 0,
    annotations: new Annotations(text),
    budget,
    evaluate: (expression, within) => evaluate(expression, within, store),
  }
  try {
    const value = await evaluate(query.expression, context, store)
    const columns =
      value.kind === 'scalar' ? [scalarColumn(value.values)] : value.kind === 'vector' ? value.columns : []
    return sortColumns(columns).map((column) => ({ labels: column.labels, values: pointsOf(column, grid) }))
  } catch (error) {
    if (error instanceof PromqlError) throw new LogqlError(error.kind, error, error.message)
    throw error
  }
}

function gridOf(
  { startMs, endMs, stepMs }: MetricRange,
  whole: { readonly from: number; readonly to: number },
): Grid {
  if (!(stepMs >= 1)) throw new LogqlError('limit', whole, 'The step must be a millisecond or more.')
  if (endMs < startMs) throw new LogqlError('limit', whole, 'The end lies before the start.')
  const first = Math.floor(startMs / stepMs)
  const count = Math.ceil(endMs / stepMs) - first + 1
  if (count - 1 > maxPoints)
    throw new LogqlError(
      'limit',
      whole,
      `More than ${maxPoints.toLocaleString('en')} points for a series: ask for less time or a longer step.`,
    )
  return { startMs: first * stepMs, stepMs, count }
}

function pointsOf({ kinds, values }: Column, grid: Grid): LogqlSeries['values'] {
  const points: [number, string][] = []
  for (let step = 0; step < grid.count; step++)
    if (kinds[step] === Kind.float) points.push([timeAt(grid, step) / 1000, floatText(values[step])])
  return points
}

async function evaluate(expression: Expression, context: Context, store: StreamStore): Promise<Value> {
  context.budget.check()
  switch (expression.kind) {
    case 'number':
      return { kind: 'scalar', values: new Float64Array(context.grid.count).fill(expression.value) }
    case 'parentheses':
      return evaluate(expression.of, context, store)
    case 'binary':
      return evaluateBinary(expression, context, arithmeticOf(expression.op))
    case 'aggregation':
      return aggregate(expression, context)
    case 'call':
      if (isRangeAggregation(expression)) return evaluateRange(expression, context, store)
      if (expression.name === 'label_replace')
        return {
          kind: 'vector',
          columns: await labelReplace(expression, await columnsOf(expression.args[0], context), context),
        }
      return vectorOf(await evaluate(expression.args[0], context, store))
    default:
      throw new Error(`LogQL has no ${expression.kind}`)
  }
}

/** The operators that Loki calculates with in a way of its own; undefined where it does not. */
function arithmeticOf(op: string): Operation | undefined {
  if (op !== '/' && op !== '%') return undefined
  return (left, right) => calculateAsLoki(op, Number(left), Number(right))
}

function vectorOf(value: Value): Value {
  if (value.kind !== 'scalar') throw new Error('a number was expected')
  return { kind: 'vector', columns: [scalarColumn(value.values)] }
}

async function evaluateRange(
  aggregation: RangeAggregation,
  context: Context,
  store: StreamStore,
): Promise<Value> {
  const { grid, budget } = context
  const { rangeMs, offsetMs, name, parameter } = aggregation
  const endAt = (step: number): number => timeAt(grid, step) - offsetMs
  const found = await samplesOf(
    aggregation,
    store,
    { fromNs: (endAt(0) - rangeMs) * 1e6, toNs: endAt(grid.count - 1) * 1e6 },
    budget,
  )
  const source = { samples: [], rangeMs, endAt, range: aggregation }
  const parameters = [new Float64Array(grid.count).fill(parameter)]
  const columns: Column[] = []
  for (const { labels, times, values, error } of found) {
    await budget.spend(times.length, aggregation)
    const samples = { labels, times, values, histogramTimes: none, histograms: [] }
    const column = await overSteps(functionOf(aggregation), samples, source, parameters, context)
    if (isEmpty(column)) continue
    if (error !== undefined)
      throw new LogqlError(
        'execution',
        aggregation,
        `A line could not be read: ${error}. | __error__="" leaves such lines out.`,
      )
    columns.push(column)
  }
  return {
    kind: 'vector',
    columns: name === 'absent_over_time' ? absent(aggregation, columns, context) : columns,
  }
}

const none = new Float64Array(0)

function functionOf({ name, rangeMs, unwrap }: RangeAggregation): RangeFunction {
  const seconds = rangeMs / 1000
  const { sum_over_time: sum } = rangeFunctions
  const perSecond: RangeFunction = (window) => Number(sum(window)) / seconds
  switch (name) {
    case 'rate':
      return unwrap === undefined ? ({ from, to }) => (to - from) / seconds : perSecond
    case 'bytes_rate':
      return perSecond
    case 'bytes_over_time':
      return sum
    case 'absent_over_time':
      return rangeFunctions['present_over_time']
    default:
      return rangeFunctions[name]
  }
}

/** One series where there is no line, with what the selector says of its labels. */
function absent(
  { selector, ...range }: RangeAggregation,
  present: readonly Column[],
  { grid }: Context,
): Column[] {
  const { matchers } = selector
  const column = emptyColumn(
    absentLabels({ ...range, kind: 'vector-selector', name: '', matchers, offsetMs: 0 }),
    grid.count,
  )
  for (let step = 0; step < grid.count; step++)
    if (present.every(({ kinds }) => kinds[step] === Kind.none)) {
      column.kinds[step] = Kind.float
      column.values[step] = 1
    }
  return isEmpty(column) ? [] : [column]
}

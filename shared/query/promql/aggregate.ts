/** Aggregations: the series of a group, step by step. */
import { chooseSeries, countValues } from './aggregate-choice.ts'
import { invalidQuantile } from './annotations.ts'
import { type Column, Kind, type Value, emptyColumn, isEmpty, setAt } from './columns.ts'
import { type Context, columnsOf, scalarOf } from './context.ts'
import { type Aggregation, type AggregationOperator, bare } from './expression.ts'
import { type Group, groupsOf } from './groups.ts'
import type { Histogram } from './histogram.ts'
import { averageHistograms, sumHistograms } from './histogram-math.ts'
import { type Reduction, average, maximum, minimum, quantile, sum, variance } from './reductions.ts'

export async function aggregate(aggregation: Aggregation, context: Context): Promise<Value> {
  const { op, of, parameter } = aggregation
  const { annotations } = context
  const parameters =
    parameter === undefined || op === 'count_values' ? undefined : await scalarOf(parameter, context)
  const columns = await columnsOf(of, context)
  if (op === 'count_values') return { kind: 'vector', columns: countValues(aggregation, columns) }
  const groups = groupsOf(columns, aggregation)
  if (op === 'topk' || op === 'bottomk')
    return {
      kind: 'vector',
      columns: await chooseSeries(aggregation, groups, parameters ?? new Float64Array(), context),
    }
  if (parameter !== undefined)
    for (const q of parameters ?? []) if (!(q >= 0 && q <= 1)) annotations.warn(invalidQuantile(q), parameter)
  const results: Column[] = []
  for (const group of groups) {
    await context.budget.spend(context.grid.count, aggregation)
    await context.budget.work(context.grid.count * group.columns.length)
    const column = overGroup(aggregation, group, parameters, context)
    if (!isEmpty(column)) results.push(column)
  }
  return { kind: 'vector', columns: results }
}

const reductions: Readonly<Partial<Record<AggregationOperator, Reduction>>> = {
  sum,
  avg: average,
  min: minimum,
  max: maximum,
  stdvar: variance,
  stddev: (...range) => Math.sqrt(variance(...range)),
}

/** What an operator makes of the numbers and histograms of a group at a step. */
function overGroup(
  { op, of }: Aggregation,
  { labels, columns }: Group,
  parameters: Float64Array | undefined,
  { grid, annotations }: Context,
): Column {
  const result = emptyColumn(labels, grid.count)
  const range = bare(of)
  const floats = new Float64Array(columns.length)
  const reduce = reductions[op]
  for (let step = 0; step < grid.count; step++) {
    let count = 0
    let histograms: Histogram[] | undefined
    for (const column of columns) {
      const kind = column.kinds[step]
      if (kind === Kind.float) floats[count++] = column.values[step]
      else if (kind === Kind.histogram) {
        const histogram = column.histograms?.[step]
        if (histogram !== undefined) (histograms ??= []).push(histogram)
      }
    }
    const all = count + (histograms?.length ?? 0)
    if (all === 0) continue
    if (op === 'count') setAt(result, step, all)
    else if (op === 'group') setAt(result, step, 1)
    else if (histograms !== undefined && (op === 'sum' || op === 'avg')) {
      if (count > 0) annotations.warn('encountered a mix of histograms and floats for aggregation', range)
      else setAt(result, step, op === 'sum' ? sumHistograms(histograms) : averageHistograms(histograms))
    } else {
      if (histograms !== undefined) annotations.inform(`ignored histogram in ${op} aggregation`, range)
      if (count === 0) continue
      if (reduce !== undefined) setAt(result, step, reduce(floats, 0, count))
      else setAt(result, step, quantile(parameters?.[step] ?? NaN, floats, 0, count))
    }
  }
  return result
}

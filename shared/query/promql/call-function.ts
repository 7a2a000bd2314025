/** Calls of functions that take no range. */
import { callOverRange } from './call-over-range.ts'
import {
  type Column,
  type Grid,
  Kind,
  type Value,
  emptyColumn,
  isEmpty,
  mergeColumns,
  scalarColumn,
  setAt,
  timeAt,
} from './columns.ts'
import { type Context, columnsOf, scalarOf } from './context.ts'
import { type Call, bare } from './expression.ts'
import { fractionOfHistograms, histogramFunctions, quantileOfHistograms } from './histogram-functions.ts'
import { absentLabels, labelJoin, labelReplace, sortByLabel } from './label-functions.ts'
import { withoutMetadata } from './labels.ts'
import { rangeFunctions } from './range-functions.ts'
import { selectInstant } from './select.ts'
import { type FloatFunction, dateFunctions, floatFunctions } from './vector-functions.ts'

export async function callFunction(call: Call, context: Context): Promise<Value> {
  const { name, args } = call
  const { grid, budget } = context
  if (Object.hasOwn(rangeFunctions, name) || name === 'absent_over_time') return callOverRange(call, context)
  if (name === 'time' || name === 'pi') {
    await budget.spend(grid.count, call)
    const values = name === 'pi' ? new Float64Array(grid.count).fill(Math.PI) : secondsOf(grid)
    return { kind: 'scalar', values }
  }
  if (name === 'scalar')
    return { kind: 'scalar', values: onlyValues(await columnsOf(args[0], context), grid.count) }
  return { kind: 'vector', columns: await callForVector(call, context) }
}

async function callForVector(call: Call, context: Context): Promise<readonly Column[]> {
  const { name, args } = call
  if (name === 'vector') return [scalarColumn(await scalarOf(args[0], context))]
  if (name === 'timestamp') return timestamps(call, context)
  if (name === 'histogram_quantile')
    return quantileOfHistograms(
      call,
      await scalarOf(args[0], context),
      await columnsOf(args[1], context),
      context,
    )
  if (name === 'histogram_fraction') {
    const bounds = [await scalarOf(args[0], context), await scalarOf(args[1], context)] as const
    return fractionOfHistograms(call, bounds, await columnsOf(args[2], context), context)
  }
  if (dateFunctions.has(name) && args.length === 0)
    return [scalarColumn(secondsOf(context.grid).map((value) => floatFunctions[name](value)))]
  const columns = await columnsOf(args[0], context)
  if (Object.hasOwn(floatFunctions, name)) {
    const parameters: Float64Array[] = []
    for (const arg of args.slice(1)) parameters.push(await scalarOf(arg, context))
    return mapFloats(call, columns, parameters, context)
  }
  if (Object.hasOwn(histogramFunctions, name)) {
    const ofHistogram = histogramFunctions[name]
    return mapColumns(call, columns, context, (column, step) => {
      const histogram = column.kinds[step] === Kind.histogram ? column.histograms?.[step] : undefined
      return histogram && ofHistogram(histogram)
    })
  }
  if (name === 'absent') return absent(call, columns, context)
  if (name === 'label_replace') return labelReplace(call, columns, context)
  if (name === 'label_join') return labelJoin(call, columns, context)
  if (context.grid.count > 1)
    context.annotations.warn(
      'sort is ineffective for range queries since results are always ordered by labels',
      call,
    )
  return name.startsWith('sort_by_label') ? sortByLabel(call, columns) : sortByValue(call, columns)
}

/** What `time()` gives at each step. */
function secondsOf(grid: Grid): Float64Array {
  return Float64Array.from({ length: grid.count }, (_, step) => timeAt(grid, step) / 1000)
}

/** The value of the one series there is; NaN where there is none, or more than one. */
function onlyValues(columns: readonly Column[], count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, step) => {
    const present = columns.filter(({ kinds }) => kinds[step] === Kind.float)
    return present.length === 1 ? present[0].values[step] : NaN
  })
}

/** When the sample was taken; of anything but a selector, the moment of evaluation. */
async function timestamps(call: Call, context: Context): Promise<Column[]> {
  const selector = bare(call.args[0])
  if (selector.kind === 'vector-selector') {
    const columns = await selectInstant(selector, context, true)
    return mergeColumns(
      columns.map((column) => ({ ...column, labels: withoutMetadata(column.labels) })),
      call,
    )
  }
  const columns = await columnsOf(selector, context)
  return mapColumns(call, columns, context, ({ kinds }, step) =>
    kinds[step] === Kind.none ? undefined : timeAt(context.grid, step) / 1000,
  )
}

async function mapFloats(
  call: Call,
  columns: readonly Column[],
  parameters: readonly Float64Array[],
  context: Context,
): Promise<Column[]> {
  const evaluate: FloatFunction = floatFunctions[call.name]
  const [least, most] = parameters
  // Between bounds the wrong way round there is nothing.
  const nothing = (step: number): boolean => call.name === 'clamp' && most[step] < least[step]
  return mapColumns(call, columns, context, ({ kinds, values }, step) => {
    if (kinds[step] !== Kind.float || nothing(step)) return undefined
    return evaluate(values[step], ...parameters.map((parameter) => parameter[step]))
  })
}

/** A new value for every sample; it is no longer what the metric's name says. */
async function mapColumns(
  call: Call,
  columns: readonly Column[],
  { grid, budget }: Context,
  change: (column: Column, step: number) => number | undefined,
): Promise<Column[]> {
  const results: Column[] = []
  for (const column of columns) {
    await budget.spend(grid.count, call)
    const result = emptyColumn(withoutMetadata(column.labels), grid.count)
    for (let step = 0; step < grid.count; step++) setAt(result, step, change(column, step))
    results.push(result)
  }
  return mergeColumns(results, call)
}

/** One series where there is none, with what the selector says of its labels. */
function absent(call: Call, columns: readonly Column[], { grid }: Context): Column[] {
  const result = emptyColumn(absentLabels(call.args[0]), grid.count)
  for (let step = 0; step < grid.count; step++)
    if (columns.every(({ kinds }) => kinds[step] === Kind.none)) setAt(result, step, 1)
  return isEmpty(result) ? [] : [result]
}

/** By value, those that are no numbers last; over a range of time the order is that of labels all the same. */
function sortByValue({ name }: Call, columns: readonly Column[]): Column[] {
  const sign = name === 'sort' ? 1 : -1
  return columns
    .filter(({ kinds }) => kinds.includes(Kind.float))
    .toSorted(({ values: [one] }, { values: [other] }) => {
      if (Number.isNaN(one) || Number.isNaN(other))
        return Number(Number.isNaN(one)) - Number(Number.isNaN(other))
      return sign * (one < other ? -1 : one > other ? 1 : 0)
    })
}

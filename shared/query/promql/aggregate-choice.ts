/** Aggregations that choose series or make them: `topk`, `bottomk`, `count_values`. */
import { floatText, plainFloatText } from './answer-text.ts'
import { type Column, Kind, emptyColumn, isEmpty, setAt, valueAt } from './columns.ts'
import type { Context } from './context.ts'
import { type Aggregation, bare } from './expression.ts'
import { type Group, groupsOf } from './groups.ts'
import { type Histogram, bucketsOf } from './histogram.ts'
import { withLabel } from './labels.ts'
import { PromqlError } from './promql-error.ts'

/** The greatest or least of each group at each step; a series keeps its labels, and is there only where it was chosen. */
export async function chooseSeries(
  aggregation: Aggregation,
  groups: readonly Group[],
  counts: Float64Array,
  { grid, annotations, budget }: Context,
): Promise<Column[]> {
  const { op, parameter = aggregation } = aggregation
  const isBetter = op === 'topk' ? greater : less
  if (!counts.some((count) => count >= 1 || Number.isNaN(count))) return []
  if (counts.some(Number.isNaN))
    throw new PromqlError('execution', parameter, `The parameter of ${op} is no number.`)
  const chosen = new Map<Column, Column>()
  for (const { columns } of groups)
    for (let step = 0; step < grid.count; step++) {
      const limit = Math.trunc(counts[step])
      if (limit < 1) continue
      const breath = budget.work(columns.length)
      if (breath !== undefined) await breath
      const ignored = columns.some(({ kinds }) => kinds[step] === Kind.histogram)
      const floats = columns.filter(({ kinds }) => kinds[step] === Kind.float)
      const best = (limit > mostPutInPlace ? sorted : putInPlace)(floats, step, limit, isBetter)
      if (ignored) annotations.inform(`ignored histogram in ${op} aggregation`, aggregation)
      for (const column of best) {
        const result = chosen.get(column) ?? emptyColumn(column.labels, grid.count)
        chosen.set(column, result)
        setAt(result, step, valueAt(column, step))
      }
    }
  return [...chosen.values()]
}

/** A few are found quicker by putting each in its place than by sorting all. */
const mostPutInPlace = 50

type IsBetter = (one: number, other: number) => boolean

function putInPlace(columns: readonly Column[], step: number, limit: number, isBetter: IsBetter): Column[] {
  const best: Column[] = []
  for (const column of columns) {
    let place = best.length
    while (place > 0 && isBetter(column.values[step], best[place - 1].values[step])) place--
    if (place >= limit) continue
    best.splice(place, 0, column)
    if (best.length > limit) best.pop()
  }
  return best
}

function sorted(columns: readonly Column[], step: number, limit: number, isBetter: IsBetter): Column[] {
  return columns
    .toSorted(({ values: one }, { values: other }) =>
      isBetter(one[step], other[step]) ? -1 : isBetter(other[step], one[step]) ? 1 : 0,
    )
    .slice(0, limit)
}

/** What is no number is better than nothing only. */
function greater(one: number, other: number): boolean {
  return one > other || (Number.isNaN(other) && !Number.isNaN(one))
}

function less(one: number, other: number): boolean {
  return one < other || (Number.isNaN(other) && !Number.isNaN(one))
}

/** How many series of a group have each value; the value becomes a label. */
export function countValues(aggregation: Aggregation, columns: readonly Column[]): Column[] {
  const { labels, without, parameter } = aggregation
  const text = parameter && bare(parameter)
  const name = text?.kind === 'string' ? text.value : ''
  if (name === '')
    throw new PromqlError('execution', text ?? aggregation, 'count_values needs the name of a label.')
  const perValue = columns.flatMap((column) => valuesApart(column, name))
  const grouping = { labels: without ? labels : [...labels, name], without }
  return groupsOf(perValue, grouping).map((group) => {
    const result = emptyColumn(group.labels, columns[0].kinds.length)
    for (const { kinds } of group.columns)
      for (let step = 0; step < kinds.length; step++)
        if (kinds[step] !== Kind.none) setAt(result, step, result.values[step] + 1)
    return result
  })
}

/** One column for each value of a column, with that value as a label. */
function valuesApart(column: Column, label: string): Column[] {
  const byValue = new Map<string, Column>()
  for (let step = 0; step < column.kinds.length; step++) {
    const value = valueAt(column, step)
    if (value === undefined) continue
    const text = typeof value === 'number' ? plainFloatText(value) : histogramText(value)
    const one = byValue.get(text) ?? emptyColumn(withLabel(column.labels, label, text), column.kinds.length)
    byValue.set(text, one)
    setAt(one, step, 1)
  }
  return [...byValue.values()].filter((one) => !isEmpty(one))
}

function histogramText(histogram: Histogram): string {
  const buckets = bucketsOf(histogram).map(({ lower, upper, count }) => {
    const [opens, closes] = [lower < 0 ? '[' : '(', upper > 0 ? ']' : ')']
    return `, ${opens}${floatText(lower)},${floatText(upper)}${closes}:${floatText(count)}`
  })
  return `{count:${floatText(histogram.count)}, sum:${floatText(histogram.sum)}${buckets.join('')}}`
}

/** Series that belong together in an aggregation. */
import type { Column } from './columns.ts'
import type { Aggregation } from './expression.ts'
import { type Labels, labelKey, labelsThatCount } from './labels.ts'

/** The series whose labels agree in those that count. */
export interface Group {
  readonly labels: Labels
  readonly columns: Column[]
}

/** Columns by the labels that count, in order of their first. */
export function groupsOf(
  columns: readonly Column[],
  { labels, without }: Pick<Aggregation, 'labels' | 'without'>,
): Group[] {
  const counting = (column: Column): Labels => labelsThatCount(column.labels, labels, without)
  const groups = Map.groupBy(columns, (column) => labelKey(counting(column)))
  return [...groups.values()].map((own) => ({ labels: counting(own[0]), columns: own }))
}

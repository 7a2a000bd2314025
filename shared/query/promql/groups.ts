/** Series that belong together in an aggregation. */
import type { Column } from './columns.ts'
import type { Aggregation } from './expression.ts'
import { type Labels, labelKey, metricName, onlyLabels, withoutLabels } from './labels.ts'

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
  const names = new Set(without ? [metricName, ...labels] : labels)
  const groups = new Map<string, Group>()
  for (const column of columns) {
    const grouping = without ? withoutLabels(column.labels, names) : onlyLabels(column.labels, names)
    const key = labelKey(grouping)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { labels: grouping, columns: [column] })
    else known.columns.push(column)
  }
  return [...groups.values()]
}

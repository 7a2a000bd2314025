/** In which order groups stand, and the spans inside them; which of them a text leaves. */
import { sortInSteps } from '#shared/base/sort-steps'
import type { GroupMeasures } from '#shared/derive/groups/measure'
import { SpanFlag, type SpanTable } from '#shared/trace/table'

export const groupColumns = ['name', 'count', 'errors', 'total', 'self', 'p50', 'p95', 'p99', 'max'] as const

export type GroupColumn = (typeof groupColumns)[number]

export interface GroupSort {
  readonly column: GroupColumn
  readonly descending: boolean
}

/** Numbers in names count as numbers: `500` comes after `99`. */
const collator = new Intl.Collator('en', { numeric: true })
/** Comparing names as people do costs 0.3 µs each time: more than these are compared letter by letter. */
const mostCollated = 100_000

/** Names read between two looks at whether they are still wanted. */
const namesAtOnce = 4_096

/**
 * Groups with a span in view whose name holds the text (in any case), sorted; equals keep their order. `nameOf` names a group.
 * Yields now and then, so that it can be stopped between.
 */
export function* orderGroups(
  measures: GroupMeasures,
  nameOf: (group: number) => string,
  sort: GroupSort,
  text: string,
): Generator<undefined, Int32Array> {
  const sought = text.trim().toLowerCase()
  const order: number[] = []
  for (let group = 0; group < measures.count.length; group++) {
    if (group % namesAtOnce === 0) yield undefined
    if (measures.count[group] === 0) continue
    if (sought === '' || nameOf(group).toLowerCase().includes(sought)) order.push(group)
  }
  const sign = sort.descending ? -1 : 1
  if (sort.column !== 'name') {
    const values = measures[sort.column]
    return yield* sortInSteps(Int32Array.from(order), (a, b) => (values[a] - values[b]) * sign || a - b)
  }
  const compare =
    order.length > mostCollated
      ? (a: string, b: string) => (a < b ? -1 : Number(a > b))
      : (a: string, b: string) => collator.compare(a, b)
  const names = Array.from({ length: measures.count.length }, () => '')
  for (const [at, group] of order.entries()) {
    if (at % namesAtOnce === 0) yield undefined
    names[group] = nameOf(group)
  }
  return yield* sortInSteps(Int32Array.from(order), (a, b) => compare(names[a], names[b]) * sign || a - b)
}

/**
 * The spans of one group, sorted as the groups are: by errors those that failed first, by self time, by name in order of start, by all
 * else by duration; equals by start.
 */
export function orderSpans(
  spans: SpanTable,
  rows: Int32Array,
  { column, descending }: GroupSort,
): Int32Array {
  const sign = descending ? -1 : 1
  const { duration, self, flags, start } = spans
  if (column === 'name') return rows.slice().sort((a, b) => (start[a] - start[b] || a - b) * sign)
  if (column === 'errors')
    return rows.slice().sort((a, b) => {
      const failed = (flags[a] & SpanFlag.error) - (flags[b] & SpanFlag.error)
      return (failed || duration[a] - duration[b]) * sign || a - b
    })
  const values = column === 'self' ? self : duration
  return rows.slice().sort((a, b) => (values[a] - values[b]) * sign || a - b)
}

/** Siblings that do the same again and again, one after the other: what is called N+1 when the sibling is a query. */
import { SpanFlag, type SpanIndex, type SpanTable } from '#shared/trace/table'

/** Children of one parent that have the same service and name. */
export interface Repetition {
  readonly parent: SpanIndex
  readonly first: SpanIndex
  readonly count: number
  /** Nanoseconds of all of them together. */
  readonly totalNs: number
}

/** Fewer than these are a plan, not a loop. */
const fewest = 5
/** By this share of them each must begin when the one before has ended. */
const inTurn = 0.9

/**
 * The repetition that took the longest in total; undefined where nothing repeats one by one. Side by side does not count: that is how
 * repeated work should be done. Cost: one walk over the children of rows with at least five.
 */
export function longestRepetition(spans: SpanTable): Repetition | undefined {
  let longest: Repetition | undefined
  const groups = new Map<number, SiblingGroup>()
  for (let parent = 0; parent < spans.length; parent++) {
    if (spans.childCount[parent] < fewest) continue
    groups.clear()
    for (let row = parent + 1; row < spans.subtreeEnd[parent]; row = spans.subtreeEnd[row]) {
      if ((spans.flags[row] & SpanFlag.missing) === 0) addTo(groups, spans, row)
    }
    for (const { first, count, sequential, totalNs } of groups.values()) {
      if (count < fewest || sequential < (count - 1) * inTurn) continue
      if (longest === undefined || totalNs > longest.totalNs) longest = { parent, first, count, totalNs }
    }
  }
  return longest
}

/** Up to `most` rows of a repetition, in order. */
export function rowsOfRepetition(spans: SpanTable, { parent, first }: Repetition, most: number): SpanIndex[] {
  const rows: SpanIndex[] = []
  for (let row = first; row < spans.subtreeEnd[parent] && rows.length < most; row = spans.subtreeEnd[row]) {
    if (spans.name[row] === spans.name[first] && spans.service[row] === spans.service[first]) rows.push(row)
  }
  return rows
}

interface SiblingGroup {
  readonly first: SpanIndex
  count: number
  /** Those that began after all before them had ended. */
  sequential: number
  totalNs: number
  lastEnd: number
}

function addTo(groups: Map<number, SiblingGroup>, spans: SpanTable, row: SpanIndex): void {
  // Both are below 2^26 in any trace that fits in memory, so that their product is exact.
  const key = spans.service[row] * 2 ** 26 + spans.name[row]
  const end = spans.start[row] + spans.duration[row]
  const group = groups.get(key)
  if (group === undefined) {
    groups.set(key, { first: row, count: 1, sequential: 0, totalNs: spans.duration[row], lastEnd: end })
    return
  }
  group.count++
  group.totalNs += spans.duration[row]
  if (spans.start[row] >= group.lastEnd) group.sequential++
  if (end > group.lastEnd) group.lastEnd = end
}

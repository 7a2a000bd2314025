/**
 * Repeated siblings as one row: nodes under one parent that have the same service, name and kind become the inside of a row of their own,
 * which stands where the first of them stood.
 *
 *   0 a              0 a
 *   1   SELECT       1   × 2 SELECT
 *   2   b            2     SELECT
 *   3   SELECT       3     SELECT
 *                    4   b
 */
import type { RowNode, RowTree } from '#shared/derive/row-tree'
import { SpanFlag, type SpanIndex } from '#shared/trace/table'

/** Fewer than these are read as they are. */
export const fewestRepeats = 8

/** One entry per group, unless it says otherwise; times are nanoseconds, from the epoch where they are moments. */
export interface RepeatedRows {
  readonly count: number
  /** SpanIndex of the first member: its service, name and kind are those of all. */
  readonly first: Int32Array
  readonly memberCount: Int32Array
  readonly errorCount: Int32Array
  readonly from: Float64Array
  readonly to: Float64Array
  readonly totalNs: Float64Array
  readonly selfNs: Float64Array
  readonly p50Ns: Float64Array
  readonly p95Ns: Float64Array
  readonly maxNs: Float64Array
  /** Count + 1 entries: the members of group g are `starts[memberStart[g] .. memberStart[g + 1]]`, and so for `ends`. */
  readonly memberStart: Int32Array
  /** Starts of members, rising within a group; and their ends, rising too (not parallel). */
  readonly starts: Float64Array
  readonly ends: Float64Array
  /** Count + 1 entries, into `errorEnds`. */
  readonly errorStart: Int32Array
  /** Ends of members that failed, rising within a group. */
  readonly errorEnds: Float64Array
}

/**
 * The tree with its repeated siblings in groups; itself where nothing repeats. Cost: some walks over the tree, and sorting the members by
 * start, end and duration: 300 ms for half a million siblings.
 */
export function foldRepeats(tree: RowTree, fewest = fewestRepeats): RowTree {
  const { groupOf, parentOf, firstOf } = findGroups(tree, fewest)
  const count = firstOf.length
  if (count === 0) return tree
  const { spans, length } = tree
  // How long every block of rows is: a node with all below it, and the groups there.
  const groupsIn = new Int32Array(length)
  for (const parent of parentOf) if (parent >= 0) groupsIn[parent]++
  for (let node = length - 1; node >= 0; node--)
    if (tree.parent[node] >= 0) groupsIn[tree.parent[node]] += groupsIn[node]
  const groupSize = new Int32Array(count).fill(1)
  const sizeOf = (node: number) => tree.end[node] - node + groupsIn[node]
  for (let node = 0; node < length; node++) if (groupOf[node] >= 0) groupSize[groupOf[node]] += sizeOf(node)

  const total = length + count
  const next = {
    row: new Int32Array(total),
    parent: new Int32Array(total),
    end: new Int32Array(total),
    level: new Int32Array(total),
  }
  const at = new Int32Array(spans.length + count).fill(-1)
  const placed = new Int32Array(length)
  // Where the next row below a node (entry 0: at the top), and in a group, goes.
  const cursor = new Int32Array(length + 1)
  const inGroup = new Int32Array(count).fill(-1)
  const put = (place: number, row: number, parent: number, size: number) => {
    next.row[place] = row
    next.parent[place] = parent
    next.end[place] = place + size
    next.level[place] = parent < 0 ? 0 : next.level[parent] + 1
    at[row] = place
  }
  for (let node = 0; node < length; node++) {
    const above = tree.parent[node]
    let parent = above < 0 ? -1 : placed[above]
    const group = groupOf[node]
    let place: number
    if (group < 0) {
      place = cursor[above + 1]
      cursor[above + 1] += sizeOf(node)
    } else {
      if (inGroup[group] < 0) {
        const head = cursor[above + 1]
        put(head, spans.length + group, parent, groupSize[group])
        cursor[above + 1] += groupSize[group]
        inGroup[group] = head + 1
      }
      parent = at[spans.length + group]
      place = inGroup[group]
      inGroup[group] += sizeOf(node)
    }
    put(place, tree.row[node], parent, sizeOf(node))
    placed[node] = place
    cursor[node + 1] = place + 1
  }
  return { spans, length: total, ...next, at, groups: describe(tree, groupOf, firstOf) }
}

interface Groups {
  /** Per node; -1 for none. */
  readonly groupOf: Int32Array
  /** Per group: the node above it, -1 at the top. */
  readonly parentOf: readonly number[]
  /** Per group: its first member's node. */
  readonly firstOf: readonly number[]
}

function findGroups(tree: RowTree, fewest: number): Groups {
  const { spans, length, parent, end, row } = tree
  const groupOf = new Int32Array(length).fill(-1)
  const children = new Int32Array(length + 1)
  for (let node = 0; node < length; node++) children[parent[node] + 1]++
  const parentOf: number[] = []
  const firstOf: number[] = []
  const counts = new Map<number, number>()
  const groups = new Map<number, number>()
  // All below 2^53 in any trace that fits in memory.
  const keyOf = (node: number) =>
    (spans.service[row[node]] * 8 + spans.kind[row[node]]) * 2 ** 26 + spans.name[row[node]]
  const isMissing = (node: number) => (spans.flags[row[node]] & SpanFlag.missing) !== 0
  for (let above = -1; above < length; above++) {
    if (children[above + 1] < fewest) continue
    counts.clear()
    groups.clear()
    const last = above < 0 ? length : end[above]
    for (let node = above + 1; node < last; node = end[node])
      if (!isMissing(node)) counts.set(keyOf(node), (counts.get(keyOf(node)) ?? 0) + 1)
    for (let node = above + 1; node < last; node = end[node]) {
      const key = keyOf(node)
      if (isMissing(node) || (counts.get(key) ?? 0) < fewest) continue
      let group = groups.get(key)
      if (group === undefined) {
        group = firstOf.length
        groups.set(key, group)
        firstOf.push(node)
        parentOf.push(above)
      }
      groupOf[node] = group
    }
  }
  return { groupOf, parentOf, firstOf }
}

function describe(tree: RowTree, groupOf: Int32Array, firstOf: readonly number[]): RepeatedRows {
  const { spans, length, row } = tree
  const count = firstOf.length
  const memberStart = new Int32Array(count + 1)
  const errorStart = new Int32Array(count + 1)
  const isError = (span: number) => (spans.flags[span] & SpanFlag.error) !== 0
  for (let node = 0; node < length; node++) {
    if (groupOf[node] < 0) continue
    memberStart[groupOf[node] + 1]++
    if (isError(row[node])) errorStart[groupOf[node] + 1]++
  }
  for (let group = 0; group < count; group++) {
    memberStart[group + 1] += memberStart[group]
    errorStart[group + 1] += errorStart[group]
  }
  const starts = new Float64Array(memberStart[count])
  const ends = new Float64Array(memberStart[count])
  const durations = new Float64Array(memberStart[count])
  const errorEnds = new Float64Array(errorStart[count])
  const totalNs = new Float64Array(count)
  const selfNs = new Float64Array(count)
  const member = memberStart.slice()
  const error = errorStart.slice()
  for (let node = 0; node < length; node++) {
    const group = groupOf[node]
    if (group < 0) continue
    const span = row[node]
    const place = member[group]++
    starts[place] = spans.start[span]
    durations[place] = spans.duration[span]
    ends[place] = spans.start[span] + spans.duration[span]
    totalNs[group] += spans.duration[span]
    selfNs[group] += spans.self[span]
    if (isError(span)) errorEnds[error[group]++] = ends[place]
  }
  const columns = {
    memberCount: new Int32Array(count),
    errorCount: new Int32Array(count),
    from: new Float64Array(count),
    to: new Float64Array(count),
    p50Ns: new Float64Array(count),
    p95Ns: new Float64Array(count),
    maxNs: new Float64Array(count),
  }
  for (let group = 0; group < count; group++) {
    const from = memberStart[group]
    const to = memberStart[group + 1]
    for (const times of [starts, ends, durations]) times.subarray(from, to).sort()
    errorEnds.subarray(errorStart[group], errorStart[group + 1]).sort()
    const ranked = (share: number) => durations[from + Math.ceil((to - from) * share) - 1]
    columns.memberCount[group] = to - from
    columns.errorCount[group] = errorStart[group + 1] - errorStart[group]
    columns.from[group] = starts[from]
    columns.to[group] = ends[to - 1]
    columns.p50Ns[group] = ranked(0.5)
    columns.p95Ns[group] = ranked(0.95)
    columns.maxNs[group] = durations[to - 1]
  }
  const first = Int32Array.from(firstOf, (node) => row[node])
  return { count, first, ...columns, totalNs, selfNs, memberStart, starts, ends, errorStart, errorEnds }
}

/** The group a node stands for; -1 for a span. */
export function groupOfNode(tree: RowTree, node: number): number {
  const group = tree.row[node] - tree.spans.length
  return group >= 0 && group < (tree.groups?.count ?? 0) ? group : -1
}

/** The member of a group that took longest. Cost: its members. */
export function slowestMember({ spans, row, end }: RowTree, group: RowNode): SpanIndex {
  let slowest = row[group + 1]
  for (let node = group + 1; node < end[group]; node = end[node])
    if (spans.duration[row[node]] > spans.duration[slowest]) slowest = row[node]
  return slowest
}

/** The first member of a group that failed; -1 if none did. Cost: its members. */
export function firstFailedMember({ spans, row, end }: RowTree, group: RowNode): SpanIndex {
  for (let node = group + 1; node < end[group]; node = end[node])
    if ((spans.flags[row[node]] & SpanFlag.error) !== 0) return row[node]
  return -1
}

/** How many numbers of a rising range are below a value. Cost: log of the range. */
export function countBelow(rising: Float64Array, from: number, to: number, value: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (rising[middle] < value) low = middle + 1
    else high = middle
  }
  return low - from
}

/** How many spans each group has, how many failed, how long they took: exact, from every span. */
import type { Grouping } from '#shared/derive/groups/grouping'
import { SpanFlag, type SpanTable } from '#shared/trace/table'

/** Parallel columns, one entry per group of the grouping; a group without a span in view has count 0. Times in nanoseconds. */
export interface GroupMeasures {
  readonly count: Int32Array
  readonly errors: Int32Array
  /** Durations added up: spans inside each other count twice. */
  readonly total: Float64Array
  readonly self: Float64Array
  readonly p50: Float64Array
  readonly p95: Float64Array
  readonly p99: Float64Array
  readonly max: Float64Array
  /** The rows in view of group i, in order: `rows[start[i] .. start[i + 1]]`. */
  readonly start: Int32Array
  readonly rows: Int32Array
}

/** Between two looks at whether it is still wanted: some 5 ms. */
const stepSpans = 50_000

/**
 * Measures the groups. `included`: one byte per row, 1 = in view; undefined for all. A percentile is a duration that occurred: the
 * smallest that at least that share of the spans do not exceed. Yields now and then, so that it can be stopped between; the longest
 * stretch is the sorting of the largest group (0.1 s for a million spans).
 */
export function* measureGroups(
  spans: SpanTable,
  { size, groupOf }: Grouping,
  included: Uint8Array | undefined,
): Generator<undefined, GroupMeasures> {
  const { length, duration, flags } = spans
  const measures = {
    count: new Int32Array(size),
    errors: new Int32Array(size),
    total: new Float64Array(size),
    self: new Float64Array(size),
    p50: new Float64Array(size),
    p95: new Float64Array(size),
    p99: new Float64Array(size),
    max: new Float64Array(size),
    start: new Int32Array(size + 1),
  }
  const { count, errors, total, self, start } = measures
  for (let row = 0; row < length; row++) {
    const group = groupOf[row]
    if (group < 0 || included?.[row] === 0) continue
    count[group]++
    if ((flags[row] & SpanFlag.error) !== 0) errors[group]++
    total[group] += duration[row]
    self[group] += spans.self[row]
    if (row % stepSpans === 0) yield undefined
  }
  for (let group = 0; group < size; group++) start[group + 1] = start[group] + count[group]
  const rows = new Int32Array(start[size])
  const durations = new Float64Array(start[size])
  const next = start.slice()
  for (let row = 0; row < length; row++) {
    const group = groupOf[row]
    if (group < 0 || included?.[row] === 0) continue
    const at = next[group]++
    rows[at] = row
    durations[at] = duration[row]
    if (row % stepSpans === 0) yield undefined
  }
  let sorted = 0
  for (let group = 0; group < size; group++) {
    if (count[group] === 0) continue
    const ascending = durations.subarray(start[group], start[group + 1]).sort()
    measures.p50[group] = percentile(ascending, 0.5)
    measures.p95[group] = percentile(ascending, 0.95)
    measures.p99[group] = percentile(ascending, 0.99)
    measures.max[group] = ascending[ascending.length - 1]
    sorted += ascending.length
    if (sorted < stepSpans) continue
    sorted = 0
    yield undefined
  }
  return { ...measures, rows }
}

/** The smallest value that at least this share of the values do not exceed. Values ascending, not empty. */
export function percentile(ascending: Float64Array, share: number): number {
  // 0.95 × 20 is a little more than 19 in a double.
  return ascending[Math.max(0, Math.ceil(share * ascending.length - 1e-9) - 1)]
}

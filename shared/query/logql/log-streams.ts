/** Where the lines come from: anything that finds streams by their labels. */
import type { Labels } from '#shared/query/promql/labels'
import type { Matcher } from '#shared/query/promql/matcher'

/** The lines of one stream, in order of time. */
export interface LogStream {
  readonly labels: Labels
  /** Of each line, nanoseconds from the `epochNs` of its store; none less than the one before. */
  readonly times: Float64Array
  text(line: number): string
  /** What was sent along with a line. */
  metadata(line: number): Labels
}

/** What queries are asked of. */
export interface StreamStore {
  /** Nanoseconds since 1970; within some months of the lines, so that numbers hold each nanosecond. */
  readonly epochNs: bigint
  /** The streams that match. */
  select(matchers: readonly Matcher[]): readonly LogStream[]
}

/** Lines by row, those at `fromNs` and after, before `toNs`. */
export function rowsBetween({ times }: LogStream, fromNs: number, toNs: number): [from: number, to: number] {
  return [firstAtOrAfter(times, fromNs), firstAtOrAfter(times, toNs)]
}

function firstAtOrAfter(times: Float64Array, timeNs: number): number {
  let [from, to] = [0, times.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (times[middle] < timeNs) from = middle + 1
    else to = middle
  }
  return from
}

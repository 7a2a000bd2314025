/** Small questions about one row of a trace. */
import { SpanFlag, type SpanIndex, type Trace } from '#shared/trace/table'

export const isMissingRow = ({ spans }: Trace, row: SpanIndex): boolean =>
  (spans.flags[row] & SpanFlag.missing) !== 0

export const isErrorRow = ({ spans }: Trace, row: SpanIndex): boolean =>
  (spans.flags[row] & SpanFlag.error) !== 0

/** The row that names the trace: the first root that was recorded, or else the first span that was; -1 when there is none. */
export function namingRow(trace: Trace): SpanIndex {
  const { spans } = trace
  for (let row = 0; row < spans.length; row = spans.subtreeEnd[row]) if (!isMissingRow(trace, row)) return row
  for (let row = 0; row < spans.length; row++) if (!isMissingRow(trace, row)) return row
  return -1
}

/** The child before or after a row among its siblings (or roots); -1 at the ends. Cost: its siblings, going back. */
export function siblingOf({ spans }: Trace, row: SpanIndex, step: 1 | -1): SpanIndex {
  const parent = spans.parent[row]
  const end = parent < 0 ? spans.length : spans.subtreeEnd[parent]
  if (step === 1) return spans.subtreeEnd[row] < end ? spans.subtreeEnd[row] : -1
  let before = -1
  for (let at = parent + 1; at < row; at = spans.subtreeEnd[at]) before = at
  return before
}

/** What was mended about this span, in words. */
export function repairsOf({ spans }: Trace, row: SpanIndex, shiftText: (ns: number) => string): string[] {
  const flags = spans.flags[row]
  const has = (bit: number): boolean => (flags & bit) !== 0
  const said: string[] = []
  if (has(SpanFlag.orphan)) said.push('It names a parent that never arrived.')
  if (has(SpanFlag.duplicate)) said.push('Another, different span has the same id; both are shown.')
  if (has(SpanFlag.cycle)) said.push('Its chain of parents led back to itself; it was made a root.')
  if (has(SpanFlag.shifted))
    said.push(
      `Its times were moved by ${shiftText(spans.shift[row])}, because the clock it was taken with differs.`,
    )
  if (has(SpanFlag.negative)) said.push('It ended before it began, as recorded; shown with a duration of 0.')
  if (has(SpanFlag.impossibleStart))
    said.push('It begins at a time that cannot be true; what was recorded stands under “Ids and times”.')
  else if (has(SpanFlag.untimed)) said.push('It came without a start time or without a duration.')
  return said
}

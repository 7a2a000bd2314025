/** What is not in the trace though its spans speak of it. */
import { type Finding, mostRows } from '#shared/derive/findings/finding'
import { countOf } from '#shared/derive/quantities'
import { SpanFlag, type SpanIndex, type Trace } from '#shared/trace/table'

/** How many parents never arrived; undefined where all did. */
export function missingFinding(trace: Trace): Finding | undefined {
  const { spans } = trace
  const rows: SpanIndex[] = []
  let orphans = 0
  let missing = 0
  for (let row = 0; row < spans.length; row++) {
    if ((spans.flags[row] & SpanFlag.orphan) !== 0) orphans++
    if ((spans.flags[row] & SpanFlag.missing) === 0) continue
    missing++
    if (rows.length < mostRows) rows.push(row)
  }
  if (missing === 0) return undefined
  return {
    kind: 'missing',
    severity: 'warning',
    title: `${countOf(missing, 'parent')} never arrived`,
    text: `${countOf(orphans, 'span')} ${orphans === 1 ? 'stands' : 'stand'} below a dashed row; the trace may be incomplete`,
    row: rows[0],
    rows,
  }
}

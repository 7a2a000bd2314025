/** Whose clock differs, by how much, and what was done about it. */
import { formatOffset } from '#shared/derive/durations'
import { type Finding, mostRows, withRow } from '#shared/derive/findings/finding'
import { countOf } from '#shared/derive/quantities'
import type { SpanIndex, Trace } from '#shared/trace/table'

/** The service most of whose spans were moved, or would have been; undefined where all clocks agree. */
export function clockFinding(trace: Trace): Finding | undefined {
  const { spans } = trace
  const problem = trace.problems.find(({ kind }) => kind === 'clock-skew')
  if (spans.shift.length === 0) {
    if (problem === undefined || problem.rows.length === 0) return undefined
    return {
      kind: 'clock',
      severity: 'info',
      title: `The clock of ${trace.services[spans.service[problem.rows[0]]]} differs`,
      text: `${countOf(problem.count, 'span')} shown as recorded`,
      row: problem.rows[0],
      rows: problem.rows,
    }
  }
  const moved = trace.services.map(() => 0)
  for (let row = 0; row < spans.length; row++) if (spans.shift[row] !== 0) moved[spans.service[row]]++
  const most = moved.reduce((best, count, service) => (count > moved[best] ? service : best), 0)
  if (moved.length === 0 || moved[most] === 0) return undefined
  const rows: SpanIndex[] = []
  let furthest = -1
  for (let row = 0; row < spans.length; row++) {
    if (spans.shift[row] === 0 || spans.service[row] !== most) continue
    if (rows.length < mostRows) rows.push(row)
    if (furthest < 0 || Math.abs(spans.shift[row]) > Math.abs(spans.shift[furthest])) furthest = row
  }
  const shift = spans.shift[furthest]
  const others = moved.filter((count, service) => count > 0 && service !== most).length
  return {
    kind: 'clock',
    severity: 'info',
    title: `${trace.services[most]} clock ${formatOffset(-shift)}`,
    text:
      `${countOf(moved[most], 'span')} shifted ${shift < 0 ? 'back' : 'forward'} to fit the callers` +
      (others > 0 ? `; so were those of ${countOf(others, 'other service')}` : ''),
    row: furthest,
    rows: withRow(rows, furthest),
  }
}

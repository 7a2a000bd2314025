/** What one span did again and again, one after the other. */
import { longestRoot } from '#shared/derive/critical-path'
import { formatDuration } from '#shared/derive/durations'
import { type Finding, mostRows } from '#shared/derive/findings/finding'
import { formatCount } from '#shared/derive/quantities'
import { longestRepetition, rowsOfRepetition } from '#shared/derive/repeated-siblings'
import type { Trace } from '#shared/trace/table'

/** Less of the whole than this is not why a trace is slow. */
const tellingShare = 0.02

/** The repetition that took longest; undefined where none took a telling share of the trace. */
export function repeatFinding(trace: Trace): Finding | undefined {
  const { spans } = trace
  const repetition = longestRepetition(spans)
  if (repetition === undefined) return undefined
  const root = longestRoot(spans)
  if (repetition.totalNs < spans.duration[root] * tellingShare) return undefined
  const { first, count, totalNs } = repetition
  return {
    kind: 'repeat',
    severity: 'warning',
    title: `${formatCount(count)} × ${trace.names[spans.name[first]]}`,
    text: `one by one in ${trace.services[spans.service[first]]}, ${formatDuration(totalNs)}`,
    row: first,
    rows: rowsOfRepetition(spans, repetition, mostRows),
  }
}

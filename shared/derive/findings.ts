/** Answers in a sentence: what a reader should look at first. */
import type { CriticalPath } from '#shared/derive/critical-path'
import { clockFinding } from '#shared/derive/findings/clock-finding'
import { errorFinding } from '#shared/derive/findings/error-finding'
import type { Finding } from '#shared/derive/findings/finding'
import { missingFinding } from '#shared/derive/findings/missing-finding'
import { repeatFinding } from '#shared/derive/findings/repeat-finding'
import { timeFinding } from '#shared/derive/findings/time-finding'
import type { SpanDetail } from '#shared/trace/detail'
import type { SpanIndex, Trace } from '#shared/trace/table'

export type { Finding } from '#shared/derive/findings/finding'

const mostFindings = 4

/**
 * Up to four findings, the most telling first; `detailOf` decodes a span and is called for one row at most.
 * Cost: a few walks over the spans and the path.
 */
export function findings(
  trace: Trace,
  path: CriticalPath,
  detailOf: (row: SpanIndex) => SpanDetail | undefined,
): Finding[] {
  return [
    timeFinding(trace, path),
    errorFinding(trace, detailOf),
    repeatFinding(trace),
    clockFinding(trace),
    missingFinding(trace),
  ]
    .filter((finding) => finding !== undefined)
    .slice(0, mostFindings)
}

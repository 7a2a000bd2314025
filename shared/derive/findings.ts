/** Answers in a sentence: what a reader should look at first. */
import type { CriticalPath } from '#shared/derive/critical-path'
import type { SpanDetail } from '#shared/trace/detail'
import type { SpanIndex, Trace } from '#shared/trace/table'

export interface Finding {
  /** `work`: one span's own time is most of the path. `repeat`: like siblings one after the other (N+1). */
  readonly kind: 'wait' | 'work' | 'error' | 'repeat' | 'clock' | 'missing'
  readonly severity: 'error' | 'warning' | 'info'
  /** For instance `4.50 s of 4.87 s is one wait`. */
  readonly title: string
  /** For instance `payment-service, payments-db pool.acquire`. */
  readonly text: string
  /** The row to go to. */
  readonly row: SpanIndex
  /** Up to 1,000 rows it is about, `row` among them. */
  readonly rows: readonly SpanIndex[]
}

/** Up to four findings, the most telling first; `detailOf` decodes a span and is called for one row at most. */
export function findings(
  trace: Trace,
  path: CriticalPath,
  detailOf: (row: SpanIndex) => SpanDetail | undefined,
): Finding[] {
  void trace
  void path
  void detailOf
  throw new Error('not yet')
}

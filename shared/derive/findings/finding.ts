/** One answer in a sentence, with the rows it is about. */
import type { SpanIndex, Trace } from '#shared/trace/table'

/** What a reader should look at; nothing is said that the columns do not show. */
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

/** A finding that concerns more rows names only these many. */
export const mostRows = 1_000

/** The service and name of a row. */
export function placeOf({ spans, services, names }: Trace, row: SpanIndex): string {
  return `${services[spans.service[row]]}, ${names[spans.name[row]]}`
}

/** At most `mostRows` rows, the one to go to among them. */
export function withRow(rows: readonly SpanIndex[], row: SpanIndex): SpanIndex[] {
  const some = rows.slice(0, mostRows)
  if (!some.includes(row)) some[some.length - 1] = row
  return some
}

/** What failed first, and how far up the failure reached. */
import { type Failure, firstFailure } from '#shared/derive/failure'
import { type Finding, mostRows, placeOf } from '#shared/derive/findings/finding'
import { cutText } from '#shared/base/cut-text'
import { countOf } from '#shared/derive/quantities'
import type { SpanDetail } from '#shared/trace/detail'
import type { SpanIndex, Trace } from '#shared/trace/table'

/** The failure that reached furthest up, in its own words; undefined where nothing failed. `detailOf` is called once. */
export function errorFinding(
  trace: Trace,
  detailOf: (row: SpanIndex) => SpanDetail | undefined,
): Finding | undefined {
  const failure = firstFailure(trace.spans)
  if (failure === undefined) return undefined
  const { row } = failure
  const message = errorMessage(detailOf(row)) ?? trace.names[trace.spans.name[row]]
  return {
    kind: 'error',
    severity: 'error',
    title: `${failure.othersBefore === 0 ? 'First error' : 'Error'}: ${message}`,
    text: [placeOf(trace, row), ...aftermath(trace, failure)].join('; '),
    row,
    rows: lineUpTo(trace, row, failure.top),
  }
}

function aftermath({ spans, services }: Trace, { row, top, othersBefore }: Failure): string[] {
  const said: string[] = []
  const above = spans.depth[row] - spans.depth[top]
  if (above > 0) said.push(`then in ${countOf(above, 'span')} above, up to ${services[spans.service[top]]}`)
  if (othersBefore > 0) said.push(`${countOf(othersBefore, 'earlier error')} did not reach as far up`)
  return said
}

function lineUpTo({ spans }: Trace, row: SpanIndex, top: SpanIndex): SpanIndex[] {
  const rows = [row]
  for (let at = row; at !== top && rows.length < mostRows;) rows.push((at = spans.parent[at]))
  return rows
}

const longestMessage = 120

/** What a failed span says of its failure: status message, exception, error attributes; on one line. */
export function errorMessage(detail: SpanDetail | undefined): string | undefined {
  if (detail === undefined) return undefined
  const exception = detail.events.find((event) => event.name === 'exception')
  const said = [
    detail.statusMessage,
    valueOf(exception?.attributes, 'exception.message'),
    valueOf(exception?.attributes, 'exception.type'),
    valueOf(detail.attributes, 'error.message'),
    valueOf(detail.attributes, 'exception.message'),
    valueOf(detail.attributes, 'error.type'),
    valueOf(detail.events.find((event) => event.name === 'error')?.attributes, 'message'),
  ].find((text) => text !== undefined && text.trim() !== '')
  if (said === undefined) return undefined
  const line = said.trim().split(/\s*\n/u)[0]
  return cutText(line, longestMessage)
}

function valueOf(attributes: SpanDetail['attributes'] | undefined, key: string): string | undefined {
  const value = attributes?.find((attribute) => attribute.key === key)?.value
  return typeof value === 'string' ? value : undefined
}

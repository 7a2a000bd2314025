/** Why a query has no answer, and where in its text the reason lies. */
import type { TextRange } from '#shared/query/promql/promql-error'

/**
 * `syntax`: the text is not TraceQL; `type`: it compares or counts what cannot be; `unsupported`: it is TraceQL, and outside the
 * subset; `execution`: the data do not allow it; `limit`: it asks for more than is allowed.
 */
export type TraceqlErrorKind = 'syntax' | 'type' | 'unsupported' | 'execution' | 'limit'

/** A refusal: one sentence, and the part of the query it is about. */
export class TraceqlError extends Error {
  readonly kind: TraceqlErrorKind
  readonly from: number
  readonly to: number

  constructor(kind: TraceqlErrorKind, { from, to }: TextRange, message: string) {
    super(message)
    this.name = 'TraceqlError'
    this.kind = kind
    this.from = from
    this.to = to
  }
}

/** The line and column of a place in a text, both from 1. */
export function lineAndColumn(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: before[before.length - 1].length + 1 }
}

/** Why a query has no answer, and where in its text the reason lies; each language has its own. */

/**
 * `syntax`: the text is not of the language; `type`: it compares, counts or asks for what cannot be; `unsupported`: it is of the language,
 * and outside the subset; `execution`: the data do not allow it; `limit`: it asks for more than is allowed.
 */
export type QueryErrorKind = 'syntax' | 'type' | 'unsupported' | 'execution' | 'limit'

/** A part of the query's text: characters from `from` up to, not including, `to`. */
export interface TextRange {
  readonly from: number
  readonly to: number
}

/** A refusal: one sentence, and the part of the query it is about. */
export class QueryError extends Error {
  readonly kind: QueryErrorKind
  readonly from: number
  readonly to: number

  constructor(kind: QueryErrorKind, { from, to }: TextRange, message: string) {
    super(message)
    this.kind = kind
    this.from = from
    this.to = to
  }
}

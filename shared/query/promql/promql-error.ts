/** Why a query has no answer, and where in its text the reason lies. */

/**
 * `syntax`: the text is not PromQL; `type`: it asks a function or an operator for what it does not take; `unsupported`: it is PromQL, and
 * outside the subset; `execution`: the data do not allow it; `limit`: it asks for more than is allowed.
 */
export type PromqlErrorKind = 'syntax' | 'type' | 'unsupported' | 'execution' | 'limit'

/** A part of the query's text: characters from `from` up to, not including, `to`. */
export interface TextRange {
  readonly from: number
  readonly to: number
}

/** A refusal: one sentence, and the part of the query it is about. */
export class PromqlError extends Error {
  readonly kind: PromqlErrorKind
  readonly from: number
  readonly to: number

  constructor(kind: PromqlErrorKind, { from, to }: TextRange, message: string) {
    super(message)
    this.name = 'PromqlError'
    this.kind = kind
    this.from = from
    this.to = to
  }
}

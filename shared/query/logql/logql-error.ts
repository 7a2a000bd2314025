/** Why a query has no answer, and where in its text the reason lies. */
import type { TextRange } from '#shared/query/promql/promql-error'

/**
 * `syntax`: the text is not LogQL; `type`: it counts or compares what cannot be; `unsupported`: it is LogQL, and outside the subset;
 * `execution`: the lines do not allow it; `limit`: it asks for more than is allowed.
 */
export type LogqlErrorKind = 'syntax' | 'type' | 'unsupported' | 'execution' | 'limit'

/** A refusal: one sentence, and the part of the query it is about. */
export class LogqlError extends Error {
  readonly kind: LogqlErrorKind
  readonly from: number
  readonly to: number

  constructor(kind: LogqlErrorKind, { from, to }: TextRange, message: string) {
    super(message)
    this.name = 'LogqlError'
    this.kind = kind
    this.from = from
    this.to = to
  }
}

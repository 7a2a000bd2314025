/** A refusal of a PromQL query. */
import { QueryError } from '#shared/query/query-error'

export class PromqlError extends QueryError {
  override readonly name = 'PromqlError'
}

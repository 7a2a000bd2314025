/** A refusal of a LogQL query. */
import { QueryError } from '#shared/query/query-error'

export class LogqlError extends QueryError {
  override readonly name = 'LogqlError'
}

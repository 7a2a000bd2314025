/** A refusal of a TraceQL query, and places in texts. */
import { QueryError } from '#shared/query/query-error'

export class TraceqlError extends QueryError {
  override readonly name = 'TraceqlError'
}

/** The line and column of a place in a text, both from 1. */
export function lineAndColumn(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: before[before.length - 1].length + 1 }
}

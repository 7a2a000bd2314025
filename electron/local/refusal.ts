import type { TraceQuery } from '#shared/api/contract'
import type { LinesQuery } from '#shared/api/logs'
import { traceqlOf } from '#shared/api/traceql'
import { LogqlError } from '#shared/query/logql/logql-error'
import { PromqlError } from '#shared/query/promql/promql-error'
import { QueryError } from '#shared/query/query-error'
import { lineAndColumn, TraceqlError } from '#shared/query/traceql/traceql-error'
import type { StoreCall } from './store-messages.ts'

/** The query among the arguments of a question: the first, or that behind a label or field. */
function queryIn(name: string, args: readonly unknown[]): string {
  return String(name === 'labelValues' || name === 'fieldValues' ? args[1] : args[0])
}

/** What is said where a question has no answer: of its query as its server would say it, with the place; else as a failure of our own. */
export function reasonOf(
  thrown: unknown,
  { name, args }: Pick<StoreCall, 'name' | 'args'>,
): { readonly refusal: string } | { readonly failure: string } {
  // What asks for too much is no mistake at any place of it.
  if (thrown instanceof QueryError && thrown.kind === 'limit') return { refusal: thrown.message }
  if (thrown instanceof TraceqlError && (name === 'search' || name === 'metric')) {
    const text = name === 'search' ? traceqlOf(args[0] as TraceQuery) : queryIn(name, args)
    const { line, column } = lineAndColumn(text, thrown.from)
    // As Tempo says it, so that the page finds the place in either's words.
    return { refusal: `at line ${line}, col ${column}: ${thrown.message}` }
  }
  if (thrown instanceof LogqlError) {
    const text = name === 'lines' ? (args[0] as LinesQuery).query : queryIn(name, args)
    const { line, column } = lineAndColumn(text, thrown.from)
    // As Loki says it.
    return { refusal: `parse error at line ${line}, col ${column}: ${thrown.message}` }
  }
  if (thrown instanceof PromqlError) {
    const text = queryIn(name, args)
    const { line, column } = lineAndColumn(text, thrown.from)
    // As Prometheus says it.
    return { refusal: `${line}:${column}: ${thrown.message}` }
  }
  return { failure: thrown instanceof Error ? thrown.message : String(thrown) }
}

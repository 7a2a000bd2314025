/** Asks a search route; whole traces are summed up as they come, and their bytes let go. */
import type { SearchAnswer, TraceQuery } from '#shared/api/contract'
import { TraceImport } from '#shared/import/index'
import { answerOf, sourceOf } from './byte-source'
import { type Environment, Pace } from './environment'
import { Failure } from './failures'
import { readInput } from './read-input'

/** One answer, whether the server sends summaries or whole traces; rejects only where nothing can be shown. */
export async function searchRoute(
  url: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  const response = await answerOf('this search', url, environment, signal)
  if (response.headers.get('x-clew-answer') !== 'traces') return (await response.json()) as SearchAnswer
  const into = new TraceImport()
  const pace = new Pace(environment)
  const report = await readInput(
    'The answer',
    (onBytes) => sourceOf('The answer', response, signal, onBytes),
    into,
    signal,
    { bytes: 0, totalBytes: undefined },
    () => pace.rest(signal),
  )
  signal.throwIfAborted()
  const traces = into.summaries()
  // An answer without a trace in it is what a server says when nothing matches.
  if (report.error !== undefined && report.error.kind !== 'empty-answer' && traces.length === 0)
    throw new Failure(report.error)
  const limit = limitOf(url)
  return {
    traces,
    limitReached: limit !== undefined && traces.length >= limit,
    notes: [
      report.note,
      traces.length > 0 ? report.error?.message : undefined,
      ...report.problems.map(({ message }) => message),
    ].filter((note) => note !== undefined),
  }
}

/** How many traces were asked for, which the URL says. */
function limitOf(url: string): number | undefined {
  const query = new URL(url, 'http://clew').searchParams.get('query')
  if (query === null) return undefined
  const { limit } = JSON.parse(query) as Partial<TraceQuery>
  return typeof limit === 'number' ? limit : undefined
}

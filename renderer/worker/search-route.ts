/** Asks a search route; whole traces are summed up as they come, and their bytes let go. */
import { mostSpansEach, type SearchAnswer, type TraceQuery } from '#shared/api/contract'
import { kindAsked } from '#shared/api/kind-tag'
import { TraceImport } from '#shared/import/index'
import { spansByTrace } from '#shared/import/spans-by-trace'
import type { TraceSummary } from '#shared/trace/table'
import { hasFailed, startMsOf } from '#shared/trace/summary'
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
  const query = queryOf(url)
  const { limit, errorsOnly, traceql = '' } = query
  const keep = (traces: readonly TraceSummary[]): Pick<SearchAnswer, 'traces' | 'oldestGivenMs'> =>
    // A query of one's own stands for itself.
    errorsOnly === true && traceql === ''
      ? { traces: traces.filter(mayHaveFailed), oldestGivenMs: oldestMs(traces) }
      : { traces }
  if (response.headers.get('x-clew-answer') !== 'traces') {
    const answer = (await response.json()) as SearchAnswer
    return { ...answer, ...keep(answer.traces) }
  }
  const into = new TraceImport()
  const pace = new Pace(environment)
  const report = await readInput(
    'The answer',
    (onBytes) => sourceOf(response, signal, onBytes),
    into,
    signal,
    { bytes: 0, totalBytes: undefined },
    () => pace.rest(signal),
  )
  signal.throwIfAborted()
  const traces = into.summaries()
  if (traces.length === 0 && report.error !== undefined && !saysNothingMatches(into))
    throw new Failure(report.error)
  const ofKind = ofKindAsked(traces, into, query)
  return {
    ...keep(withSpans(ofKind, into, query)),
    ...(ofKind.length < traces.length ? { oldestGivenMs: oldestMs(traces) } : {}),
    // Of what the server gave: what was left out here does not make its list complete.
    limitReached: typeof limit === 'number' && traces.length >= limit,
    notes: [
      report.note,
      traces.length > 0 ? report.error?.message : undefined,
      ...report.problems.map(({ message }) => message),
    ].filter((note) => note !== undefined),
  }
}

/** The traces with the spans that are meant, where single spans are asked for. */
function withSpans(
  traces: readonly TraceSummary[],
  { arrived }: TraceImport,
  {
    service = '',
    operation = '',
    spanKind,
    minDurationNs,
    maxDurationNs,
    errorsOnly = false,
  }: Partial<TraceQuery>,
): readonly TraceSummary[] {
  if (spanKind === undefined) return traces
  const meant = { service, operation, kind: spanKind, minDurationNs, maxDurationNs, errorsOnly }
  const found = spansByTrace(arrived, meant, mostSpansEach)
  return traces.map((trace) => ({ ...trace, spans: found.get(trace.traceId) ?? [] }))
}

/** Servers of whole traces may pass over the kind of span that is asked for: the traces with such a span, as far as the form describes one. */
function ofKindAsked(
  traces: readonly TraceSummary[],
  { arrived }: TraceImport,
  {
    service = '',
    operation = '',
    tags = [],
    traceql = '',
    minDurationNs,
    maxDurationNs,
  }: Partial<TraceQuery>,
): readonly TraceSummary[] {
  const kind = traceql === '' ? kindAsked(tags) : undefined
  if (kind === undefined) return traces
  // What failed is looked for in all of a trace, as elsewhere.
  const meant = { service, operation, kind, minDurationNs, maxDurationNs, errorsOnly: false }
  const found = spansByTrace(arrived, meant, 1)
  return traces.filter(({ traceId }) => found.has(traceId))
}

/** Where the search goes on from is the oldest that came, whether it was kept or not. */
function oldestMs(traces: readonly TraceSummary[]): number | undefined {
  return traces.length === 0 ? undefined : Math.min(...traces.map(startMsOf))
}

/** A longer answer says something. */
const longestEmptyAnswer = 1_000

/** Whether the answer is what servers say when nothing matches: nothing, `[]`, `{}`, `{"data":[],"total":0,"errors":null}`. */
function saysNothingMatches({ store }: TraceImport): boolean {
  if (store.length > longestEmptyAnswer) return false
  const text = store.length === 0 ? '' : new TextDecoder().decode(store.slice(0, store.length))
  try {
    return text.trim() === '' || holdsNothing(JSON.parse(text))
  } catch (cause) {
    if (cause instanceof SyntaxError) return false
    throw cause
  }
}

function holdsNothing(value: unknown): boolean {
  if (typeof value === 'number' || value === null || value === '') return true
  return typeof value === 'object' && Object.values(value).every(holdsNothing)
}

/** Sources differ in how they look for errors, and some cannot. What is not known is kept, and where the source names the span that matched. */
function mayHaveFailed(summary: TraceSummary): boolean {
  const isUnknown = summary.failed === undefined && summary.errorCount === undefined
  return hasFailed(summary) || isUnknown || summary.matched !== undefined
}

/** What was asked for, which the URL says. */
function queryOf(url: string): Partial<TraceQuery> {
  const query = new URL(url, 'http://clew').searchParams.get('query')
  return query === null ? {} : (JSON.parse(query) as Partial<TraceQuery>)
}

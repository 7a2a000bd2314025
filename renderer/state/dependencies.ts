/** Who calls whom: as every source that counts answers, and of one that does not count, as some of its traces tell. */
import { type DependencyAnswer, noConditions, type Source } from '#shared/api/contract'
import { formatTimePoint, type TimeRange, windowOf } from '#shared/derive/time-range'
import { dependenciesOf } from '#shared/map/dependencies-of'
import { api, searchPath } from '../client/api'
import { traceSessions } from '../client/trace-sessions'
import { type SourceAnswer, useSourceAnswers } from './source-answers'
import { inputOfSummary } from './summary-input'
import type { SearchWindow } from './trace-search'

/** So many are read to learn who calls whom: each is a question, and the paths of a system show in few. */
const mostTraces = 40
const mostBytes = 32e6

/** Whether a source must be read for its calls: a Tempo counts none. */
export const isRead = ({ capabilities: { traces, dependencies } }: Source): boolean => traces && !dependencies

/** The calls of a window. */
export const callsOf = (
  source: Source,
  window: SearchWindow,
  signal: AbortSignal,
): Promise<DependencyAnswer> =>
  isRead(source) ? callsInTraces(source, window, signal) : api.dependencies(source.id, window, signal)

async function callsInTraces(
  source: Source,
  window: SearchWindow,
  signal: AbortSignal,
): Promise<DependencyAnswer> {
  const query = { ...noConditions, ...window, limit: mostTraces, traceql: '' }
  const found = await traceSessions.search(searchPath(source.id, query), signal)
  if (found.traces.length === 0) return { calls: [], notes: [] }
  const inputs = found.traces.map((summary) => inputOfSummary(source, summary))
  const { calls, traces: sampledOf } = await traceSessions.countCalls(inputs, mostBytes, signal)
  return { calls: dependenciesOf(calls).map((call) => ({ ...call, sampledOf })), notes: [] }
}

/** One answer for each source, in their order, as they come. */
export function useDependencies(
  sources: readonly Source[],
  range: TimeRange,
): readonly SourceAnswer<DependencyAnswer>[] {
  return useSourceAnswers<DependencyAnswer>(sources, (source) => ({
    queryKey: ['dependencies', source.id, formatTimePoint(range.from), formatTimePoint(range.to)],
    queryFn: ({ signal }) => callsOf(source, windowOf(range, Date.now()), signal),
    staleTime: 60_000,
  }))
}

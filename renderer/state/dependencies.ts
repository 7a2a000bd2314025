/** Who calls whom, as every source that counts answers. */
import type { Dependency, Source } from '#shared/api/contract'
import { formatTimePoint, type TimeRange, windowOf } from '#shared/derive/time-range'
import { api } from '../client/api'
import { type SourceAnswer, useSourceAnswers } from './source-answers'

/** One answer for each source, in their order, as they come. */
export function useDependencies(
  sources: readonly Source[],
  range: TimeRange,
): readonly SourceAnswer<readonly Dependency[]>[] {
  return useSourceAnswers<readonly Dependency[]>(sources, (source) => ({
    queryKey: ['dependencies', source.id, formatTimePoint(range.from), formatTimePoint(range.to)],
    queryFn: ({ signal }) => api.dependencies(source.id, windowOf(range, Date.now()), signal),
    staleTime: 60_000,
  }))
}

/** Who calls whom, as every source that counts answers. */
import type { DependencyAnswer, Source } from '#shared/api/contract'
import { formatTimePoint, type TimeRange, windowOf } from '#shared/derive/time-range'
import { api } from '../client/api'
import { type SourceAnswer, useSourceAnswers } from './source-answers'

/** One answer for each source, in their order, as they come. */
export function useDependencies(
  sources: readonly Source[],
  range: TimeRange,
): readonly SourceAnswer<DependencyAnswer>[] {
  return useSourceAnswers<DependencyAnswer>(sources, (source) => ({
    queryKey: ['dependencies', source.id, formatTimePoint(range.from), formatTimePoint(range.to)],
    queryFn: ({ signal }) => api.dependencies(source.id, windowOf(range, Date.now()), signal),
    staleTime: 60_000,
  }))
}

/** Who calls whom, as every source that knows answers. */
import { queryOptions, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ApiError, Dependency, Source } from '#shared/api/contract'
import { formatTimePoint, type TimeRange, windowOf } from '#shared/derive/time-range'
import { api, toApiError } from '../client/api'

/** What one source said. */
export interface DependencyAnswer {
  readonly source: Source
  readonly edges: readonly Dependency[] | undefined
  readonly error: ApiError | undefined
  readonly isAsking: boolean
  readonly retry: () => void
}

const dependenciesQuery = (source: Source, range: TimeRange) =>
  queryOptions({
    queryKey: ['dependencies', source.id, formatTimePoint(range.from), formatTimePoint(range.to)],
    queryFn: ({ signal }) => api.dependencies(source.id, windowOf(range, Date.now()), signal),
    staleTime: 60_000,
  })

interface Asked {
  readonly data: readonly Dependency[] | undefined
  readonly error: unknown
  readonly isFetching: boolean
  readonly refetch: () => unknown
}

const combine = (answers: readonly Asked[]): readonly Asked[] =>
  answers.map(({ data, error, isFetching, refetch }) => ({ data, error, isFetching, refetch }))

/** One answer for each source, in their order, as they come. */
export function useDependencies(sources: readonly Source[], range: TimeRange): readonly DependencyAnswer[] {
  const asked = useQueries({ queries: sources.map((source) => dependenciesQuery(source, range)), combine })
  return useMemo(
    () =>
      asked.map((answer, index) => ({
        source: sources[index],
        edges: answer.data,
        error: answer.error ? toApiError(answer.error) : undefined,
        isAsking: answer.isFetching,
        retry: () => void answer.refetch(),
      })),
    [asked, sources],
  )
}

/** The same question to several sources: an answer for each, in their order, as they come. */
import { useQueries, type UseQueryOptions } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ApiError, Source } from '#shared/api/contract'
import { toApiError } from '../client/api'

/** What one source said. */
export interface SourceAnswer<Data> {
  readonly source: Source
  readonly data: Data | undefined
  readonly error: ApiError | undefined
  readonly isAsking: boolean
  readonly retry: () => void
}

interface Asked<Data> {
  readonly data: Data | undefined
  readonly error: unknown
  readonly isFetching: boolean
  readonly refetch: () => unknown
}

/** Must be the same function each time, or answers would be new objects with every rendering. */
const combine = <Data>(answers: readonly Asked<Data>[]): readonly Asked<Data>[] =>
  answers.map(({ data, error, isFetching, refetch }) => ({ data, error, isFetching, refetch }))

export function useSourceAnswers<Data>(
  sources: readonly Source[],
  queryOf: (source: Source) => UseQueryOptions<Data, Error, Data, readonly string[]>,
): readonly SourceAnswer<Data>[] {
  const asked = useQueries({ queries: sources.map(queryOf), combine: combine<Data> })
  return useMemo(
    () =>
      asked.map(({ data, error, isFetching, refetch }, index) => ({
        source: sources[index],
        data,
        error: error ? toApiError(error) : undefined,
        isAsking: isFetching,
        retry: () => void refetch(),
      })),
    [asked, sources],
  )
}

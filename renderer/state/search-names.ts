/** Names the search form offers: services, operations, tags and their values, over every chosen source at once. */
import { type QueryClient, queryOptions, useQueries, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ApiError, Source } from '#shared/api/contract'
import { formatTimePoint, type TimeRange } from '#shared/derive/time-range'
import { api, toApiError } from '../client/api'
import { windowIn } from './held-time'

/** The union of what the sources know, by name. */
export interface OfferedNames {
  readonly names: readonly string[]
  /** A source is still being asked. */
  readonly isLoading: boolean
  /** The first source that did not answer, if none did. */
  readonly error: ApiError | undefined
}

/** Names change seldom; a minute is long enough to type a query and short enough to see a new service. */
const staleTime = 60_000

/** Relative ranges keep their name as time goes by, so that the same question is not asked at every key. */
const rangeKey = (range: TimeRange): string => `${formatTimePoint(range.from)}..${formatTimePoint(range.to)}`

const servicesQuery = (source: Source, range: TimeRange) =>
  queryOptions({
    queryKey: ['services', source.id, rangeKey(range)],
    queryFn: ({ signal }) => api.services(source.id, windowIn(source, range), signal),
    staleTime,
  })

const operationsQuery = (source: Source, service: string, range: TimeRange) =>
  queryOptions({
    queryKey: ['operations', source.id, service, rangeKey(range)],
    queryFn: ({ signal }) => api.operations(source.id, service, windowIn(source, range), signal),
    staleTime,
  })

const tagsQuery = (source: Source, range: TimeRange) =>
  queryOptions({
    queryKey: ['tags', source.id, rangeKey(range)],
    queryFn: ({ signal }) => api.tags(source.id, windowIn(source, range), signal),
    staleTime,
  })

const tagValuesQuery = (source: Source, tag: string, filter: string, range: TimeRange) =>
  queryOptions({
    queryKey: ['tag-values', source.id, tag, filter, rangeKey(range)],
    queryFn: ({ signal }) => api.tagValues(source.id, tag, filter, windowIn(source, range), signal),
    staleTime,
  })

interface Answer {
  readonly data?: readonly string[] | undefined
  readonly isLoading: boolean
  readonly error: unknown
}

function combine(answers: readonly Answer[]): OfferedNames {
  const names = [...new Set(answers.flatMap((answer) => answer.data ?? []))].toSorted((a, b) =>
    a.localeCompare(b),
  )
  const isLoading = answers.some((answer) => answer.isLoading)
  const failed = answers.find((answer) => answer.error)
  return {
    names,
    isLoading,
    error: names.length === 0 && !isLoading && failed ? toApiError(failed.error) : undefined,
  }
}

/** Services of the sources in the range. */
export function useServices(sources: readonly Source[], range: TimeRange): OfferedNames {
  return useQueries({ queries: sources.map((source) => servicesQuery(source, range)), combine })
}

/** Operations of a service; none are asked for while no service is chosen, but where a source knows them without. */
export function useOperations(sources: readonly Source[], service: string, range: TimeRange): OfferedNames {
  const asked = sources.filter((source) => service !== '' || source.capabilities.vocabulary)
  return useQueries({ queries: asked.map((source) => operationsQuery(source, service, range)), combine })
}

/** Attribute names, as the sources that know them have them; a name in two scopes is one. */
export function useTagNames(sources: readonly Source[], range: TimeRange): OfferedNames {
  const asked = sources.filter((source) => source.capabilities.vocabulary)
  return useQueries({
    queries: asked.map((source) => ({
      ...tagsQuery(source, range),
      select: (scopes: readonly { readonly scope: string; readonly tags: readonly string[] }[]) =>
        scopes.flatMap(({ scope, tags }) => (scope === 'intrinsic' ? [] : tags)),
    })),
    combine,
  })
}

/** Values of an attribute, as the sources that know them have them. */
export function useTagValues(sources: readonly Source[], tag: string, range: TimeRange): OfferedNames {
  const asked = sources.filter((source) => source.capabilities.vocabulary && tag.trim() !== '')
  return useQueries({
    queries: asked.map((source) => ({
      ...tagValuesQuery(source, tag.trim(), '', range),
      select: (values: readonly { readonly value: string }[]) => values.map(({ value }) => value),
    })),
    combine,
  })
}

/** What the TraceQL editor asks while one writes. A source that fails adds nothing: completion never stands in the way. */
export interface SearchWords {
  tags(): Promise<readonly { readonly scope: string; readonly tags: readonly string[] }[]>
  values(field: string): Promise<readonly { readonly type: string; readonly value: string }[]>
}

async function fromEvery<Item>(
  sources: readonly Source[],
  ask: (source: Source) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  const answers = await Promise.allSettled(sources.map(ask))
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
}

const wordsOf = (client: QueryClient, sources: readonly Source[], range: TimeRange): SearchWords => ({
  tags: () => fromEvery(sources, (source) => client.fetchQuery(tagsQuery(source, range))),
  async values(field) {
    const all = await fromEvery(sources, (source) =>
      client.fetchQuery(tagValuesQuery(source, field, '', range)),
    )
    return [...new Map(all.map((item) => [`${item.type} ${item.value}`, item])).values()]
  },
})

/** Words of the sources that speak TraceQL. */
export function useSearchWords(sources: readonly Source[], range: TimeRange): SearchWords {
  const client = useQueryClient()
  return useMemo(() => wordsOf(client, sources, range), [client, sources, range])
}

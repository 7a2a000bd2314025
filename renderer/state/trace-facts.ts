/** Which sources of traces hold which services: learned once for a while, in the background, with one request each. */
import { type QueryClient, queryOptions, useQueries } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Source } from '#shared/api/contract'
import { holdersOf, type TraceFacts } from '#shared/correlate/trace-facts'
import { api } from '../client/api'
import { nowBy } from './held-time'
import { keptOrLearned } from './kept-facts'
import { factsLast, learning } from './learning'
import { useSaidFacts } from './said-facts'
import { useTraceSources } from './sources'

const sampledMs = 6 * 3_600_000

export const traceFactsQuery = (id: string) =>
  queryOptions({
    queryKey: ['trace-facts', id],
    queryFn: (asked) =>
      keptOrLearned(asked, 'traces', () =>
        learning(
          asked.signal,
          () => undefined,
          async (limited): Promise<TraceFacts> => {
            const endMs = nowBy(asked.client, id)
            return { services: await api.services(id, { startMs: endMs - sampledMs, endMs }, limited) }
          },
        ),
      ),
    ...factsLast,
  })

/** The services of a source, as far as they can be had. */
export async function knownServicesOf(client: QueryClient, id: string): Promise<readonly string[]> {
  try {
    const { services } = await client.ensureQueryData({ ...traceFactsQuery(id), revalidateIfStale: true })
    return services
  } catch {
    return []
  }
}

/** Tells which sources to ask for traces of a service: those that hold some; all where that is not known. */
export function useHolders(): (service: string | undefined) => readonly Source[] {
  const sources = useTraceSources()
  const said = useSaidFacts()
  const facts = useQueries({
    queries: sources.map(({ id }) => ({ ...traceFactsQuery(id), enabled: false })),
    combine: (answers) => answers.map(({ data }) => data),
  })
  return useCallback(
    (service) =>
      service === undefined
        ? sources
        : holdersOf(
            service,
            sources.map((source, at) => ({ source, facts: facts[at], said: said[source.id] ?? {} })),
          ),
    [sources, facts, said],
  )
}

/** As a search names them: none where it is all. */
export const sourcesToAsk = (
  holders: readonly Pick<Source, 'id'>[],
  all: readonly Pick<Source, 'id'>[],
): readonly string[] => (holders.length === all.length ? [] : holders.map(({ id }) => id))

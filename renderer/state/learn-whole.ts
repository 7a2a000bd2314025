/** Facts that could not all be had at first are learned once they can be. */
import type { FetchQueryOptions, QueryClient } from '@tanstack/react-query'

/** Learns, and again after each of these waits, milliseconds, while some is missing. */
export async function learnWhole<Facts extends { readonly isPart: boolean }, Key extends readonly unknown[]>(
  client: QueryClient,
  query: FetchQueryOptions<Facts, Error, Facts, Key>,
  waits: readonly number[],
  signal: AbortSignal,
): Promise<void> {
  await client.prefetchQuery(query)
  for (const ms of waits) {
    const facts = client.getQueryData<Facts>(query.queryKey)
    if (signal.aborted || facts?.isPart === false) return
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await new Promise((resolve) => setTimeout(resolve, ms))
    if (signal.aborted) return
    // oxlint-disable-next-line no-await-in-loop
    await client.prefetchQuery({ ...query, staleTime: 0 })
  }
}

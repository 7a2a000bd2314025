/** Names of the metrics that sources hold. */
import { type QueryClient, queryOptions, useQueries } from '@tanstack/react-query'
import type { Source } from '#shared/api/contract'
import { metricsApi } from '../client/metrics-api'
import { nowBy } from './held-time'

/** Names change seldom; a minute is long enough to type a query and short enough to see a new metric. */
export const namesStaleMs = 60_000
/** How far back names are looked for. */
export const namesWithinMs = 3_600_000

/** The hour before what is now to a source. */
export const lately = (client: QueryClient, source: string) => {
  const nowMs = nowBy(client, source)
  return { startMs: nowMs - namesWithinMs, endMs: nowMs }
}

/** The values of a label; of the series that match, or of all where nothing is to be matched. */
export const labelValuesQuery = (source: string, label: string, match: string) =>
  queryOptions({
    queryKey: ['metric-values', source, label, match],
    queryFn: ({ signal, client }) =>
      metricsApi.labelValues(source, label, match, lately(client, source), signal),
    staleTime: namesStaleMs,
  })

/** What metrics each source has; those that have said so by now. */
export function useMetricNames(
  sources: readonly Source[],
): readonly { readonly source: Source; readonly names: readonly string[] }[] {
  return useQueries({
    queries: sources.map(({ id }) => ({ ...labelValuesQuery(id, '__name__', ''), retry: false })),
    combine: (answers) =>
      answers.flatMap(({ data }, at) => (data ? [{ source: sources[at], names: data }] : [])),
  })
}

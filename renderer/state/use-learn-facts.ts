/** Facts of every connection are learned as soon as it is there. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { clockFactsQueries } from './clock-facts'
import { logFactsQuery } from './log-facts'
import { metricFactsQuery } from './metric-facts'
import { preferencesQuery } from './preferences'
import { saidOf } from './said-facts'
import { useSources } from './sources'
import { traceFactsQuery } from './trace-facts'

/** What a person waits for goes before. */
const whenIdle = { timeout: 3_000 }

/** What is known already is not asked again. */
export function useLearnFacts(): void {
  const client = useQueryClient()
  const { data: sources } = useSources()
  // What a person said decides which histograms are looked at.
  const isKnown = useQuery(preferencesQuery).isFetched
  useEffect(() => {
    if (!sources || !isKnown) return undefined
    const idle = requestIdleCallback(() => {
      for (const source of sources) {
        const { traces, logs, metrics } = source.capabilities
        if (traces) void client.prefetchQuery(traceFactsQuery(source.id))
        if (logs) void client.prefetchQuery(logFactsQuery(source))
        if (metrics) void client.prefetchQuery(metricFactsQuery(source.id, saidOf(client, source.id)))
      }
      for (const query of clockFactsQueries(sources)) void client.prefetchQuery(query)
    }, whenIdle)
    return () => cancelIdleCallback(idle)
  }, [client, sources, isKnown])
}

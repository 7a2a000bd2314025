/** Facts of every connection are learned as soon as it is there. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { clockFactsQueries } from './clock-facts'
import { learnWhole } from './learn-whole'
import { logFactsQuery } from './log-facts'
import { metricFactsQuery } from './metric-facts'
import { preferencesQuery } from './preferences'
import { saidOf } from './said-facts'
import { isServer, useSources } from './sources'
import { traceFactsQuery } from './trace-facts'

/** What a person waits for goes before. */
const whenIdle = { timeout: 3_000 }

/** So long it is waited until what could not be learned is asked again. What Clew holds itself may still be being made, and costs no server anything. */
const againMs = { server: [15_000], local: [2_000, 4_000, 8_000, 16_000, 32_000] } as const

/** What is known already is not asked again. */
export function useLearnFacts(): void {
  const client = useQueryClient()
  const { data: sources } = useSources()
  // What a person said decides which histograms are looked at.
  const isKnown = useQuery(preferencesQuery).isFetched
  useEffect(() => {
    if (!sources || !isKnown) return undefined
    const leave = new AbortController()
    const idle = requestIdleCallback(() => {
      for (const source of sources) {
        const { traces, logs, metrics } = source.capabilities
        const waits = againMs[isServer(source) ? 'server' : 'local']
        if (traces) void learnWhole(client, traceFactsQuery(source.id), waits, leave.signal)
        if (logs) void learnWhole(client, logFactsQuery(source), waits, leave.signal)
        if (metrics)
          void learnWhole(client, metricFactsQuery(source.id, saidOf(client, source.id)), waits, leave.signal)
      }
      for (const query of clockFactsQueries(sources)) void client.prefetchQuery(query)
    }, whenIdle)
    return () => {
      cancelIdleCallback(idle)
      leave.abort()
    }
  }, [client, sources, isKnown])
}

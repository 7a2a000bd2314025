import { useCallback } from 'react'
import { serviceOfLabels } from '#shared/correlate/service-panels'
import { toldByExemplar } from '#shared/correlate/trace-ladder'
import type { ExemplarDot } from '#shared/metrics/exemplar-dots'
import { useGo } from '../state/location'
import { useTraceSources } from '../state/sources'
import { useHolders } from '../state/trace-facts'
import { hrefOfTrace } from '../state/trace-location'
import { say } from '../ui/status-message'

/** A trace began before its exemplar, and may go on after it. */
const aroundMs = 15 * 60_000

/** Opens the trace of an exemplar, asking every source of traces for it; says so where there is none to open. */
export function useOpenExemplar(): (dot: ExemplarDot, inNewTab: boolean) => void {
  const traceSources = useTraceSources()
  const holders = useHolders()
  const go = useGo()
  return useCallback(
    ({ traceId, spanId, time, metric, value, series }, inNewTab) => {
      if (traceId === undefined) return say('This exemplar names no trace.')
      if (traceSources.length === 0)
        return say('No source of traces is connected: the trace cannot be looked for.')
      // Those that hold the service first; an exemplar may name a trace that another service began.
      const sources = new Set([...holders(serviceOfLabels(series)), ...traceSources])
      const href = hrefOfTrace({
        sources: [...sources].map((one) => one.id),
        traceId,
        span: spanId,
        told: toldByExemplar({ metric, value, series }),
        startMs: Math.floor(time * 1_000) - aroundMs,
        endMs: Math.ceil(time * 1_000) + aroundMs,
      })
      if (inNewTab) globalThis.open(href, '_blank', 'noopener')
      else go(href)
      return undefined
    },
    [traceSources, holders, go],
  )
}

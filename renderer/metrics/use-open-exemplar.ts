import { useCallback } from 'react'
import type { ExemplarDot } from '#shared/metrics/exemplar-dots'
import { useGo } from '../state/location'
import { useTraceSources } from '../state/sources'
import { hrefOfTrace } from '../state/trace-location'
import { say } from '../ui/status-message'

/** A trace began before its exemplar, and may go on after it. */
const aroundMs = 15 * 60_000

/** Opens the trace of an exemplar, asking every source of traces for it; says so where there is none to open. */
export function useOpenExemplar(): (dot: ExemplarDot, inNewTab: boolean) => void {
  const traceSources = useTraceSources()
  const go = useGo()
  return useCallback(
    ({ traceId, spanId, time }, inNewTab) => {
      if (traceId === undefined) return say('This exemplar names no trace.')
      if (traceSources.length === 0)
        return say('No source of traces is connected: the trace cannot be looked for.')
      const href = hrefOfTrace({
        sources: traceSources.map((one) => one.id),
        traceId,
        span: spanId,
        startMs: Math.floor(time * 1_000) - aroundMs,
        endMs: Math.ceil(time * 1_000) + aroundMs,
      })
      if (inNewTab) globalThis.open(href, '_blank', 'noopener')
      else go(href)
      return undefined
    },
    [traceSources, go],
  )
}

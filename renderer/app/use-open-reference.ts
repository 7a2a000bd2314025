import { useCallback } from 'react'
import type { TraceReference } from '#shared/base/trace-reference'
import { useGo } from '../state/location'
import { useTraceSources } from '../state/sources'
import { hrefOfTrace } from '../state/trace-location'

/** Opens the trace a text named, asking every source of traces for it. */
export function useOpenReference(): (reference: TraceReference) => void {
  const go = useGo()
  const sources = useTraceSources()
  return useCallback(
    ({ traceId, spanId }) =>
      go(hrefOfTrace({ sources: sources.map((source) => source.id), traceId, span: spanId ?? '' })),
    [go, sources],
  )
}

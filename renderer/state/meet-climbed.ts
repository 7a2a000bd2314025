/** What a ladder that found the lines of a span tells of the clock of its service. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { clockOf } from '#shared/correlate/clocks'
import type { Climbed } from '#shared/correlate/ladder-end'
import type { LogSubject } from '#shared/correlate/log-ladder'
import { stretchOfService } from '#shared/correlate/met-lines'
import type { Trace } from '#shared/trace/table'
import { meetLines } from './log-facts'

export function useMeetClimbed(): (trace: Trace, subject: LogSubject, found: Climbed) => void {
  const client = useQueryClient()
  return useCallback(
    (trace, { spanId, services: [service] }, { rung, state }) => {
      // Of lines that may be another's, or are not all known, nothing follows.
      if (spanId === undefined || rung.among === 'all' || state.kind !== 'answered' || state.hasMore) return
      // Lines of a trace may be those of any span of the service.
      const stretch = stretchOfService(trace, trace.services.indexOf(service))
      const clock = { ...clockOf(stretch, state), example: trace.traceId }
      meetLines(client, rung.source.id, [{ service, clock, stream: {} }])
    },
    [client],
  )
}

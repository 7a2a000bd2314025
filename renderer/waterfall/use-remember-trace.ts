import { useEffect } from 'react'
import { formatDuration } from '#shared/derive/durations'
import { countOf } from '#shared/derive/quantities'
import type { Trace } from '#shared/trace/table'
import { useRemember } from '../state/preferences'
import { hrefOfTrace, type TraceLocation } from '../state/trace-location'
import type { TraceView } from '../state/trace-view'
import { namingRow } from './span-facts'

/** Puts a trace of a server that was read whole on the start page; files are put there by their own page. */
export function useRememberTrace(trace: Trace, view: TraceView, location: TraceLocation): void {
  const remember = useRemember()
  const isWhole = view.isBuilt && !view.wasStopped && location.files.length === 0
  const row = namingRow(trace)
  const name =
    row < 0 ? '' : `${trace.services[trace.spans.service[row]]} ${trace.names[trace.spans.name[row]]}`
  const holds = `${countOf(trace.spanCount, 'span')}, ${formatDuration(trace.durationNs)}`
  const kind = view.inputs.find((input) => input.spans > 0)?.format ?? ''
  const sizeBytes = view.inputs.reduce((sum, input) => sum + input.bytes, 0)
  const { sources, traceId, startMs, endMs } = location
  const href = hrefOfTrace({ sources, traceId, startMs, endMs })
  useEffect(() => {
    if (isWhole && name !== '') remember({ name, kind, holds, href, openedMs: Date.now(), sizeBytes })
  }, [isWhole, name, kind, holds, href, sizeBytes, remember])
}

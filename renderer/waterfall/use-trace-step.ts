import { formatDuration } from '#shared/derive/durations'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { useSources } from '../state/sources'
import { useStep } from '../state/thread-step'
import { traceLocation, type TraceLocation } from '../state/trace-location'
import { namingRow } from './span-facts'

/** Tells the thread which trace is on screen, and which of its spans is looked at. `selected` is -1 for none. */
export function useTraceStep(trace: Trace, selected: SpanIndex, location: TraceLocation): void {
  const { spans, names, services, durationNs } = trace
  const naming = namingRow(trace)
  const sources = useSources().data ?? []
  const told = sources.filter(({ id }) => location.sources.includes(id)).map(({ name }) => name)
  const span =
    selected < 0
      ? ''
      : `${services[spans.service[selected]]} ${names[spans.name[selected]]} ${formatDuration(spans.duration[selected])}`
  useStep(traceLocation.path, {
    signal: 'trace',
    title: naming < 0 ? `Trace ${location.traceId.slice(0, 8)}…` : names[spans.name[naming]],
    sources: told,
    query: span,
    count: formatDuration(durationNs),
  })
}

import { formatDuration } from '#shared/derive/durations'
import { countOf } from '#shared/derive/quantities'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { useSources } from '../state/sources'
import { useStep } from '../state/thread-step'
import { traceLocation, type TraceLocation } from '../state/trace-location'
import type { InputReport } from '../state/trace-view'
import { namingRow } from './span-facts'

const titleOf = (traceId: string): string => `Trace ${traceId.slice(0, 8)}…`

/** Tells the thread which trace is on screen, and which of its spans is looked at. `selected` is -1 for none. `inputs`: what it was read from. */
export function useTraceStep(
  trace: Trace,
  selected: SpanIndex,
  location: TraceLocation,
  inputs: readonly InputReport[],
): void {
  const { spans, names, services, durationNs } = trace
  const naming = namingRow(trace)
  const sources = useSources().data ?? []
  const named = sources.filter(({ id }) => location.sources.includes(id))
  // An address that names none asked all there are: it is seen again in those that hold it.
  const holders = inputs.filter(({ spans: count }) => count > 0)
  const told = (named.length > 0 || location.files.length > 0 ? named : holders).map(({ name }) => name)
  const span =
    selected < 0
      ? ''
      : `${services[spans.service[selected]]} ${names[spans.name[selected]]} ${formatDuration(spans.duration[selected])}`
  useStep(traceLocation.path, {
    signal: 'trace',
    title: naming < 0 ? titleOf(location.traceId) : names[spans.name[naming]],
    sources: told,
    query: span,
    count: formatDuration(durationNs),
  })
}

/** A trace that was looked for and is not on screen. */
interface AbsentTrace {
  /** Empty for one that opened files were to hold. */
  readonly traceId: string
  /** Whose it was, where what led here told. */
  readonly service: string | undefined
  /** Names of the sources that were asked. */
  readonly sources: readonly string[]
  /** All of them answered; otherwise they may hold it. */
  readonly isNowhere: boolean
}

/** Tells the thread which trace was looked for in vain: that it is nowhere was found out too. */
export function useAbsentTraceStep({ traceId, service, sources, isNowhere }: AbsentTrace): void {
  const isSought = traceId !== ''
  useStep(
    traceLocation.path,
    isSought
      ? {
          signal: 'trace',
          title: titleOf(traceId),
          sources,
          query: service === undefined ? traceId : `${traceId} of ${service}`,
          count: isNowhere ? countOf(0, 'span') : '',
        }
      : undefined,
  )
}

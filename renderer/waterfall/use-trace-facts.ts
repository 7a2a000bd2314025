/** What the worker says of a trace that is on screen. */
import { useMemo } from 'react'
import type { ApiError } from '#shared/api/contract'
import { formatDuration } from '#shared/derive/durations'
import type { SpanDetail } from '#shared/trace/detail'
import type { Trace } from '#shared/trace/table'
import { type ColorProgress, type RowColorsState, useRowColors } from '../state/row-colors'
import { type MinimapSize, useSpanDetail, useTraceAnswers } from '../state/trace-answers'
import { usePageTitle } from '../ui/page-title'
import type { TraceAnswers } from '../worker/messages'
import { namingRow } from './span-facts'

interface Place {
  readonly session: string
  readonly trace: Trace
  /** While it is read, nothing is asked. */
  readonly isBuilt: boolean
  /** Colour slot of each service. */
  readonly slots: readonly number[]
  /** Key of the attribute that spans are coloured by; empty for services. */
  readonly color: string
  readonly mapSize: MinimapSize | undefined
}

export interface TraceFacts extends Pick<RowColorsState, 'colors' | 'classes'> {
  /** Findings, critical path, minimap. */
  readonly answers: TraceAnswers | undefined
  /** The span that names the trace. */
  readonly root: SpanDetail | undefined
  readonly errors: readonly (ApiError | undefined)[]
  /** How far the spans have been read for their colours. */
  readonly coloring: ColorProgress | undefined
}

/** Asks for it; names the page too. */
export function useTraceFacts(place: Place): TraceFacts {
  const { session, trace, slots, color, mapSize } = place
  const { spans, names, durationNs } = trace
  const built = place.isBuilt ? trace : undefined
  const ofServices = useMemo(() => ({ classOf: spans.service, slots }), [spans, slots])
  const {
    colors,
    classes,
    error: colorError,
    progress: coloring,
  } = useRowColors(session, built, ofServices, color)
  const { answers, error } = useTraceAnswers(session, built, mapSize, classes ? color : '')
  const naming = useMemo(() => namingRow(trace), [trace])
  const root = useSpanDetail(session, built, naming)
  usePageTitle(naming < 0 ? undefined : `${names[spans.name[naming]]} ${formatDuration(durationNs)}`)
  return { colors, classes, answers, root: root.detail, errors: [error, colorError], coloring }
}

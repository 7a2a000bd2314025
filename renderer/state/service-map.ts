/** Who calls whom, from every origin there is: servers that count calls, metrics of a service graph, a trace that is laid over. */
import { useMemo } from 'react'
import type { DependencyAnswer, Source } from '#shared/api/contract'
import { type TimeRange, windowOf } from '#shared/derive/time-range'
import { type Telling, unknownFigures } from '#shared/map/graph'
import { useDependencies } from './dependencies'
import { useServiceGraphs } from './service-graph'
import type { SourceAnswer } from './source-answers'

export interface MapAnswers {
  readonly tellings: readonly Telling[]
  readonly answers: readonly SourceAnswer<unknown>[]
}

function tellingOf(
  { source, data }: SourceAnswer<DependencyAnswer>,
  windowSeconds: number,
): Telling | undefined {
  if (!data) return undefined
  const { window } = data
  const seconds = window ? (window.endMs - window.startMs) / 1_000 : windowSeconds
  return {
    origin: { id: source.id, name: source.name, kind: 'dependencies' },
    notes: data.notes,
    calls: data.calls.map(
      ({ parent, child, callCount, errorCount, parentKind, childKind, seconds: quantiles }) => ({
        parent,
        child,
        parentKind: parentKind ?? 'service',
        childKind: childKind ?? 'service',
        figures: {
          ...unknownFigures,
          rate: callCount / seconds,
          calls: callCount,
          errors: errorCount === undefined || callCount === 0 ? undefined : errorCount / callCount,
          ...quantiles,
        },
      }),
    ),
  }
}

/** Asks every source that can tell, over a window. `nowMs`: what `now` means for the rates. */
export function useMapAnswers(
  sources: readonly Source[],
  range: TimeRange,
  nowMs: number,
  isWanted = true,
): MapAnswers {
  const counting = useMemo(
    () => (isWanted ? sources.filter(({ capabilities }) => capabilities.dependencies) : []),
    [sources, isWanted],
  )
  const measuring = useMemo(
    () => (isWanted ? sources.filter(({ capabilities }) => capabilities.metrics) : []),
    [sources, isWanted],
  )
  const counted = useDependencies(counting, range)
  const graphs = useServiceGraphs(measuring, range)
  return useMemo(() => {
    const { startMs, endMs } = windowOf(range, nowMs)
    const seconds = Math.max(1, (endMs - startMs) / 1_000)
    return {
      tellings: [
        ...counted.map((answer) => tellingOf(answer, seconds)),
        ...graphs.map(({ data }) => data ?? undefined),
      ].filter((telling) => telling !== undefined),
      answers: [...counted, ...graphs],
    }
  }, [counted, graphs, range, nowMs])
}

/** The window of the same length before this one. */
export function rangeBefore(range: TimeRange, nowMs: number): TimeRange {
  const { startMs, endMs } = windowOf(range, nowMs)
  return { from: startMs - (endMs - startMs), to: startMs }
}

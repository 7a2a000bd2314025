/** Who calls whom, from every origin there is: servers that count calls, metrics of a service graph, traces that were read, a trace that is laid over. */
import { useMemo } from 'react'
import type { Dependency, DependencyAnswer, Source } from '#shared/api/contract'
import { countOf } from '#shared/derive/quantities'
import { type TimeRange, windowOf } from '#shared/derive/time-range'
import { type Telling, type ToldCall, unknownFigures } from '#shared/map/graph'
import { isRead, useDependencies } from './dependencies'
import { useServiceGraphs } from './service-graph'
import type { SourceAnswer } from './source-answers'

export interface MapAnswers {
  readonly tellings: readonly Telling[]
  readonly answers: readonly SourceAnswer<unknown>[]
}

function tellingsOf(
  { source: { id, name }, data }: SourceAnswer<DependencyAnswer>,
  windowSeconds: number,
): readonly Telling[] {
  if (!data) return []
  const { window } = data
  const seconds = window ? (window.endMs - window.startMs) / 1_000 : windowSeconds
  const sampled = data.calls.filter(({ sampledOf }) => sampledOf !== undefined)
  const counted = data.calls.filter(({ sampledOf }) => sampledOf === undefined)
  const traces = Math.max(...sampled.map(({ sampledOf = 0 }) => sampledOf))
  return [
    {
      origin: { id, name, kind: 'dependencies' },
      notes: data.notes,
      calls: counted.map((call) => toldBy(call, call.callCount / seconds)),
    },
    ...(sampled.length === 0
      ? []
      : [
          {
            origin: { id, name: `${countOf(traces, 'trace')} of ${name}`, kind: 'sample' } as const,
            calls: sampled.map((call) => toldBy(call, undefined)),
          },
        ]),
  ]
}

function toldBy(
  { parent, child, callCount, errorCount, parentKind, childKind, seconds }: Dependency,
  rate: number | undefined,
): ToldCall {
  return {
    parent,
    child,
    parentKind: parentKind ?? 'service',
    childKind: childKind ?? 'service',
    figures: {
      ...unknownFigures,
      rate,
      calls: callCount,
      errors: errorCount === undefined || callCount === 0 ? undefined : errorCount / callCount,
      ...seconds,
    },
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
  // A service graph is made of all traces, by the server: then none need be read. One that came to a stop may tell of no call in the window.
  const isGraphless = graphs.every(({ isAsking, data }) => !isAsking && (data?.calls ?? []).length === 0)
  const reading = useMemo(
    () => (isWanted && isGraphless ? sources.filter(isRead) : []),
    [sources, isWanted, isGraphless],
  )
  const read = useDependencies(reading, range)
  return useMemo(() => {
    const { startMs, endMs } = windowOf(range, nowMs)
    const seconds = Math.max(1, (endMs - startMs) / 1_000)
    return {
      tellings: [
        ...[...counted, ...read].flatMap((answer) => tellingsOf(answer, seconds)),
        ...graphs.flatMap(({ data }) => data ?? []),
      ],
      answers: [...counted, ...graphs, ...read],
    }
  }, [counted, read, graphs, range, nowMs])
}

/** The window of the same length before this one. */
export function rangeBefore(range: TimeRange, nowMs: number): TimeRange {
  const { startMs, endMs } = windowOf(range, nowMs)
  return { from: startMs - (endMs - startMs), to: startMs }
}

/** The course of calls over a window: of all that a service answers, or of those that one service makes to another. */
import { useQuery } from '@tanstack/react-query'
import { frameOf, type Point } from '#shared/metrics/frame'
import { errorQuery, quantileQuery, rateQuery, type RedFamily, secondsIn } from '#shared/metrics/red'
import { stepText } from '#shared/metrics/step'
import { metricsApi } from '../client/metrics-api'
import { sparkWindow, type Window } from './figures'

/** Which series of a source measure them. */
export interface CallMeasure {
  /** Id of the source. */
  readonly source: string
  readonly family: RedFamily
  readonly label: string
  readonly matcher: string
}

export interface CallCurves {
  /** When they begin: later than the window where most of that is empty. */
  readonly startMs: number
  /** Calls a second. */
  readonly rates: readonly Point[]
  /** The share that failed; undefined where the labels do not tell. */
  readonly errors: readonly Point[] | undefined
  /** p50, p95 and p99, seconds. */
  readonly quantiles: readonly (readonly Point[])[]
}

const quantiles = [0.5, 0.95, 0.99] as const
/** A rate needs a few samples, and most are taken once a minute or oftener. */
const leastRangeMs = 300_000

async function ask(measure: CallMeasure, window: Window, signal: AbortSignal): Promise<CallCurves> {
  const { source, family, label, matcher } = measure
  const grid = sparkWindow(window)
  const isFine = grid.stepMs <= leastRangeMs
  const over = { range: stepText(Math.max(leastRangeMs, grid.stepMs)) }
  const course = async (query: string): Promise<readonly Point[]> => {
    const { series } = await metricsApi.range(source, query, grid, signal)
    return frameOf(series.slice(0, 1), grid).columns.at(0) ?? []
  }
  const failing = errorQuery(family, label, over, matcher)
  const [rates, failed, ...durations] = await Promise.all([
    course(rateQuery(family, label, over, matcher)),
    failing === undefined ? undefined : course(failing),
    ...quantiles.map((q) => course(quantileQuery(family, label, q, over, matcher))),
  ])
  const first = rates.findIndex((point) => point !== null)
  // What began an hour ago is a stroke at the edge of a day.
  if (!isFine && first > rates.length / 2)
    return ask(measure, { ...window, startMs: grid.startMs + (first - 1) * grid.stepMs }, signal)
  const scale = secondsIn(family)
  return {
    startMs: grid.startMs,
    rates,
    // A counter that never counted is not there.
    errors: failed && rates.map((all, at) => (all === null || all === 0 ? null : (failed[at] ?? 0) / all)),
    quantiles: durations.map((points) => points.map((point) => (point === null ? null : point * scale))),
  }
}

/** Undefined until they are there, and where nothing measures the calls. */
export function useCallCurves(measure: CallMeasure | undefined, window: Window): CallCurves | undefined {
  const { data } = useQuery({
    queryKey: [
      'call-curves',
      measure?.source,
      measure?.family.metric,
      measure?.matcher,
      window.startMs,
      window.endMs,
    ],
    queryFn: ({ signal }) =>
      measure ? ask(measure, window, signal) : Promise.reject(new Error('nothing to ask')),
    enabled: measure !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  })
  return data
}

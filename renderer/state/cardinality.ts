/** Which metrics and labels of a source hold its series: as its store tells, and as can be counted. */
import { useQuery } from '@tanstack/react-query'
import type { TsdbStatus } from '#shared/api/metrics'
import {
  allQuery,
  beforeQuery,
  countIn,
  countsByMetric,
  heaviestQuery,
  seriesQuery,
  withoutQuery,
} from '#shared/metrics/cardinality'
import { type LabelShape, unboundedShape } from '#shared/metrics/label-shape'
import { metricsApi } from '../client/metrics-api'

const hourMs = 3_600_000
/** Each label is two questions to the server. */
const mostLabels = 30

/** A metric, and how many series it has. */
export interface MetricWeight {
  readonly name: string
  /** In memory, with those that have ended since; undefined where the server does not tell. */
  readonly held: number | undefined
  /** That have a sample now. */
  readonly now: number
  /** That had one an hour ago. */
  readonly before: number
}

export interface Weights {
  /** What the server tells of its store; undefined where it does not. */
  readonly status: TsdbStatus | undefined
  /** All series that have a sample now. */
  readonly all: number
  /** Those that hold most, the heaviest first. */
  readonly metrics: readonly MetricWeight[]
}

async function askWeights(source: string, nowMs: number, signal: AbortSignal): Promise<Weights> {
  const ask = async (query: string) => (await metricsApi.query(source, query, nowMs, signal)).series
  const [{ status }, all, heaviest] = await Promise.all([
    metricsApi.tsdb(source, signal),
    ask(allQuery),
    ask(heaviestQuery),
  ])
  const now = countsByMetric(heaviest)
  const held = new Map(status?.seriesByMetric.map(({ name, value }) => [name, value]) ?? [])
  const names = [...new Set([...held.keys(), ...now.keys()])]
  const before =
    names.length === 0 ? new Map<string, number>() : countsByMetric(await ask(beforeQuery(names, '1h')))
  const metrics = names.map((name) => ({
    name,
    held: held.get(name),
    now: now.get(name) ?? 0,
    before: before.get(name) ?? 0,
  }))
  return {
    status,
    all: countIn(all),
    metrics: metrics.toSorted((one, other) => (other.held ?? other.now) - (one.held ?? one.now)),
  }
}

/** What a source holds, by metric. */
export function useWeights(source: string | undefined, nowMs: number) {
  return useQuery({
    queryKey: ['metric-weights', source, nowMs],
    queryFn: ({ signal }) => askWeights(source ?? '', nowMs, signal),
    enabled: source !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
}

/** A label of one metric. */
export interface LabelWeight {
  readonly name: string
  /** Different values within the last hour. */
  readonly values: number
  readonly example: string
  /** How its values look, where there may be ever more of them. */
  readonly shape: LabelShape | undefined
  /** Series the metric would have without it. */
  readonly without: number
}

async function askLabels(source: string, metric: string, nowMs: number, signal: AbortSignal) {
  const match = `{__name__=${JSON.stringify(metric)}}`
  const window = { startMs: nowMs - hourMs, endMs: nowMs }
  const ask = async (query: string) => countIn((await metricsApi.query(source, query, nowMs, signal)).series)
  const names = (await metricsApi.labels(source, match, window, signal)).filter((name) => name !== '__name__')
  const [series, labels] = await Promise.all([
    ask(seriesQuery(metric)),
    Promise.all(
      names.slice(0, mostLabels).map(async (name): Promise<LabelWeight> => {
        const [values, without] = await Promise.all([
          metricsApi.labelValues(source, name, match, window, signal),
          ask(withoutQuery(metric, name)),
        ])
        const shape = unboundedShape(values)
        return { name, values: values.length, example: values.at(0) ?? '', shape, without }
      }),
    ),
  ])
  return {
    series,
    labels: labels.toSorted((one, other) => one.without - other.without || other.values - one.values),
    unasked: Math.max(0, names.length - mostLabels),
  }
}

/** The labels of a metric, the one that makes most series first. */
export function useLabelWeights(source: string | undefined, metric: string | undefined, nowMs: number) {
  return useQuery({
    queryKey: ['label-weights', source, metric, nowMs],
    queryFn: ({ signal }) => askLabels(source ?? '', metric ?? '', nowMs, signal),
    enabled: source !== undefined && metric !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
}

/** Which metrics and labels of a source hold its series: as its store tells, and as can be counted. */
import { useQuery } from '@tanstack/react-query'
import type { TsdbStatus } from '#shared/api/metrics'
import {
  allQuery,
  countIn,
  countsByMetric,
  countsQuery,
  growingQuery,
  heaviestQuery,
  seriesQuery,
  withoutQuery,
} from '#shared/metrics/cardinality'
import { type LabelShape, unboundedShape } from '#shared/metrics/label-shape'
import { type Asker, askWarned } from './asker'

const hourMs = 3_600_000
/** Each label is two questions to the server. */
const mostLabels = 30

/** How long ago is compared with: what grows by the minute, and what grows by the day. */
const windows = { hour: '1h', day: '1d' } as const

/** A metric, and how many series it has. */
export interface MetricWeight {
  readonly name: string
  /** In memory, with those that have ended since; undefined where the server does not tell. */
  readonly held: number | undefined
  /** That have a sample now. */
  readonly now: number
  /** That had one an hour ago; undefined where the source held nothing at all then. */
  readonly hourAgo: number | undefined
  /** Likewise a day ago. */
  readonly dayAgo: number | undefined
}

export interface Weights {
  /** What the server tells of its store; undefined where it does not. */
  readonly status: TsdbStatus | undefined
  /** All series that have a sample now. */
  readonly all: number
  /** Those that hold most and those that grow most, the heaviest first. */
  readonly metrics: readonly MetricWeight[]
}

async function askWeights(asker: Asker, nowMs: number): Promise<Weights> {
  const ask = async (query: string) => (await asker.query(query, nowMs)).series
  const [{ status }, all, heaviest, growing, ...were] = await Promise.all([
    asker.tsdb(),
    ask(allQuery()),
    ask(heaviestQuery),
    ask(growingQuery(windows.hour)),
    ask(allQuery(windows.hour)),
    ask(allQuery(windows.day)),
  ])
  const now = countsByMetric(heaviest)
  const held = new Map(status?.seriesByMetric.map(({ name, value }) => [name, value]) ?? [])
  const grown = [...countsByMetric(growing)].filter(([, by]) => by > 0).map(([name]) => name)
  const names = [...new Set([...held.keys(), ...now.keys(), ...grown])]
  // What grows may be too small to be among the heaviest.
  const unknown = names.filter((name) => !now.has(name))
  const countsOf = async (wanted: readonly string[], before?: string) =>
    wanted.length === 0 ? new Map<string, number>() : countsByMetric(await ask(countsQuery(wanted, before)))
  const [others, hourAgo, dayAgo] = await Promise.all([
    countsOf(unknown),
    countsOf(names, windows.hour),
    countsOf(names, windows.day),
  ])
  const [wasHourAgo, wasDayAgo] = were.map((series) => countIn(series) > 0)
  const metrics = names.map((name) => ({
    name,
    held: held.get(name),
    now: now.get(name) ?? others.get(name) ?? 0,
    hourAgo: wasHourAgo ? (hourAgo.get(name) ?? 0) : undefined,
    dayAgo: wasDayAgo ? (dayAgo.get(name) ?? 0) : undefined,
  }))
  return {
    status,
    all: countIn(all),
    metrics: metrics.toSorted((one, other) => (other.held ?? other.now) - (one.held ?? one.now)),
  }
}

/** By how many series a metric grew, within an hour or a day, whichever is more. */
export const growthOf = ({ now, hourAgo = now, dayAgo = now }: MetricWeight): number =>
  now - Math.min(hourAgo, dayAgo)

/** What a source holds, by metric. */
export function useWeights(source: string | undefined, nowMs: number) {
  return useQuery({
    queryKey: ['metric-weights', source, nowMs],
    queryFn: ({ signal }) => askWarned(source ?? '', signal, (asker) => askWeights(asker, nowMs)),
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

async function askLabels(asker: Asker, metric: string, nowMs: number) {
  const match = `{__name__=${JSON.stringify(metric)}}`
  const window = { startMs: nowMs - hourMs, endMs: nowMs }
  const ask = async (query: string) => countIn((await asker.query(query, nowMs)).series)
  const names = (await asker.labels(match, window)).filter((name) => name !== '__name__')
  const [series, labels] = await Promise.all([
    ask(seriesQuery(metric)),
    Promise.all(
      names.slice(0, mostLabels).map(async (name): Promise<LabelWeight> => {
        const [values, without] = await Promise.all([
          asker.labelValues(name, match, window),
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
    queryFn: ({ signal }) =>
      askWarned(source ?? '', signal, (asker) => askLabels(asker, metric ?? '', nowMs)),
    enabled: source !== undefined && metric !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
}

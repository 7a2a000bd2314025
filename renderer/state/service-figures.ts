/** How services do, asked of one source of metrics: found, not configured. */
import { useQuery } from '@tanstack/react-query'
import type { MetricAnswer, MetricSeries } from '#shared/api/metrics'
import { frameOf, numberOf, type Point } from '#shared/metrics/frame'
import {
  errorQuery,
  labelQuery,
  quantileQuery,
  rateQuery,
  type RedFamily,
  redFamilies,
  type RedWindow,
  type ServiceFigures,
  serviceLabelOf,
  serviceName,
} from '#shared/metrics/red'
import { type AskedWindow, stepText } from '#shared/metrics/step'
import { unitOfMetric } from '#shared/metrics/unit'
import { metricsApi } from '../client/metrics-api'

/** One service, with what it is measured by. */
export interface ServiceRow {
  readonly name: string
  /** As the label has it, where that is more than the name. */
  readonly value: string
  readonly label: string
  readonly family: RedFamily
  readonly figures: ServiceFigures
  /** Over the window, on `times`. */
  readonly rates: readonly Point[]
  readonly errors: readonly Point[]
  readonly p99s: readonly Point[]
}

interface Window {
  readonly startMs: number
  readonly endMs: number
}

/** A line of a table is some 60 px wide. */
const sparkPoints = 60

/** What is "now": the last twelfth of the window, at least a minute, for a rate needs a few samples. */
export function lastPart({ startMs, endMs }: Window): { readonly range: string; readonly before: string } {
  const seconds = Math.round((endMs - startMs) / 1_000)
  const part = Math.max(60, Math.round(seconds / 12 / 60) * 60)
  return { range: stepText(part * 1_000), before: stepText(Math.max(1, seconds) * 1_000) }
}

/** The grid of what a line of a table shows. */
export function sparkWindow({ startMs, endMs }: Window): AskedWindow {
  const stepMs = Math.max(1_000, Math.ceil((endMs - startMs) / sparkPoints / 1_000) * 1_000)
  return { startMs, endMs, stepMs }
}

type ByService<Value> = ReadonlyMap<string, Value>

const lastOf = (series: readonly MetricSeries[], label: string, scale: number): ByService<number> =>
  new Map(
    series.flatMap(({ labels, values }) => {
      const value = values.at(-1)
      const number = value === undefined ? Number.NaN : numberOf(value) * scale
      return Number.isFinite(number) ? [[labels[label] ?? '', number] as const] : []
    }),
  )

async function askFamily(
  source: string,
  family: RedFamily,
  window: Window,
  signal: AbortSignal,
): Promise<readonly ServiceRow[]> {
  const at = window.endMs
  const groups = await metricsApi.query(source, labelQuery(family), at, signal)
  const label = serviceLabelOf(groups.series.map(({ labels }) => labels))
  if (label === undefined) return []
  const { range, before } = lastPart(window)
  const [now, then]: readonly RedWindow[] = [{ range }, { range, before }]
  const spark = sparkWindow(window)
  const { scale } = unitOfMetric(family.metric, undefined)
  const none: Pick<MetricAnswer, 'series'> = { series: [] }
  const instant = async (query: string | undefined, scale = 1) =>
    lastOf(
      (query === undefined ? none : await metricsApi.query(source, query, at, signal)).series,
      label,
      scale,
    )
  const over = async (query: string | undefined): Promise<ByService<readonly Point[]>> => {
    const { series } = query === undefined ? none : await metricsApi.range(source, query, spark, signal)
    const { columns } = frameOf(series, spark)
    return new Map(series.map(({ labels }, index) => [labels[label] ?? '', columns[index]]))
  }
  const [rate, rateBefore, failed, failedBefore, p50, p95, p99, p99Before, rates, errors, p99s] =
    await Promise.all([
      instant(rateQuery(family, label, now)),
      instant(rateQuery(family, label, then)),
      instant(errorQuery(family, label, now)),
      instant(errorQuery(family, label, then)),
      instant(quantileQuery(family, label, 0.5, now), scale),
      instant(quantileQuery(family, label, 0.95, now), scale),
      instant(quantileQuery(family, label, 0.99, now), scale),
      instant(quantileQuery(family, label, 0.99, then), scale),
      over(rateQuery(family, label, now)),
      over(errorQuery(family, label, now)),
      over(quantileQuery(family, label, 0.99, now)),
    ])
  const share = (value: string, part: ByService<number>, whole: ByService<number>): number | undefined => {
    const all = whole.get(value)
    if (family.failed === undefined || all === undefined || all === 0) return undefined
    return (part.get(value) ?? 0) / all
  }
  return [...new Set([...rate.keys(), ...rateBefore.keys(), ...rates.keys()])]
    .filter((value) => value !== '')
    .map((value) => ({
      name: serviceName(value),
      value,
      label,
      family,
      figures: {
        rate: rate.get(value),
        rateBefore: rateBefore.get(value),
        errors: share(value, failed, rate),
        errorsBefore: share(value, failedBefore, rateBefore),
        p50: p50.get(value),
        p95: p95.get(value),
        p99: p99.get(value),
        p99Before: p99Before.get(value),
      },
      rates: rates.get(value) ?? [],
      errors: errors.get(value) ?? [],
      p99s: p99s.get(value) ?? [],
    }))
}

/** All services that the metrics of a source tell of; one that several histograms measure is told by the most telling. */
async function askServices(
  source: string,
  window: Window,
  signal: AbortSignal,
): Promise<readonly ServiceRow[]> {
  const names = await metricsApi.labelValues(source, '__name__', '', window, signal)
  const rows = await Promise.all(
    redFamilies(names).map((family) => askFamily(source, family, window, signal)),
  )
  const byName = new Map<string, ServiceRow>()
  for (const row of rows.flat()) if (!byName.has(row.name)) byName.set(row.name, row)
  return [...byName.values()]
}

/** The services of a source over a window. */
export function useServiceFigures(source: string | undefined, window: Window) {
  return useQuery({
    queryKey: ['service-figures', source, window.startMs, window.endMs],
    queryFn: ({ signal }) => askServices(source ?? '', window, signal),
    enabled: source !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
}

/** The rules of a source, with their alerts, as they are now. */
export function useRules(source: string | undefined) {
  return useQuery({
    queryKey: ['metric-rules', source],
    queryFn: ({ signal }) => metricsApi.rules(source ?? '', signal),
    enabled: source !== undefined,
    refetchInterval: 60_000,
  })
}

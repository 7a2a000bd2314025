/** Rate, errors and durations of some of a histogram's series: asked in the same way of services, of their operations and instances. */
import type { MetricAnswer, MetricLabels, MetricSeries } from '#shared/api/metrics'
import { frameOf, numberOf, type Point } from '#shared/metrics/frame'
import {
  errorQuery,
  quantileQuery,
  rateQuery,
  type RedFamily,
  type RedWindow,
  secondsIn,
  type ServiceFigures,
  tellsFailures,
} from '#shared/metrics/red'
import { type AskedWindow, stepText } from '#shared/metrics/step'
import type { Asker } from './asker'

export interface Window {
  readonly startMs: number
  readonly endMs: number
  /** The moment the figures are of, which is the end where it is left out. */
  readonly atMs?: number | undefined
}

/** A line of a table is some 60 px wide. */
const sparkPoints = 60

/** What is "now": the last twelfth of the window, at least a minute, for a rate needs a few samples. */
export function lastPart({ startMs, endMs }: Window): {
  readonly rangeMs: number
  readonly range: string
  readonly before: string
} {
  const seconds = Math.round((endMs - startMs) / 1_000)
  const rangeMs = Math.max(60, Math.round(seconds / 12 / 60) * 60) * 1_000
  return { rangeMs, range: stepText(rangeMs), before: stepText(Math.max(1, seconds) * 1_000) }
}

/** The moment whose figures tell of a marked stretch: half of the part that is counted comes after it. Undefined where the window does not hold it. */
export function momentOf(
  window: Window,
  mark: Pick<Window, 'startMs' | 'endMs'> | undefined,
): number | undefined {
  if (!mark || mark.startMs < window.startMs || mark.endMs > window.endMs) return undefined
  return Math.min(window.endMs, Math.ceil(mark.endMs + lastPart(window).rangeMs / 2))
}

/** The grid of what a line of a table shows. */
export function sparkWindow({ startMs, endMs }: Window): AskedWindow {
  const stepMs = Math.max(1_000, Math.ceil((endMs - startMs) / sparkPoints / 1_000) * 1_000)
  return { startMs, endMs, stepMs }
}

/** What is asked about: the series of a family that `matcher` lets through, put together by some labels. */
export interface AskedFigures {
  readonly family: RedFamily
  readonly by: readonly string[]
  /** Empty for all. */
  readonly matcher: string
  /** Of more groups than these only those with most requests are told of. */
  readonly most?: number
}

/** The figures of one group. */
export interface FigureRow {
  /** Its values of the labels that were asked by; without those that it does not have. */
  readonly labels: MetricLabels
  readonly figures: ServiceFigures
  /** Over the window, on its grid. */
  readonly rates: readonly Point[]
  readonly errors: readonly Point[]
  readonly p99s: readonly Point[]
}

/** Fewer points than these have no beginning that could be told from their end. */
const fewestPoints = 8

/** How things were at the beginning of a window: the middle of its first quarter; undefined where that is not known. */
export function atFirst(points: readonly Point[]): number | undefined {
  const known = points.filter((point) => point !== null)
  if (known.length < fewestPoints) return undefined
  const first = known.slice(0, Math.floor(known.length / 4)).toSorted((one, other) => one - other)
  return first[first.length >> 1]
}

const none: Pick<MetricAnswer, 'series'> = { series: [] }

/** The figures of every group that had a request in the window, or in the one before. */
export async function askFigures(
  asker: Asker,
  { family, by, matcher, most }: AskedFigures,
  window: Window,
): Promise<readonly FigureRow[]> {
  const label = by.join(', ')
  const { range, before } = lastPart(window)
  const [now, then]: readonly RedWindow[] = [{ range }, { range, before }]
  const keyOf = (labels: MetricLabels): string => JSON.stringify(by.map((name) => labels[name] ?? ''))
  const found = new Map<string, MetricLabels>()
  const note = (series: readonly MetricSeries[]) => {
    for (const { labels } of series) found.set(keyOf(labels), labels)
  }
  const at = window.atMs ?? window.endMs
  const rateNow = rateQuery(family, label, now, matcher)
  const busiest = most === undefined ? rateNow : `topk(${most}, ${rateNow})`
  const first = await asker.query(busiest, at)
  // There are more: the others are asked about the same ones.
  const narrow = (query: string): string =>
    most !== undefined && first.series.length >= most ? `${query} and on (${label}) ${busiest}` : query

  const lastOf = (series: readonly MetricSeries[], scale: number): ReadonlyMap<string, number> =>
    new Map(
      series.flatMap(({ labels, values }) => {
        const value = values.at(-1)
        const number = value === undefined ? Number.NaN : numberOf(value) * scale
        return Number.isFinite(number) ? [[keyOf(labels), number] as const] : []
      }),
    )
  const instant = async (query: string | undefined, scale = 1) => {
    const { series } = query === undefined ? none : await asker.query(narrow(query), at)
    return { series, values: lastOf(series, scale) }
  }
  const spark = sparkWindow(window)
  const over = async (query: string | undefined) => {
    const { series } = query === undefined ? none : await asker.range(narrow(query), spark)
    const { columns } = frameOf(series, spark)
    return { series, values: new Map(series.map(({ labels }, index) => [keyOf(labels), columns[index]])) }
  }
  const scale = secondsIn(family)
  const quantile = (q: number, when: RedWindow) => quantileQuery(family, label, q, when, matcher)
  const [rateBefore, failed, failedBefore, p50, p95, p99, p99Before, rates, errors, p99s] = await Promise.all(
    [
      instant(rateQuery(family, label, then, matcher)),
      instant(errorQuery(family, label, now, matcher)),
      instant(errorQuery(family, label, then, matcher)),
      instant(quantile(0.5, now), scale),
      instant(quantile(0.95, now), scale),
      instant(quantile(0.99, now), scale),
      instant(quantile(0.99, then), scale),
      over(rateNow),
      over(errorQuery(family, label, now, matcher)),
      over(quantile(0.99, now)),
    ],
  )
  const rate = lastOf(first.series, 1)
  for (const { series } of [first, rateBefore, rates]) note(series)

  const share = (part: number | undefined, whole: number | undefined): number | undefined =>
    !tellsFailures(family) || whole === undefined || whole === 0 ? undefined : (part ?? 0) / whole
  return [...found].map(([key, labels]) => {
    const courses = {
      rates: rates.values.get(key) ?? [],
      errors: errors.values.get(key) ?? [],
      p99s: (p99s.values.get(key) ?? []).map((point) => (point === null ? null : point * scale)),
    }
    // Where nothing failed yet there may be no series of failures.
    const shares = courses.rates.map((all, place) =>
      all === null || all === 0 ? null : (courses.errors[place] ?? 0) / all,
    )
    const wasThere = rateBefore.values.has(key)
    return {
      labels,
      ...courses,
      figures: {
        rate: rate.get(key),
        rateBefore: rateBefore.values.get(key) ?? atFirst(courses.rates),
        errors: share(failed.values.get(key), rate.get(key)),
        errorsBefore: wasThere
          ? share(failedBefore.values.get(key), rateBefore.values.get(key))
          : tellsFailures(family)
            ? atFirst(shares)
            : undefined,
        p50: p50.values.get(key),
        p95: p95.values.get(key),
        p99: p99.values.get(key),
        p99Before: p99Before.values.get(key) ?? atFirst(courses.p99s),
      },
    }
  })
}

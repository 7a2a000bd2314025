/** Exemplars as dots on a chart. */
import type { ExemplarSeries, MetricLabels } from '#shared/api/metrics'

export interface ExemplarDot {
  /** Seconds since 1970. */
  readonly time: number
  readonly value: number
  readonly labels: MetricLabels
  /** Name of the metric it was kept with; empty where that has none. */
  readonly metric: string
  /** Labels of the series it was kept with, without the metric; one of them, where it was kept with several. */
  readonly series: MetricLabels
  /** 32 lower-case hex digits; undefined where it names no trace. */
  readonly traceId: string | undefined
  /** Empty where it names no span. */
  readonly spanId: string
}

const normal = (id: string, digits: number): string | undefined => {
  const text = id.trim().toLowerCase().replaceAll('-', '')
  return /^[0-9a-f]+$/.test(text) && text.length <= digits && !/^0+$/.test(text)
    ? text.padStart(digits, '0')
    : undefined
}

/** Whatever case and signs the name is written in: `trace_id`, `traceID`, `TraceId`. */
const isNamed = (label: string, name: string): boolean => label.toLowerCase().replace(/[^a-z]/g, '') === name

/** Whether a label is one of those that usually name the trace. */
export const isTraceLabel = (label: string): boolean => isNamed(label, 'traceid')

/** The trace that labels of an exemplar name, under a certain label or a usual one; 32 digits. */
export function traceIdIn(labels: MetricLabels, label: string | undefined): string | undefined {
  const found = Object.entries(labels).find(([name]) =>
    label === undefined ? isTraceLabel(name) : name === label,
  )
  return normal(found?.[1] ?? '', 32)
}

const spanIdIn = (labels: MetricLabels): string =>
  normal(Object.entries(labels).find(([name]) => isNamed(name, 'spanid'))?.[1] ?? '', 16) ?? ''

/** All exemplars in order of time, each once: a request is kept in every bucket it was counted in. `label`: which names their trace, where it is not a usual one. */
export function dotsOf(series: readonly ExemplarSeries[], label?: string): readonly ExemplarDot[] {
  const dots = new Map<string, ExemplarDot>()
  for (const { labels: ofSeries, exemplars } of series) {
    const others = Object.fromEntries(
      Object.entries(ofSeries).filter(([name]) => name !== 'le' && name !== '__name__'),
    )
    const kept = JSON.stringify(others)
    for (const { labels, value, time } of exemplars) {
      const key = `${time} ${value} ${kept} ${JSON.stringify(labels)}`
      if (dots.has(key)) continue
      dots.set(key, {
        time,
        value,
        labels,
        metric: ofSeries['__name__'] ?? '',
        series: others,
        traceId: traceIdIn(labels, label),
        spanId: spanIdIn(labels),
      })
    }
  }
  return [...dots.values()].toSorted((one, other) => one.time - other.time)
}

/** Where a dot is on its chart, pixels. */
export interface PlacedDot {
  readonly dot: ExemplarDot
  readonly x: number
  readonly y: number
}

/** Dots that can be told apart: of those in one square of so many pixels, the one with the largest value; in order of time. */
function thinned(dots: readonly PlacedDot[], squarePx: number): readonly PlacedDot[] {
  const kept = new Map<number, PlacedDot>()
  for (const one of dots) {
    // No chart is a million squares high.
    const key = Math.floor(one.x / squarePx) * 1e6 + Math.floor(one.y / squarePx)
    const other = kept.get(key)
    if (other === undefined || one.dot.value > other.dot.value) kept.set(key, one)
  }
  return kept.size === dots.length
    ? dots
    : [...kept.values()].toSorted((one, other) => one.dot.time - other.dot.time)
}

/** Dots closer than this cover one another, px. */
const dotSquarePx = 11
/** More than one dot in so many square pixels hides what is drawn below: a twentieth of the chart is theirs. */
const pxPerDot = 1_600

/** What is written beside the dots: so much of a corner, px. */
const wordsPx = { width: 96, height: 24 }

const corners = ['top-right', 'top-left', 'bottom-right', 'bottom-left'] as const

/** The corner of a chart in which no dot lies, where how many there are can be written; the first where all are taken. */
export function freeCorner(
  dots: readonly PlacedDot[],
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): (typeof corners)[number] {
  const isFree = (corner: (typeof corners)[number]): boolean =>
    dots.every(({ x, y }) => {
      const acrossPx = corner.endsWith('right') ? widthPx - x : x
      const downPx = corner.startsWith('top') ? y : heightPx - y
      return acrossPx > wordsPx.width || downPx > wordsPx.height
    })
  return corners.find(isFree) ?? corners[0]
}

/** As many dots as leave a chart of this size to be seen: spread over it, the largest value of each place. */
export function legible(
  dots: readonly PlacedDot[],
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): readonly PlacedDot[] {
  const most = Math.max(12, (widthPx * heightPx) / pxPerDot)
  let squarePx = dotSquarePx
  let kept = thinned(dots, squarePx)
  // Squares larger than the chart hold all dots in four: this ends.
  while (kept.length > most) kept = thinned(kept, (squarePx *= 1.25))
  return kept
}

/** Where a trace stands in the plane of start and duration, and what the axes say. Pure: pixels in, pixels out. */
import { formatDate, formatDay, formatShortTime, formatTime, type TimeZone } from '#shared/derive/clock-times'

export interface Scale {
  /** Pixels from the left, or from the top. */
  at(value: number): number
  /** The value at a pixel. */
  valueAt(px: number): number
}

export interface ScatterTick {
  readonly px: number
  readonly label: string
}

/** Time runs to the right. */
export function timeScale(startMs: number, endMs: number, widthPx: number): Scale {
  const span = Math.max(1, endMs - startMs)
  return {
    at: (ms) => ((ms - startMs) / span) * widthPx,
    valueAt: (px) => startMs + (px / Math.max(1, widthPx)) * span,
  }
}

/** Durations further apart than this read better on a logarithmic axis: on a linear one the short ones lie in one line. */
const mostLinearRatio = 20

export interface DurationAxis extends Scale {
  readonly kind: 'linear' | 'log'
  readonly minNs: number
  readonly maxNs: number
}

/** Durations run upwards: from 0 where they are alike, by powers of ten where they are not. */
export function durationAxis(durations: readonly number[], heightPx: number): DurationAxis {
  let least = Number.POSITIVE_INFINITY
  let most = 0
  for (const ns of durations) {
    if (ns > 0) least = Math.min(least, ns)
    most = Math.max(most, ns)
  }
  if (most === 0) most = 1_000_000
  if (least === Number.POSITIVE_INFINITY || most / least <= mostLinearRatio) {
    const maxNs = most * 1.08
    return {
      kind: 'linear',
      minNs: 0,
      maxNs,
      at: (ns) => heightPx * (1 - ns / maxNs),
      valueAt: (px) => maxNs * (1 - px / Math.max(1, heightPx)),
    }
  }
  const minNs = least / 1.3
  const maxNs = most * 1.3
  const low = Math.log(minNs)
  const span = Math.log(maxNs) - low
  return {
    kind: 'log',
    minNs,
    maxNs,
    // A duration of 0 has no logarithm: it stands on the axis.
    at: (ns) => heightPx * (1 - (Math.log(Math.max(ns, minNs)) - low) / span),
    valueAt: (px) => Math.exp(low + span * (1 - px / Math.max(1, heightPx))),
  }
}

const units = [
  ['h', 3600e9],
  ['min', 60e9],
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
  ['ns', 1],
] as const

/** `500 ms`, `1 s`, `1.5 min`: round values need no more digits than they have. */
function tickLabel(ns: number): string {
  if (ns === 0) return '0'
  const [unit, size] = units.find(([, size]) => ns >= size * 0.999_999) ?? units[5]
  return `${Number((ns / size).toPrecision(3))} ${unit}`
}

/** 1, 2, 5, and their tens; among minutes and hours the steps of a clock. */
const roundDurations: readonly number[] = [
  ...Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat(),
  ...[10, 20, 30].map((seconds) => seconds * 1e9),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * 60e9),
  ...[1, 2, 5, 12, 24, 48, 120, 240].map((hours) => hours * 3600e9),
]

/** Marks of the duration axis, at least 22 px apart. */
export function durationTicks(axis: DurationAxis, heightPx: number): readonly ScatterTick[] {
  const apartPx = 22
  if (axis.kind === 'linear') {
    const most = Math.max(1, Math.floor(heightPx / apartPx / 1.5))
    const step = roundDurations.find((ns) => axis.maxNs / ns <= most) ?? axis.maxNs / most
    return Array.from({ length: Math.floor(axis.maxNs / step) + 1 }, (_, index) => ({
      px: axis.at(index * step),
      label: tickLabel(index * step),
    }))
  }
  const inside = roundDurations.filter((ns) => ns >= axis.minNs && ns <= axis.maxNs)
  const decades = inside.filter((ns) => /^1( |0+ )/.test(tickLabel(ns)))
  const room = Math.floor(heightPx / apartPx)
  const chosen = inside.length <= room || decades.length < 2 ? inside : decades
  const every = Math.max(1, Math.ceil(chosen.length / Math.max(1, room)))
  return chosen
    .filter((_, index) => index % every === 0)
    .map((ns) => ({ px: axis.at(ns), label: tickLabel(ns) }))
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const clockSteps: readonly number[] = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28, 91, 364].map((count) => count * day),
]

/** Marks of the time axis at round clock times of the zone, about 90 px apart; days are named where there are several, or one that is not today. */
export function clockTicks(
  startMs: number,
  endMs: number,
  widthPx: number,
  zone: TimeZone,
  nowMs: number,
): readonly ScatterTick[] {
  const scale = timeScale(startMs, endMs, widthPx)
  const wanted = (endMs - startMs) / Math.max(1, Math.floor(widthPx / 90))
  const step = clockSteps.find((ms) => ms >= wanted) ?? wanted
  // Midnight of the zone, not of UTC, is where days begin.
  const offsetMs = zone === 'utc' ? 0 : -new Date(startMs).getTimezoneOffset() * minute
  const first = Math.ceil((startMs + offsetMs) / step) * step - offsetMs
  const ticks: ScatterTick[] = []
  for (let ms = first; ms <= endMs; ms += step)
    ticks.push({ px: scale.at(ms), label: clockLabel(ms, step, zone, nowMs) })
  const today = formatDate(nowMs, zone)
  const isDayNamed = step >= day || ticks.some(({ label }) => label.includes('-'))
  if (
    !isDayNamed &&
    ticks.length > 0 &&
    (formatDate(startMs, zone) !== today || formatDate(endMs, zone) !== today)
  )
    ticks[0] = { px: ticks[0].px, label: `${formatDay(first, zone, nowMs)} ${ticks[0].label}` }
  return ticks
}

function clockLabel(ms: number, step: number, zone: TimeZone, nowMs: number): string {
  const time = formatTime(ms, zone)
  if (step < second) return time
  if (step < minute) return time.slice(0, 8)
  const short = formatShortTime(ms, zone)
  return step >= day || short === '00:00' ? formatDay(ms, zone, nowMs) : short
}

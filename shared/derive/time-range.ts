/**
 * Which stretch of time is looked at. A range is kept as it was meant (`now-1h` stays one hour, however late it is asked again) and
 * becomes milliseconds only at the moment of asking.
 */
import { cutText } from '#shared/base/cut-text'
import { type Clock, clockOf, type TimeZone } from '#shared/derive/clock-times'

/** `now`, `now-15m` (s, m, h, d, w), or milliseconds since 1970. */
export type TimePoint = 'now' | `now-${number}${RelativeUnit}` | number

type RelativeUnit = 's' | 'm' | 'h' | 'd' | 'w'

export interface TimeRange {
  readonly from: TimePoint
  readonly to: TimePoint
}

/** The first look: most incidents are younger than an hour. */
export const lastHour: TimeRange = { from: 'now-1h', to: 'now' }

export const lastDay: TimeRange = { from: 'now-24h', to: 'now' }
const lastWeek: TimeRange = { from: 'now-7d', to: 'now' }

/** The longer range to look at where a window holds nothing; undefined where it is that long already. */
export function longerThan(window: {
  readonly startMs: number
  readonly endMs: number
}): TimeRange | undefined {
  const lengthMs = window.endMs - window.startMs
  // A relative window is a moment longer or shorter than it says.
  if (lengthMs < unitMs.d * 0.99) return lastDay
  return lengthMs < unitMs.w * 0.99 ? lastWeek : undefined
}

/** Offered as buttons. */
export const relativePresets: readonly TimeRange[] = [
  { from: 'now-5m', to: 'now' },
  { from: 'now-15m', to: 'now' },
  { from: 'now-30m', to: 'now' },
  { from: 'now-1h', to: 'now' },
  { from: 'now-3h', to: 'now' },
  { from: 'now-6h', to: 'now' },
  { from: 'now-12h', to: 'now' },
  { from: 'now-24h', to: 'now' },
  { from: 'now-2d', to: 'now' },
  { from: 'now-7d', to: 'now' },
]

const unitMs: Readonly<Record<RelativeUnit, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

const unitNames: Readonly<Record<RelativeUnit, string>> = { s: 's', m: 'min', h: 'h', d: 'd', w: 'w' }

/** How far before now a relative point lies; undefined for a fixed one. */
function agoOf(point: TimePoint): { readonly count: number; readonly unit: RelativeUnit } | undefined {
  if (typeof point === 'number') return undefined
  if (point === 'now') return { count: 0, unit: 's' }
  const found = /^now-(\d+(?:\.\d+)?)([smhdw])$/.exec(point)
  return found ? { count: Number(found[1]), unit: found[2] as RelativeUnit } : undefined
}

/** Milliseconds since 1970 of a point, at this moment. */
function timeOf(point: TimePoint, nowMs: number): number {
  if (typeof point === 'number') return point
  const ago = agoOf(point)
  return ago ? nowMs - ago.count * unitMs[ago.unit] : nowMs
}

/** The window a range means at this moment; never empty. */
export function windowOf(
  range: TimeRange,
  nowMs: number,
): { readonly startMs: number; readonly endMs: number } {
  const startMs = timeOf(range.from, nowMs)
  return { startMs, endMs: Math.max(startMs + 1, timeOf(range.to, nowMs)) }
}

/** A range up to now that is as long as another one, at least: the shortest of those that are offered. */
export function rangeThatFollows(range: TimeRange, nowMs: number): TimeRange {
  if (range.to === 'now') return range
  const { startMs, endMs } = windowOf(range, nowMs)
  const offered = relativePresets.find((preset) => nowMs - windowOf(preset, nowMs).startMs >= endMs - startMs)
  return offered ?? relativePresets[relativePresets.length - 1]
}

/** Why a range is no stretch of time at this moment, in one sentence; undefined where it is one. */
export function rangeProblem(range: TimeRange, nowMs: number): string | undefined {
  const startMs = timeOf(range.from, nowMs)
  if (startMs < 0) return 'It starts before 1970.'
  return timeOf(range.to, nowMs) > startMs ? undefined : 'The end is not after the start.'
}

/** For the URL. */
export const formatTimePoint = (point: TimePoint): string => String(point)

/** From the URL; undefined where it is neither relative nor milliseconds. */
export function parseTimePoint(text: string | null): TimePoint | undefined {
  if (text === null) return undefined
  if (text === 'now' || /^now-\d+(\.\d+)?[smhdw]$/.test(text)) return text as TimePoint
  if (!/^\d{1,15}(\.\d+)?$/.test(text)) return undefined
  return Number(text)
}

/** A range from the URL; one that is there but means nothing is said to be a problem, and the fallback stands in for it. */
export function readRange(
  params: { get(name: string): string | null },
  fallback: TimeRange,
  nowMs: number,
): { readonly range: TimeRange; readonly rangeProblem: string | undefined } {
  const [from, to] = [params.get('from'), params.get('to')]
  const unread = [from, to].find((text) => text !== null && parseTimePoint(text) === undefined) ?? undefined
  const range = {
    from: parseTimePoint(from) ?? fallback.from,
    to: parseTimePoint(to) ?? fallback.to,
  }
  const problem =
    unread === undefined ? rangeProblem(range, nowMs) : `“${cutText(unread, 40)}” is not a time.`
  return problem === undefined
    ? { range, rangeProblem: undefined }
    : { range: fallback, rangeProblem: problem }
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const two = (value: number): string => String(value).padStart(2, '0')

function timeText(clock: Clock): string {
  const short = `${two(clock.hour)}:${two(clock.minute)}`
  if (clock.ms > 0) return `${short}:${two(clock.second)}.${String(Math.floor(clock.ms)).padStart(3, '0')}`
  return clock.second > 0 ? `${short}:${two(clock.second)}` : short
}

const sameDay = (a: Clock, b: Clock): boolean => a.year === b.year && a.month === b.month && a.day === b.day

const dayText = (clock: Clock, present: Clock): string =>
  `${clock.day} ${monthNames[clock.month]}${clock.year === present.year ? '' : ` ${clock.year}`}`

/** `14:20 – 14:40`; days are named where they are not today, years where they are not this one. */
export function describeWindow(
  window: { readonly startMs: number; readonly endMs: number },
  zone: TimeZone,
  nowMs: number,
): string {
  const present = clockOf(nowMs, zone)
  const start = clockOf(window.startMs, zone)
  const end = clockOf(window.endMs, zone)
  if (sameDay(start, end))
    return `${sameDay(start, present) ? '' : `${dayText(start, present)} `}${timeText(start)} – ${timeText(end)}`
  return `${dayText(start, present)} ${timeText(start)} – ${dayText(end, present)} ${timeText(end)}`
}

/** Whole minutes, or seconds in a short window: what a relative range was, as far as one reads it. */
export function roundedWindow(window: { readonly startMs: number; readonly endMs: number }) {
  const step = window.endMs - window.startMs >= 600_000 ? 60_000 : 1_000
  return {
    startMs: Math.floor(window.startMs / step) * step,
    endMs: Math.floor(window.endMs / step) * step,
  }
}

function describePoint(point: TimePoint, zone: TimeZone, nowMs: number): string {
  const ago = agoOf(point)
  if (ago) return ago.count === 0 ? 'now' : `${ago.count} ${unitNames[ago.unit]} ago`
  const ms = timeOf(point, nowMs)
  const clock = clockOf(ms, zone)
  const present = clockOf(nowMs, zone)
  return sameDay(clock, present) ? timeText(clock) : `${dayText(clock, present)} ${timeText(clock)}`
}

/** A range in words that `parseTimeRange` reads again: `last 1 h`, `14:20 – 14:40`, `2 h ago – 1 h ago`. */
export function describeRange(range: TimeRange, zone: TimeZone, nowMs: number): string {
  const from = agoOf(range.from)
  if (from && from.count > 0 && range.to === 'now') return `last ${from.count} ${unitNames[from.unit]}`
  if (typeof range.from === 'number' && typeof range.to === 'number')
    return describeWindow({ startMs: range.from, endMs: range.to }, zone, nowMs)
  return `${describePoint(range.from, zone, nowMs)} – ${describePoint(range.to, zone, nowMs)}`
}

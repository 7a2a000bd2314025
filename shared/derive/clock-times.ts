/** Moments as clock times, in UTC or in the zone of this machine. */

/** Which clock a person wants to read; a preference. */
export type TimeZone = 'utc' | 'local'

const dayMs = 24 * 3_600_000

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')

/** A moment as a calendar and a clock show it. */
export interface Clock {
  readonly year: number
  /** 0 to 11. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly ms: number
}

export function clockOf(timeMs: number, zone: TimeZone): Clock {
  const date = new Date(timeMs)
  return zone === 'utc'
    ? {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth(),
        day: date.getUTCDate(),
        hour: date.getUTCHours(),
        minute: date.getUTCMinutes(),
        second: date.getUTCSeconds(),
        ms: date.getUTCMilliseconds(),
      }
    : {
        year: date.getFullYear(),
        month: date.getMonth(),
        day: date.getDate(),
        hour: date.getHours(),
        minute: date.getMinutes(),
        second: date.getSeconds(),
        ms: date.getMilliseconds(),
      }
}

/** `14:32:07.412`. */
export function formatTime(timeMs: number, zone: TimeZone): string {
  const { hour, minute, second, ms } = clockOf(timeMs, zone)
  return `${pad(hour)}:${pad(minute)}:${pad(second)}.${pad(ms, 3)}`
}

/** `14:32`, for the ends of a window. */
export function formatShortTime(timeMs: number, zone: TimeZone): string {
  const { hour, minute } = clockOf(timeMs, zone)
  return `${pad(hour)}:${pad(minute)}`
}

/**
 * Clock times as finely as the marks of an axis are apart. Where those are of several days, the first of each day is written with it, and
 * with days between them the days are enough.
 */
export function formatTickTimes(timesMs: readonly number[], zone: TimeZone): readonly string[] {
  const [apartMs, lastMs] = [timesMs.length > 1 ? timesMs[1] - timesMs[0] : 60_000, timesMs.at(-1) ?? 0]
  const days = timesMs.map((timeMs) => formatDay(timeMs, zone, lastMs))
  if (days.every((day) => day === days[0]))
    return timesMs.map((timeMs) => formatTickTime(timeMs, apartMs, zone))
  if (apartMs >= dayMs) return days
  return timesMs.map((timeMs, at) => {
    const time = formatTickTime(timeMs, apartMs, zone)
    return days[at] === days[at - 1] ? time : `${days[at]} ${time}`
  })
}

function formatTickTime(timeMs: number, apartMs: number, zone: TimeZone): string {
  if (apartMs >= 60_000) return formatShortTime(timeMs, zone)
  return apartMs >= 1_000 ? formatTime(timeMs, zone).slice(0, 8) : formatTime(timeMs, zone)
}

/** `2026-11-03`. */
export function formatDate(timeMs: number, zone: TimeZone): string {
  const { year, month, day } = clockOf(timeMs, zone)
  return `${pad(year, 4)}-${pad(month + 1)}-${pad(day)}`
}

/** `2026-11-03 14:32:07.412`: what can be pasted into a report; say the zone beside it. */
export function formatDateTime(timeMs: number, zone: TimeZone): string {
  return `${formatDate(timeMs, zone)} ${formatTime(timeMs, zone)}`
}

/** A moment as seen at another: its time alone where both are of one day, so that nothing old looks recent. */
export function formatMoment(timeMs: number, zone: TimeZone, nowMs: number): string {
  return formatDate(timeMs, zone) === formatDate(nowMs, zone)
    ? formatTime(timeMs, zone)
    : formatDateTime(timeMs, zone)
}

/** To the minute, and with its day where that is another one. */
export function formatShortMoment(timeMs: number, zone: TimeZone, nowMs: number): string {
  const time = formatShortTime(timeMs, zone)
  return formatDate(timeMs, zone) === formatDate(nowMs, zone)
    ? time
    : `${formatDay(timeMs, zone, nowMs)} ${time}`
}

/** `11-03`, and `2019-11-03` where the year is not the present one. */
export function formatDay(timeMs: number, zone: TimeZone, nowMs: number): string {
  const date = formatDate(timeMs, zone)
  return date.slice(0, 4) === formatDate(nowMs, zone).slice(0, 4) ? date.slice(5) : date
}

/** A moment in nanoseconds since 1970 to the last digit: `2026-11-03 14:32:07.412 345 678`. */
export function formatDateTimeNs(timeNs: bigint, zone: TimeZone): string {
  const floorMs = (timeNs - (((timeNs % 1_000_000n) + 1_000_000n) % 1_000_000n)) / 1_000_000n
  const rest = pad(Number(timeNs - floorMs * 1_000_000n), 6)
  return `${formatDateTime(Number(floorMs), zone)} ${rest.slice(0, 3)} ${rest.slice(3)}`
}

/** `UTC`, `UTC+2`, `UTC−3:30`: the offset of that zone at that moment. */
export function zoneLabel(timeMs: number, zone: TimeZone): string {
  const minutes = zone === 'utc' ? 0 : -new Date(timeMs).getTimezoneOffset()
  if (minutes === 0) return 'UTC'
  const size = Math.abs(minutes)
  const rest = size % 60 === 0 ? '' : `:${pad(size % 60)}`
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`
}

/** Milliseconds since 1970 as nanoseconds in text, as sources of lines are asked; what is below one millisecond is left out. */
export const nsText = (ms: number): string => `${Math.floor(ms)}000000`

/** Nanoseconds since 1970 as milliseconds, for the functions above. */
export function msOfNs(timeNs: bigint): number {
  return Number(timeNs / 1_000n) / 1_000
}

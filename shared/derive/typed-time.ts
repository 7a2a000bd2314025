/** Reads a time or a stretch of time as people write or paste it. */
import type { TimeZone } from '#shared/derive/clock-times'
import { rangeProblem, type TimePoint, type TimeRange } from '#shared/derive/time-range'

export type ParsedRange =
  | { readonly ok: true; readonly range: TimeRange }
  /** One sentence: what was not understood, and what is. */
  | { readonly ok: false; readonly sentence: string }

/** What a single pasted moment is widened by, each way: an exemplar or a log line is a moment, a search needs a window. */
const aroundMs = 5 * 60_000
const dayMs = 86_400_000

const unitWords: readonly (readonly [RegExp, string])[] = [
  [/^(s|secs?|seconds?)$/, 's'],
  [/^(m|mins?|minutes?)$/, 'm'],
  [/^(h|hrs?|hours?)$/, 'h'],
  [/^(d|days?)$/, 'd'],
  [/^(w|wks?|weeks?)$/, 'w'],
]

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function unitOf(word: string): string | undefined {
  return unitWords.find(([pattern]) => pattern.test(word.toLowerCase()))?.[1]
}

/** A moment as written; parts that were not written are undefined. */
interface Written {
  readonly point?: TimePoint
  readonly date?: { readonly year: number | undefined; readonly month: number; readonly day: number }
  /** Milliseconds from midnight. */
  readonly timeMs?: number
  /** Minutes east of UTC, where the text says so. */
  readonly offsetMinutes?: number
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by size (all of 1973 to 5138). */
function epochMs(text: string): number | undefined {
  if (!/^\d{9,20}(\.\d+)?$/.test(text)) return undefined
  const value = Number(text)
  if (value < 1e11) return value < 1e8 ? undefined : value * 1_000
  if (value < 1e14) return value
  if (value < 1e17) return Math.floor(value / 1e3)
  if (value < 1e20) return Math.floor(value / 1e6)
  return undefined
}

const timePattern = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i

function readTime(text: string): Pick<Written, 'timeMs' | 'offsetMinutes'> | undefined {
  const found = timePattern.exec(text.trim())
  if (!found) return undefined
  const [, hour, minute, second = '0', fraction = '0', offset] = found
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return undefined
  const timeMs =
    Number(hour) * 3_600_000 +
    Number(minute) * 60_000 +
    Number(second) * 1_000 +
    Math.floor(Number(`0.${fraction}`) * 1_000)
  if (offset === undefined) return { timeMs }
  const digits = /^([+-])(\d{2}):?(\d{2})$/.exec(offset)
  if (!digits) return { timeMs, offsetMinutes: 0 }
  const minutes = Number(digits[2]) * 60 + Number(digits[3])
  return { timeMs, offsetMinutes: digits[1] === '-' ? -minutes : minutes }
}

function readDate(
  text: string,
  nowMs: number,
): { date: NonNullable<Written['date']>; rest: string } | undefined {
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[tT\s,]+|$)/.exec(text)
  if (iso)
    return {
      date: { year: Number(iso[1]), month: Number(iso[2]) - 1, day: Number(iso[3]) },
      rest: text.slice(iso[0].length),
    }
  const named =
    /^(\d{1,2})\.?\s+([a-z]{3})[a-z]*\.?(?:,?\s+(\d{4}))?(?:[,\s]+|$)/i.exec(text) ??
    /^([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?(?:[,\s]+|$)/i.exec(text)
  if (named) {
    const dayFirst = /^\d/.test(named[1])
    const month = months.indexOf((dayFirst ? named[2] : named[1]).toLowerCase())
    if (month < 0) return undefined
    const year = named[3] === undefined ? undefined : Number(named[3])
    return {
      date: { year, month, day: Number(dayFirst ? named[1] : named[2]) },
      rest: text.slice(named[0].length),
    }
  }
  const word = /^(today|yesterday)(?:[,\s]+|$)/i.exec(text)
  if (!word) return undefined
  const day = new Date(nowMs - (word[1].toLowerCase() === 'yesterday' ? dayMs : 0))
  return {
    date: { year: day.getUTCFullYear(), month: day.getUTCMonth(), day: day.getUTCDate() },
    rest: text.slice(word[0].length),
  }
}

function readWritten(text: string, zone: TimeZone, nowMs: number): Written | undefined {
  const trimmed = text.trim()
  if (/^now$/i.test(trimmed)) return { point: 'now' }
  const relative =
    /^now\s*-\s*(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(trimmed) ??
    /^(\d+(?:\.\d+)?)\s*([a-z]+)\s+ago$/i.exec(trimmed)
  if (relative) {
    const unit = unitOf(relative[2])
    return unit ? { point: `now-${Number(relative[1])}${unit}` as TimePoint } : undefined
  }
  const epoch = epochMs(trimmed)
  if (epoch !== undefined) return { point: epoch }
  // "today" is the reader's today.
  const nowThere = zone === 'utc' ? nowMs : nowMs - new Date(nowMs).getTimezoneOffset() * 60_000
  const dated = readDate(trimmed, nowThere)
  if (dated && dated.rest.trim() === '') return { date: dated.date }
  const time = readTime(dated ? dated.rest : trimmed)
  if (!time) return undefined
  return dated ? { date: dated.date, ...time } : time
}

/** Milliseconds since 1970 of a calendar day and a time of day, or undefined for a day that is not in the calendar. */
function msOf(
  date: { readonly year: number; readonly month: number; readonly day: number },
  timeMs: number,
  zone: TimeZone,
  offsetMinutes: number | undefined,
): number | undefined {
  const midnightUtc = Date.UTC(date.year, date.month, date.day)
  const check = new Date(midnightUtc)
  if (check.getUTCMonth() !== date.month || check.getUTCDate() !== date.day) return undefined
  if (offsetMinutes !== undefined) return midnightUtc + timeMs - offsetMinutes * 60_000
  return zone === 'utc'
    ? midnightUtc + timeMs
    : new Date(date.year, date.month, date.day, 0, 0, 0, timeMs).getTime()
}

function dayOf(ms: number, zone: TimeZone): { year: number; month: number; day: number } {
  const date = new Date(ms)
  return zone === 'utc'
    ? { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() }
    : { year: date.getFullYear(), month: date.getMonth(), day: date.getDate() }
}

/** The last year in which that day is not ahead of now: in January, `30 Dec` is last year's. */
function withYear(
  date: NonNullable<Written['date']>,
  zone: TimeZone,
  nowMs: number,
): { year: number; month: number; day: number } {
  const today = dayOf(nowMs, zone)
  const ahead = date.month > today.month || (date.month === today.month && date.day > today.day)
  return { ...date, year: date.year ?? (ahead ? today.year - 1 : today.year) }
}

const examples =
  'Write “last 15m”, “14:20 – 14:40”, “2026-11-12 14:20 – 14:40”, “now-2h”, or paste a timestamp.'

const refuse = (sentence: string): ParsedRange => ({ ok: false, sentence })

function accept(range: TimeRange, nowMs: number): ParsedRange {
  const problem = rangeProblem(range, nowMs)
  return problem === undefined ? { ok: true, range } : refuse(problem)
}

/** Parts either side of `–`, `to`, `..`, `→` or a spaced hyphen; also `14:20-14:40` and the ISO interval with its slash. */
function splitRange(text: string): readonly [string, string] | undefined {
  const spaced = /^(.+?)\s*(?:–|—|→|\.\.+|\s-\s|\s+to\s+|\s+until\s+)\s*(.+)$/i.exec(text)
  if (spaced) return [spaced[1], spaced[2]]
  const times = /^(.*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)-(\d{1,2}:\d{2}.*)$/.exec(text)
  // `…T14:20:00-05:00` is an offset, not a range.
  if (times && !/[tT]\d{1,2}:/.test(times[1])) return [times[1], times[2]]
  const interval = /^(\d{4}-\d{2}-\d{2}[tT ].+?)\/(.+)$/.exec(text)
  return interval ? [interval[1], interval[2]] : undefined
}

function readBoth(from: Written, to: Written, zone: TimeZone, nowMs: number): ParsedRange {
  const fixed = (written: Written, day: { year: number; month: number; day: number }) =>
    written.point ?? msOf(day, written.timeMs ?? 0, zone, written.offsetMinutes ?? from.offsetMinutes)
  const today = dayOf(nowMs, zone)
  const noDates = !from.date && !to.date && from.point === undefined && to.point === undefined
  const fromDay = from.date
    ? withYear(from.date, zone, nowMs)
    : to.date
      ? withYear(to.date, zone, nowMs)
      : today
  const toDay = to.date ? withYear(to.date, zone, nowMs) : fromDay
  let start = fixed(from, fromDay)
  let end = fixed(to, toDay)
  if (start === undefined || end === undefined) return refuse(`There is no such day. ${examples}`)
  // A day without a time means all of it.
  if (to.date && to.timeMs === undefined && typeof end === 'number') end += dayMs
  if (typeof start === 'number' && typeof end === 'number') {
    if (end < start && !to.date && to.point === undefined) end += dayMs
    if (noDates)
      while (start > nowMs) {
        start -= dayMs
        end -= dayMs
      }
  }
  return accept({ from: start, to: end }, nowMs)
}

/**
 * Reads what a person types or pastes: `last 15m`, `now-2h`, `2 h ago – 1 h ago`, ISO, `14:20 – 14:40` (the last such time that has begun),
 * `yesterday`, or seconds to nanoseconds since 1970 (then five minutes either side).
 */
export function parseTimeRange(text: string, zone: TimeZone, nowMs: number): ParsedRange {
  const trimmed = text.trim().replace(/^(from|between)\s+/i, '')
  if (trimmed === '') return refuse(examples)
  const last = /^(?:last|past|-)?\s*(\d+(?:\.\d+)?)?\s*([a-z]+)$/i.exec(trimmed)
  const unit = last ? unitOf(last[2]) : undefined
  if (last && unit) {
    const count = Number(last[1] ?? 1)
    if (count === 0) return refuse(`That is no time at all. ${examples}`)
    return accept({ from: `now-${count}${unit}` as TimePoint, to: 'now' }, nowMs)
  }
  const parts = splitRange(trimmed)
  if (parts) {
    const [from, to] = parts.map((part) => readWritten(part, zone, nowMs))
    if (!from) return refuse(`“${parts[0]}” is not a time. ${examples}`)
    if (!to) return refuse(`“${parts[1]}” is not a time. ${examples}`)
    return readBoth(from, to, zone, nowMs)
  }
  const one = readWritten(trimmed, zone, nowMs)
  if (!one) return refuse(`“${trimmed}” is not a time. ${examples}`)
  if (typeof one.point === 'string')
    return one.point === 'now' ? refuse(examples) : accept({ from: one.point, to: 'now' }, nowMs)
  if (one.date && one.timeMs === undefined) return readBoth(one, one, zone, nowMs)
  const day = one.date ? withYear(one.date, zone, nowMs) : dayOf(nowMs, zone)
  let at = one.point ?? msOf(day, one.timeMs ?? 0, zone, one.offsetMinutes)
  if (at === undefined) return refuse(`There is no such day. ${examples}`)
  if (one.point === undefined && !one.date && at > nowMs) at -= dayMs
  return accept({ from: at - aroundMs, to: at + aroundMs }, nowMs)
}

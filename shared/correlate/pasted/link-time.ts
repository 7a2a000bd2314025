/** Times and durations as viewers write them into their links. */
import { parseTimePoint, type TimePoint, type TimeRange } from '#shared/derive/time-range'
import { readDuration } from '#shared/query/durations'

/** By its size a number says what it counts: until the year 5138 seconds are below this, and milliseconds since 1973 above. */
const mostSeconds = 1e11

/** `now-1h`, a date, or a number since 1970 in seconds, milli-, micro- or nanoseconds; undefined for anything else. */
export function pointOf(text: string | undefined): TimePoint | undefined {
  if (text === undefined) return undefined
  if (text.startsWith('now')) return parseTimePoint(text)
  if (/^\d{1,19}(\.\d{1,9})?$/.test(text)) {
    let perSecond = 1
    while (Number(text) / perSecond >= mostSeconds) perSecond *= 1_000
    return Math.round((Number(text) / perSecond) * 1_000)
  }
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text))
    return undefined
  const ms = Date.parse(
    /[T ]/.test(text) && !/(Z|[+-]\d{2}:\d{2})$/.test(text) ? `${text.replace(' ', 'T')}Z` : text,
  )
  return Number.isFinite(ms) ? ms : undefined
}

/** Undefined where the beginning is not known, or the end is before it; without an end it is now. */
export function rangeOf(from: string | undefined, to: string | undefined): TimeRange | undefined {
  const start = pointOf(from)
  if (start === undefined) return undefined
  const end = pointOf(to) ?? 'now'
  return typeof start === 'number' && typeof end === 'number' && end <= start
    ? undefined
    : { from: start, to: end }
}

/** So long before an end, which is now where it is not said; `back` as `1h`, or in milliseconds. */
export function rangeBack(back: string | undefined, end: string | undefined): TimeRange | undefined {
  const relative = /^(\d{1,6})([smhdw])$/.exec(back ?? '')
  const to = pointOf(end)
  if (typeof to !== 'number') return relative ? rangeOf(`now-${back}`, 'now') : undefined
  const ms = /^\d{1,12}$/.test(back ?? '') ? Number(back) : (durationNs(back) ?? 0) / 1e6
  return ms > 0 && ms < to ? { from: to - ms, to } : undefined
}

/** Nanoseconds of `100ms`, or of a number in `unitNs`; undefined where it is none. */
export function durationNs(text: string | undefined, unitNs = 1): number | undefined {
  if (text === undefined || text === '' || text.length > 40) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text) * unitNs
  return readDuration(text.replaceAll(' ', ''))
}

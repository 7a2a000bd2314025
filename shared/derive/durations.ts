/** Durations for people: three digits, the unit after a space (4.87 s, 218 ms, 700 µs), and back from what people type. */

const minuteNs = 60e9
const hourNs = 3600e9
const dayNs = 86_400e9
/** From here on hours no longer matter, and from 10,000 days on years are read more easily: the text keeps to its column. */
const manyDays = 100
const tooManyDays = 10_000
const daysOfYear = 365.25
const mostYears = 999_999

/** Nanoseconds as text: `0 ns`, `700 µs`, `4.30 ms`, `17.0 ms`, `218 ms`, `4.87 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`, `120 d`, `54 y`; 11 characters at most. Not a number gives `–`. */
export function formatDuration(ns: number): string {
  if (!Number.isFinite(ns)) return '–'
  if (ns < 0) return `−${formatDuration(-ns)}`
  if (ns < 999.5) return `${trimmed(ns)} ns`
  if (ns < 999.5e3) return `${digits(ns / 1e3)} µs`
  if (ns < 999.5e6) return `${digits(ns / 1e6)} ms`
  if (ns < minuteNs - 5e7) return `${digits(ns / 1e9)} s`
  if (ns < hourNs - 5e8) return pair(ns / 1e9, 60, 'min', 's')
  if (ns < dayNs - 30e9) return pair(ns / minuteNs, 60, 'h', 'min')
  const days = ns / dayNs
  if (days < manyDays - 1 / 48) return pair(ns / hourNs, 24, 'd', 'h')
  if (days < tooManyDays - 0.5) return `${Math.round(days)} d`
  const years = Math.round(days / daysOfYear)
  return years > mostYears ? `> ${mostYears} y` : `${years} y`
}

/** The same where there is room: from 100 days on, as days, hours and minutes (`120 d 4 h 3 min`, `19,723 d 2 h 0 min`). */
export function formatFullDuration(ns: number): string {
  const minutes = Math.round(ns / minuteNs)
  if (!(Math.abs(ns) < Infinity) || minutes < manyDays * 1440) return formatDuration(ns)
  const days = Math.floor(minutes / 1440)
  return `${days.toLocaleString('en-US')} d ${Math.floor((minutes % 1440) / 60)} h ${minutes % 60} min`
}

/** So long ago, to the unit that matters: `just now`, `3 min ago`, `2 h ago`, `5 d ago`. */
export function formatAgo(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (!(minutes >= 1)) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ago` : `${Math.floor(minutes / 1440)} d ago`
}

/** A moment as an offset from the start of the trace, or a shift: `+332 ms`, `−12.0 ms`, `+0 ns`. */
export function formatOffset(ns: number): string {
  return ns < 0 ? formatDuration(ns) : `+${formatDuration(ns)}`
}

/** A share of a whole: `92 %`, `0.4 %`, `0 %`; a whole of 0 gives `–`. */
export function formatShare(part: number, whole: number): string {
  if (!(whole > 0)) return '–'
  const percent = (part / whole) * 100
  if (percent === 0) return '0 %'
  if (percent < 0.1) return '< 0.1 %'
  return `${percent < 9.95 ? trimmed(percent) : Math.round(percent)} %`
}

/** Three digits: `218`, `17.0`, `4.87`. */
function digits(value: number): string {
  if (value >= 99.95) return String(Math.round(value))
  return value >= 9.995 ? value.toFixed(1) : value.toFixed(2)
}

/** At most one decimal place, and none where it is 0. */
function trimmed(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function pair(value: number, base: number, large: string, small: string): string {
  const whole = Math.round(value)
  const rest = whole % base
  return rest === 0
    ? `${Math.floor(whole / base)} ${large}`
    : `${Math.floor(whole / base)} ${large} ${rest} ${small}`
}

const unitNs: Readonly<Record<string, number>> = {
  ns: 1,
  µs: 1e3,
  μs: 1e3,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
  sec: 1e9,
  m: minuteNs,
  min: minuteNs,
  h: hourNs,
  d: dayNs,
}

/** `100ms`, `1.5 s`, `2m30s` as nanoseconds; undefined where it is no duration. A number without a unit is none, unless it is 0. */
export function parseDuration(text: string): number | undefined {
  const source = text.trim()
  if (source === '') return undefined
  if (source === '0') return 0
  const part = /(\d+(?:\.\d+)?|\.\d+)\s*(ns|µs|μs|us|ms|sec|s|min|m|h|d)\s*/uy
  let total = 0
  while (part.lastIndex < source.length) {
    const match = part.exec(source)
    if (match === null) return undefined
    total += Number(match[1]) * unitNs[match[2]]
  }
  return total
}

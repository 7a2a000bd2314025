/** Times of log lines, as programs write them. */

/** A moment as the columns of lines have it. */
export interface Moment {
  /** Whole milliseconds since 1970. */
  readonly ms: number
  /** Nanoseconds past it, 0 to 999,999. */
  readonly subMs: number
}

const dated = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9})\d*)?\s*(Z|[+-]\d\d:?\d\d)?$/
const whole = /^\d{9,19}$/

/**
 * Dates of RFC 3339 (in UTC where they name no zone), and counts of seconds, milli-, micro- or nanoseconds, told by how many. What lies before
 * 1970 is no time: so write programs that were given none, as Go does with the year 1.
 */
export function momentOf(value: unknown): Moment | undefined {
  const moment = readMoment(value)
  return moment === undefined || moment.ms < 0 ? undefined : moment
}

function readMoment(value: unknown): Moment | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? ofDigits(String(value)) : ofSeconds(value)
  if (typeof value !== 'string') return undefined
  if (whole.test(value)) return ofDigits(value)
  if (/^\d{9,10}\.\d+$/.test(value)) return ofSeconds(Number(value))
  const [, date, time, fraction = '', zone = 'Z'] = dated.exec(value) ?? []
  const ms = Date.parse(`${date}T${time}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone}`)
  if (Number.isNaN(ms)) return undefined
  const nanos = fraction.padEnd(9, '0')
  return { ms: ms + Number(nanos.slice(0, 3)), subMs: Number(nanos.slice(3)) }
}

/** Seconds have 10 digits until the year 2286, milliseconds 13, and so on. */
function ofDigits(digits: string): Moment | undefined {
  if (!whole.test(digits)) return undefined
  const unit = digits.length <= 10 ? 0 : digits.length <= 13 ? 3 : digits.length <= 16 ? 6 : 9
  const nanos = digits.padEnd(digits.length + 9 - unit, '0')
  return { ms: Number(nanos.slice(0, -6)), subMs: Number(nanos.slice(-6)) }
}

function ofSeconds(seconds: number): Moment | undefined {
  const isPlausible = seconds > 1e8 && seconds < 1e11
  return isPlausible ? { ms: Math.floor(seconds * 1000), subMs: 0 } : undefined
}

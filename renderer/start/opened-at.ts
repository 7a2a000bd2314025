import { formatShortTime, type TimeZone } from '#shared/derive/clock-times'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const dayMs = 86_400_000

interface Day {
  readonly day: number
  readonly month: number
  readonly year: number
}

function dayOf(timeMs: number, zone: TimeZone): Day {
  const date = new Date(timeMs)
  return zone === 'utc'
    ? { day: date.getUTCDate(), month: date.getUTCMonth(), year: date.getUTCFullYear() }
    : { day: date.getDate(), month: date.getMonth(), year: date.getFullYear() }
}

const isSame = (a: Day, b: Day): boolean => a.day === b.day && a.month === b.month && a.year === b.year

/** When something was opened, as one says it: `today 14:41`, `yesterday`, `17 Nov`, `3 Dec 2025`. */
export function openedAt(timeMs: number, nowMs: number, zone: TimeZone): string {
  const then = dayOf(timeMs, zone)
  const now = dayOf(nowMs, zone)
  if (isSame(then, now)) return `today ${formatShortTime(timeMs, zone)}`
  if (isSame(then, dayOf(nowMs - dayMs, zone))) return 'yesterday'
  return `${then.day} ${months[then.month]}${then.year === now.year ? '' : ` ${then.year}`}`
}

/** Counts and sizes for people. */

/** A whole number with thin spaces between thousands: `1 000 000`, `247`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/gu, '\u202f')
}

/** A count where room is short: `999`, `12.4 k`, `1.25 M`; `> 999 T` where nobody can have counted so many. */
export function formatShortCount(count: number): string {
  if (count < 1000) return String(Math.round(count))
  let value = count / 1e3
  for (const unit of ['k', 'M', 'G', 'T']) {
    if (value < 999.5) return `${threeDigits(value)} ${unit}`
    value /= 1e3
  }
  return '> 999 T'
}

/** A number of bytes, decimal units: `0 B`, `812 B`, `1.24 kB`, `64.0 MB`, `1.10 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 999.5) return `${Math.round(bytes)} B`
  let value = bytes / 1e3
  for (const unit of ['kB', 'MB', 'GB']) {
    if (value < 999.5) return `${threeDigits(value)} ${unit}`
    value /= 1e3
  }
  return `${threeDigits(value)} TB`
}

/** `1 span`, `2 spans`: the count with its noun; give the plural where it is not made with an s. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`
}

function threeDigits(value: number): string {
  if (value >= 99.95) return String(Math.round(value))
  return value >= 9.995 ? value.toFixed(1) : value.toFixed(2)
}

/** Where the marks of a time axis stand, and what they say. */

/** One mark of an axis. */
export interface Tick {
  /** Nanoseconds from the trace's epoch. */
  readonly at: number
  readonly label: string
}

const unitNs = [
  ['ns', 1],
  ['µs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['min', 60e9],
  ['h', 3600e9],
  ['d', 86_400e9],
] as const

const decimalSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500]
const clockSteps: Readonly<Record<string, readonly number[]>> = {
  s: [1, 2, 5, 10, 15, 30],
  min: [1, 2, 5, 10, 15, 30],
  h: [1, 2, 3, 6, 12],
  d: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
}

/** A step people count in (1, 2, 5, 10… below a minute; 15, 30, 60 above) that gives at most `count` steps in `rangeNs`. */
export function tickStep(rangeNs: number, count: number): number {
  const wanted = rangeNs / Math.max(1, count)
  for (const [unit, size] of unitNs)
    for (const step of clockSteps[unit] ?? decimalSteps) if (step * size >= wanted) return step * size
  return wanted
}

/** Marks at round times from `from` to `to` (both included where round), at most `count` + 1 of them. */
export function timeTicks(from: number, to: number, count: number): Tick[] {
  if (!(to > from)) return [{ at: from, label: label(from, 1) }]
  const step = tickStep(to - from, count)
  const ticks: Tick[] = []
  for (let index = Math.ceil(from / step); index * step <= to; index++)
    ticks.push({ at: index * step, label: label(index * step, step) })
  return ticks
}

/** Says a time as finely as the step needs, in the largest unit that fits it: `0`, `1 s`, `2.5 s`, `1 min 30 s`. */
function label(at: number, step: number): string {
  if (at === 0) return '0'
  const sign = at < 0 ? '−' : ''
  const size = Math.abs(at)
  if (size >= 60e9 && step >= 1e9) return sign + clockLabel(size)
  const [unit, unitSize] =
    unitNs.findLast(([name, unitSize]) => unitSize <= size && !(name in clockSteps && name !== 's')) ??
    unitNs[0]
  const places = Math.max(0, Math.ceil(Math.log10(unitSize / step) - 1e-9))
  return `${sign}${Number((size / unitSize).toFixed(Math.min(places, 9)))} ${unit}`
}

function clockLabel(ns: number): string {
  const parts: string[] = []
  let rest = Math.round(ns / 1e9)
  for (const [unit, seconds] of [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const) {
    const count = Math.floor(rest / seconds)
    rest -= count * seconds
    if (count > 0) parts.push(`${count} ${unit}`)
  }
  return parts.slice(0, 2).join(' ')
}

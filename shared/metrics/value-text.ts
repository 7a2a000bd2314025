/** Values of metrics for people: three digits, the unit after a space. */
import { formatDuration } from '#shared/derive/durations'
import { formatBytes } from '#shared/derive/quantities'
import { noUnit, type Unit } from './unit'

const large = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const

const threeDigits = (value: number): string => String(Number(value.toPrecision(3)))

/** A plain number where room is short: `0.0042`, `37`, `1.25 M`, `3.1e-7`. */
function shortNumber(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.toExponential(2).replace('e+', 'e')
  for (const [factor, word] of large)
    if (size >= factor * 0.9995) return `${threeDigits(value / factor)} ${word}`
  return threeDigits(value)
}

/** A value in its unit: `4.83 s`, `1.24 MB/s`, `38 %`, `31.2/s`. What is no number is said as the server says it. */
export function valueText(value: number, { kind, scale, perSecond }: Unit): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '−Inf'
  const after = perSecond ? '/s' : ''
  return `${signed(value * scale, kind)}${after}`.replace(/^-/, '−')
}

const seldom = [
  [3_600, 'h'],
  [86_400, 'day'],
] as const

/** How often something happens, by the second or, where that says nothing, by the hour or the day: `31.2/s`, `1.8/h`, `4.11/day`. Not for axes, whose values share a unit. */
export function rateText(each: number): string {
  if (!(each > 0) || each >= 0.001 || !Number.isFinite(each)) return `${valueText(each, noUnit)}/s`
  const [seconds, word] = seldom.find(([long]) => each * long >= 1) ?? seldom[1]
  const many = each * seconds
  return `${many < 0.01 ? '<0.01' : valueText(many, noUnit)}/${word}`
}

function signed(value: number, kind: Unit['kind']): string {
  switch (kind) {
    case 'seconds':
      // Odd, and still not unknown.
      if (!Number.isFinite(value * 1e9)) return `${shortNumber(value)} s`
      return value === 0 ? '0 s' : formatDuration(value * 1e9)
    case 'bytes':
      if (Math.abs(value) >= 1e18) return `${shortNumber(value)} B`
      return value < 0 ? `−${formatBytes(-value)}` : formatBytes(value)
    case 'ratio':
      return `${shortNumber(value * 100)} %`
    case 'percent':
      return `${shortNumber(value)} %`
    default:
      return shortNumber(value)
  }
}

/** Durations as TraceQL and LogQL write them: those of Prometheus (`1d12h`), or those of Go (`1.5h30m`, `10us`). */

const unitNs: Readonly<Record<string, number>> = {
  y: 365 * 86_400e9,
  w: 7 * 86_400e9,
  d: 86_400e9,
  h: 3600e9,
  m: 60e9,
  s: 1e9,
  ms: 1e6,
  us: 1e3,
  µs: 1e3,
  ns: 1,
}

const ofPrometheus = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/u
const ofGo = /^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/u

/** Nanoseconds; undefined for what is no duration. */
export function readDuration(text: string): number | undefined {
  if (!ofPrometheus.test(text) && !ofGo.test(text)) return undefined
  return Math.round(sumOf(text))
}

/** Nanoseconds of a duration that Go reads, with a sign or none; undefined for what is none. */
export function readGoDuration(text: string): number | undefined {
  const [, sign, length] = /^([-+]?)(.*)$/su.exec(text) ?? []
  if (length === '0') return 0
  return ofGo.test(length) ? (sign === '-' ? -1 : 1) * Math.trunc(sumOf(length)) : undefined
}

function sumOf(text: string): number {
  let ns = 0
  for (const [, count, unit] of text.matchAll(/([\d.]+)([a-zµ]+)/gu)) ns += Number(count) * unitNs[unit]
  return ns
}

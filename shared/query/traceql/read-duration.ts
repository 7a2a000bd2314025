/** Durations as TraceQL writes them: those of Prometheus (`1d12h`), or those of Go (`1.5h30m`, `10us`). */

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
  let ns = 0
  for (const [, count, unit] of text.matchAll(/([\d.]+)([a-zµ]+)/gu)) ns += Number(count) * unitNs[unit]
  return Math.round(ns)
}

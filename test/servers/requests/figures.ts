/** What the overview has to say of requests, worked out from the requests themselves. */
import { perSecond, seconds, share } from '#shared/metrics/unit'
import { valueText } from '#shared/metrics/value-text'
import type { SentRequest } from './requests.ts'
import { boundsSeconds, stepMs } from './series.ts'

/** Those that were counted between the first and the last reading of a stretch of time, and how long that is. */
function counted(requests: readonly SentRequest[], endMs: number, rangeMs: number, lateMs: number) {
  const lastMs = endMs - lateMs
  const firstMs = lastMs - Math.floor((rangeMs - lateMs) / stepMs) * stepMs
  return {
    requests: requests.filter((one) => one.endMs > firstMs && one.endMs <= lastMs),
    seconds: (lastMs - firstMs) / 1_000,
  }
}

/** A quantile as a histogram of buckets can tell it: the requests of a bucket are spread evenly over it. */
function quantile(q: number, requests: readonly SentRequest[]): number {
  const rank = q * requests.length
  let below = 0
  for (const [index, bound] of boundsSeconds.entries()) {
    const low = boundsSeconds[index - 1] ?? 0
    const inside = requests.filter(({ seconds }) => seconds > low && seconds <= bound).length
    if (below + inside >= rank)
      return bound === Infinity ? low : low + ((bound - low) * (rank - below)) / inside
    below += inside
  }
  return Number.NaN
}

function changeText(now: number, before: number): string {
  const ratio = now / before
  if (ratio >= 2) return `×${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)}`
  const percent = Math.round(ratio * 100) - 100
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)} %`
}

const failing = (of: readonly SentRequest[]): number =>
  of.filter(({ isFailed }) => isFailed).length / of.length

/** The cells of a row of the overview, without those that are drawn: name, rate, errors and percentiles, each with what changed. */
export function figureCells(
  name: string,
  requests: readonly SentRequest[],
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  lateMs: number,
): readonly string[] {
  const rangeMs = 300_000
  const now = counted(requests, endMs, rangeMs, lateMs)
  const before = counted(requests, startMs, rangeMs, lateMs)
  const points = (failing(now.requests) - failing(before.requests)) * 100
  const p99 = quantile(0.99, now.requests)
  return [
    name,
    valueText(now.requests.length / now.seconds, perSecond),
    changeText(now.requests.length / now.seconds, before.requests.length / before.seconds),
    valueText(failing(now.requests), share),
    points === 0 ? '0 pp' : `+${points < 10 ? Number(points.toFixed(1)) : Math.round(points)} pp`,
    valueText(quantile(0.5, now.requests), seconds),
    valueText(quantile(0.95, now.requests), seconds),
    valueText(p99, seconds),
    changeText(p99, quantile(0.99, before.requests)),
  ]
}

/** What both Prometheus and Clew are asked about: 75 minutes of counters, gauges and histograms with everything that happens to them. */
import { drawHistogram } from '../../builders/series-from-text.ts'
import type { Histogram } from '#shared/query/promql/histogram'
import { addHistograms } from '#shared/query/promql/histogram-math'
import { labelsOf } from '#shared/query/promql/labels'
import type { Series } from '#shared/query/promql/series-store'
import { Random } from '../story/span.ts'

const intervalMs = 15_000
const intervals = 300
/** From the first to the last interval. */
export const spanMs = intervalMs * intervals

type Sample = number | Histogram | 'ends' | 'none'

/** The same for the same seed and start. */
export function writeSeries(startMs: number, seed = 7): Series[] {
  const random = new Random(seed)
  const series: Series[] = []
  const add = (labels: Record<string, string>, sample: (at: number) => Sample, jitterMs = 0): void => {
    const rows: { timeMs: number; sample: Sample }[] = []
    for (let at = 0; at <= intervals; at++) {
      const value = sample(at)
      const jitter = jitterMs === 0 ? 0 : Math.round(random.between(-jitterMs, jitterMs))
      if (value !== 'none') rows.push({ timeMs: startMs + at * intervalMs + jitter, sample: value })
    }
    series.push(columns(labels, rows))
  }
  addCounters(add, random)
  addGauges(add, random)
  addClassicHistograms(add, random)
  addNativeHistograms(add, random)
  return series
}

type Add = (labels: Record<string, string>, sample: (at: number) => Sample, jitterMs?: number) => void

function addCounters(add: Add, random: Random): void {
  for (const job of ['api', 'web'])
    for (const instance of ['1', '2', '3'])
      for (const code of ['200', '500']) {
        let value = random.between(0, 1000)
        const resetAt = instance === '2' ? Math.floor(random.between(60, 240)) : -1
        const labels = { __name__: 'requests_total', job, instance, code }
        add(
          labels,
          (at) => {
            value += code === '200' ? random.between(0, 40) : random.next() < 0.3 ? 1 : 0
            if (at === resetAt) value = random.between(0, 5)
            // One instance leaves and comes back; another is now and then not reached.
            if (job === 'web' && instance === '3' && at > 120 && at < 170) return at === 121 ? 'ends' : 'none'
            if (job === 'api' && instance === '3' && random.next() < 0.3) return 'none'
            return value
          },
          2000,
        )
      }
  for (const [job, version] of [
    ['api', '1.2'],
    ['web', '2.0'],
  ])
    add({ __name__: 'build_info', job, version }, () => 1)
}

function addGauges(add: Add, random: Random): void {
  for (const job of ['api', 'web'])
    for (const instance of ['1', '2', '3']) {
      let level = random.between(10, 50)
      add({ __name__: 'queue_length', job, instance }, () => (level += random.between(-5, 5)), 3000)
      add({ __name__: 'memory_bytes', job, instance }, () => 1e9 + random.between(0, 1e5))
      add({ __name__: 'workers', job, instance }, () => Math.floor(random.between(1, 4)))
    }
  add({ __name__: 'odd', kind: 'nan' }, (at) => (at % 7 === 0 ? NaN : at))
  add({ __name__: 'odd', kind: 'inf' }, (at) => (at % 11 === 0 ? Infinity : at % 13 === 0 ? -Infinity : -at))
  add({ __name__: 'odd', kind: 'never' }, () => NaN)
  add({ __name__: 'odd', kind: 'tiny' }, () => random.between(-1e-9, 1e-9))
  add({ __name__: 'odd', kind: 'huge' }, (at) => (at % 2 === 0 ? 1e300 : -1e300))
  add({ __name__: 'rare' }, (at) => (at % 40 === 0 ? at : 'none'))
  add({ __name__: 'late' }, (at) => (at < 200 ? 'none' : at))
  add({ __name__: 'gone' }, (at) => (at < 150 ? at : at === 150 ? 'ends' : 'none'))
  add({ __name__: 'steady', ünï: 'ç☃' }, () => 42)
}

function addClassicHistograms(add: Add, random: Random): void {
  const bounds = ['0.05', '0.1', '0.25', '0.5', '1', '2.5', '+Inf']
  for (const job of ['api', 'web']) {
    // Cumulative over bounds as over time.
    const held = bounds.map(() => 0)
    let sum = 0
    let grownAt = -1
    const grow = (at: number): void => {
      if (at === grownAt) return
      grownAt = at
      const observed = bounds.map(() => Math.floor(random.between(0, 6)))
      for (const first of bounds.keys())
        for (let bucket = first; bucket < bounds.length; bucket++) held[bucket] += observed[first]
      sum += random.between(0, 8)
    }
    const states = Array.from({ length: intervals + 1 }, (_, at) => {
      grow(at)
      return { held: [...held], sum }
    })
    for (const [bucket, le] of bounds.entries())
      add({ __name__: 'duration_seconds_bucket', job, le }, (at) => states[at].held[bucket])
    add({ __name__: 'duration_seconds_sum', job }, (at) => states[at].sum)
    add({ __name__: 'duration_seconds_count', job }, (at) => states[at].held[bounds.length - 1])
  }
  // Caught while it was written: a lower bound holds more than a higher one.
  add({ __name__: 'torn_bucket', le: '1' }, (at) => at + 3)
  add({ __name__: 'torn_bucket', le: '2' }, (at) => at + (at % 3 === 0 ? 1 : 5))
  add({ __name__: 'torn_bucket', le: '+Inf' }, (at) => at + 6)
  add({ __name__: 'torn_bucket', le: 'none' }, () => 1)
}

function addNativeHistograms(add: Add, random: Random): void {
  for (const job of ['api', 'web'])
    for (const instance of ['1', '2']) {
      let total = grown(random, 2)
      const resetAt = instance === '2' ? 140 : -1
      add({ __name__: 'rpc_seconds', job, instance }, (at) => {
        // Half way one of them becomes coarser, as a histogram with too many buckets does.
        const schema = job === 'web' && at > 200 ? 1 : 2
        total = at === resetAt ? grown(random, schema) : addHistograms(total, grown(random, schema))
        if (job === 'web' && instance === '1' && at > 260) return at === 261 ? 'ends' : 'none'
        return total
      })
    }
  add({ __name__: 'pool_level' }, () => ({ ...grown(random, 0), isGauge: true }))
  add({ __name__: 'both' }, (at) => (at % 20 < 10 ? at : grown(random, 1)))
}

/** A few observations, below zero and around it too. */
function grown(random: Random, schema: number): Histogram {
  const buckets = (count: number, from: number, to: number): Record<number, number> =>
    Object.fromEntries(
      Array.from({ length: count }, () => [
        Math.floor(random.between(from, to)),
        Math.ceil(random.between(0, 9)),
      ]),
    )
  return drawHistogram({
    schema,
    sum: random.between(-5, 60),
    zeroThreshold: 0.001,
    zeroCount: Math.floor(random.between(0, 3)),
    positive: buckets(5, -6, 12),
    negative: buckets(2, -2, 4),
  })
}

function columns(
  labels: Record<string, string>,
  rows: readonly { timeMs: number; sample: Sample }[],
): Series {
  const histograms = rows.map(({ sample }) => (typeof sample === 'object' ? sample : undefined))
  return {
    labels: labelsOf(labels),
    times: Float64Array.from(rows, ({ timeMs }) => timeMs),
    values: Float64Array.from(rows, ({ sample }) => (typeof sample === 'number' ? sample : NaN)),
    ended: Uint8Array.from(rows, ({ sample }) => (sample === 'ends' ? 1 : 0)),
    ...(histograms.some((histogram) => histogram !== undefined) && { histograms }),
  }
}

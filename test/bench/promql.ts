/** PromQL over embedded series: 2,000 of them, asked for 500 points each. */
import { evaluateRange } from '#shared/query/promql/evaluate'
import { labelsOf } from '#shared/query/promql/labels'
import { createSeriesStore, type SeriesStore } from '#shared/query/promql/series-store'
import { Samples, type Benchmark } from './measure.ts'

const seriesCount = 2000
const points = 500
const stepMs = 15_000
const goalMs = 500

const queries = [
  'latency_bucket',
  'rate(latency_bucket[5m])',
  'sum by (service) (rate(latency_bucket[5m]))',
  'histogram_quantile(0.9, sum by (service, le) (rate(latency_bucket[5m])))',
  'topk(5, rate(latency_bucket[5m]))',
  'sum(latency_bucket / latency_bucket)',
  'sum(quantile_over_time(0.9, latency_bucket[5m]))',
]

export const promql: Benchmark = {
  name: 'promql',
  async run({ runs }) {
    const samples = new Samples()
    const store = bucketSeries()
    // After the 20 samples that a range of five minutes looks back on.
    const startMs = 20 * stepMs
    const range = { startMs, endMs: startMs + (points - 1) * stepMs, stepMs }
    for (let run = 0; run < runs; run++)
      for (const query of queries) {
        const before = performance.now()
        await evaluateRange(query, store, range)
        samples.add({ name: `\`${query}\``, size: '', unit: 'ms', goal: goalMs }, performance.now() - before)
      }
    return samples.measurements()
  },
}

/** Histograms of twenty services, five buckets each, on twenty instances. */
function bucketSeries(): SeriesStore {
  const bounds = ['0.1', '0.5', '1', '5', '+Inf']
  const times = Float64Array.from({ length: points + 20 }, (_, at) => at * stepMs)
  return createSeriesStore(
    Array.from({ length: seriesCount }, (_, number) => ({
      labels: labelsOf({
        __name__: 'latency_bucket',
        service: `service-${number % 20}`,
        instance: `instance-${Math.floor(number / 100)}`,
        le: bounds[Math.floor(number / 20) % bounds.length],
      }),
      times,
      values: times.map((_, at) => at * ((Math.floor(number / 20) % bounds.length) + 1)),
    })),
  )
}

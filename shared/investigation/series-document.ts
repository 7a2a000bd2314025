/** Series as they were recorded, in the shape of Prometheus's HTTP API, which any tool that reads that can read. */
import { partsBySize } from '#shared/base/parts-by-size'
import type { ExemplarSeries, HistogramSample, MetricLabels, MetricSeries } from '#shared/api/metrics'
import { keyOfLabels } from '#shared/logs/batch'

interface Kept {
  readonly labels: MetricLabels
  /** By time: what two queries read of one series is there once. */
  readonly values: Map<number, string>
  readonly histograms: Map<number, HistogramSample>
}

/** Of one document, some 8 MB of text: what is larger would not be read as one, and holds up whoever reads it. */
const mostSamples = 250_000

const inOrder = <Value>(samples: ReadonlyMap<number, Value>): readonly (readonly [number, Value])[] =>
  [...samples].toSorted(([one], [other]) => one - other)

const samplesOf = ({ values, histograms }: Kept): number => values.size + histograms.size

/** Collects series; those with the same labels are one. */
export class SeriesDocument {
  readonly #series = new Map<string, Kept>()

  get size(): number {
    return this.#series.size
  }

  add(series: readonly MetricSeries[]): void {
    for (const { labels, times, values, histograms } of series) {
      const key = keyOfLabels(labels)
      let kept = this.#series.get(key)
      if (!kept) this.#series.set(key, (kept = { labels, values: new Map(), histograms: new Map() }))
      for (const [index, time] of times.entries()) kept.values.set(time, String(values[index]))
      for (const histogram of histograms) kept.histograms.set(histogram.time, histogram)
    }
  }

  /** As answers to a query for samples: one, or several where there are many. */
  documents(): readonly object[] {
    return partsBySize(this.#series.values(), mostSamples, samplesOf).map(documentOf)
  }
}

function documentOf(series: readonly Kept[]): object {
  const result = series.map(({ labels, values, histograms }) => ({
    metric: labels,
    ...(values.size > 0 && { values: inOrder(values) }),
    ...(histograms.size > 0 && {
      histograms: inOrder(histograms).map(([time, { count, sum, buckets }]) => [
        time,
        {
          count: String(count),
          sum: String(sum),
          buckets: buckets.map(([rule, left, right, held]) => [
            rule,
            String(left),
            String(right),
            String(held),
          ]),
        },
      ]),
    }),
  }))
  return { status: 'success', data: { resultType: 'matrix', result } }
}

/** Exemplars as Prometheus answers with them; those of one series are together, each once. */
export function exemplarsDocument(found: readonly ExemplarSeries[]): object {
  const series = Map.groupBy(found, ({ labels }) => keyOfLabels(labels))
  const data = [...series.values()].map((same) => {
    const each = new Map(
      same.flatMap(({ exemplars }) => exemplars).map((one) => [JSON.stringify(one), one] as const),
    )
    return {
      seriesLabels: same[0].labels,
      exemplars: [...each.values()].map(({ labels, value, time }) => ({
        labels,
        value: String(value),
        timestamp: time,
      })),
    }
  })
  return { status: 'success', data }
}

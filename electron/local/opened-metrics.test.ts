/** Metrics that were exported and opened again are those that the demo shop answers from. */
import { expect, test } from 'vitest'
import { gatherOtlp } from '#shared/metrics/otlp-series'
import { GatheredSeries, type KeptSeries } from '#shared/metrics/gathered-series'
import { labelKey, labelsText } from '#shared/query/promql/labels'
import { metricsDocuments } from '#shared/simulate/otlp/metrics'
import { simulate } from '#shared/simulate/run'
import { demoMetrics } from './demo-metrics.ts'

const unexpected = (where: string): never => {
  throw new Error(`not read: ${where}`)
}

const run = simulate({
  scenario: 'pool-exhaustion',
  seed: 1,
  endNs: 1_793_000_000_000_000_000n,
  lengthMinutes: 6,
})

const plain = ({ labels, times, values, histograms, exemplars }: KeptSeries) => ({
  labels: labelsText(labels),
  times: [...times],
  values: [...values],
  histograms: histograms && [...histograms],
  exemplars: exemplars.map(({ labels, value }) => ({ labels, value })),
})

/** Which spans exemplars name. */
const kept = (all: readonly KeptSeries[]) =>
  new Set(all.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels['span_id'])))

test('every series of a run comes back out of what was exported of it', () => {
  const gathered = new GatheredSeries()
  // Each round twice, the later first: what is opened may overlap, in any order.
  for (const { text } of [...metricsDocuments(run)].toReversed().flatMap((one) => [one, one])) {
    const { resourceMetrics } = JSON.parse(text) as { resourceMetrics: unknown[] }
    gatherOtlp(resourceMetrics, gathered, unexpected)
  }
  const theirs = demoMetrics(run)
  const byKey = new Map(gathered.series().map((one) => [labelKey(one.labels), one]))
  expect(byKey.size).toBe(theirs.series.length)
  for (const one of theirs.series) {
    const other = byKey.get(labelKey(one.labels))
    expect(other && plain({ ...other, exemplars: [] })).toEqual(plain({ ...one, exemplars: [] }))
  }
  expect(gathered.metadata().toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
    theirs.metadata.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  )
  expect(kept([...byKey.values()])).toEqual(kept(theirs.series))
})

/** Metrics of a real Prometheus through Clew, against what was sent to it, and against its own answers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { countIn, withoutQuery } from '#shared/metrics/cardinality'
import { dotsOf } from '#shared/metrics/exemplar-dots'
import { readPromqlError } from '#shared/metrics/error-place'
import { frameOf, type Point } from '#shared/metrics/frame'
import { heatmapOf } from '#shared/metrics/heatmap'
import { evaluateRange } from '#shared/query/promql/evaluate'
import { createSeriesStore } from '#shared/query/promql/series-store'
import type { MetricAnswer, MetricLabels, TsdbAnswer } from '#shared/api/metrics'
import { type Backend, startBackend } from './backends.ts'
import { ClewUnderTest, input } from './clew.ts'
import { waitUntil } from './feed.ts'
import { readFleet } from './fleet.ts'
import { spanMs, writeSeries } from './promql/data.ts'
import { remoteWrite } from './promql/remote-write.ts'
import { writeStory } from './story/story.ts'

const endMs = Math.floor(Date.now() / 60_000) * 60_000 - 60_000
const startMs = endMs - spanMs
const series = writeSeries(startMs)
const asked = { startMs: startMs + 1_200_000, endMs: endMs + 400_000, stepMs: 60_000 }

const clew = new ClewUnderTest()
const fleet = readFleet()
const story = writeStory(fleet.endMs)
let prometheus: Backend
let numbers: string
let stories: string

beforeAll(async () => {
  prometheus = await startBackend('prometheus')
  await remoteWrite(prometheus.url, series)
  numbers = await clew.connect(input('prometheus', prometheus.url))
  stories = await clew.connect(input('prometheus', fleet.servers.prometheus.url))
  await waitUntil('Prometheus to hold every series', async () => {
    const { series: found } = await range('count({__name__=~".+"})')
    return found.length > 0
  })
})
afterAll(async () => {
  await clew.close()
  await prometheus?.stop()
})

async function range(query: string, window = asked): Promise<MetricAnswer> {
  return clew.metrics<MetricAnswer>(numbers, 'range', { query, ...window })
}

/** Values that may differ in their last digits: a server sums in another order. */
function expectClose(one: readonly Point[], other: readonly Point[]): void {
  expect(one.map((value) => value === null)).toEqual(other.map((value) => value === null))
  one.forEach((value, index) => {
    const right = other[index] ?? 0
    const size = Math.max(Math.abs(value ?? 0), Math.abs(right), 1e-12)
    expect(Math.abs((value ?? 0) - right) / size, `at ${index}: ${value} and ${right}`).toBeLessThan(1e-9)
  })
}

/** The same labels in whatever order. */
const key = (labels: MetricLabels): string => JSON.stringify(labels, Object.keys(labels).toSorted())

describe('lines', () => {
  test.each([
    'rate(requests_total[5m])',
    'queue_length',
    'late or gone or rare',
    'sum by (job) (increase(duration_seconds_count[10m]))',
  ])('of %s are what was sent, worked out here, with the same gaps', async (query) => {
    const answer = await range(query)
    const ours = await evaluateRange(query, createSeriesStore(series), asked)
    if (ours.data.resultType !== 'matrix') throw new Error('A range query answers with a matrix.')
    const expected = new Map(ours.data.result.map((one) => [key(one.metric), one.values ?? []]))
    expect(answer.series.map(({ labels }) => key(labels)).toSorted()).toEqual([...expected.keys()].toSorted())
    const frame = frameOf(answer.series, asked)
    answer.series.forEach(({ labels }, index) => {
      const values = new Map(expected.get(key(labels))?.map(([time, text]) => [time, Number(text)]))
      expectClose(
        frame.columns[index],
        frame.times.map((time) => values.get(time) ?? null),
      )
    })
  })

  test('of values that are no numbers are gaps, and counted', async () => {
    const answer = await range('odd{kind=~"nan|inf|never"}')
    const { columns, undrawn } = frameOf(answer.series, asked)
    const samples = answer.series.reduce((sum, { values }) => sum + values.length, 0)
    const drawn = columns.flat().filter((value) => value !== null).length
    expect(undrawn.nan).toBeGreaterThan(0)
    expect(undrawn.infinite).toBeGreaterThan(0)
    expect(drawn + undrawn.nan + undrawn.infinite).toBe(samples)
  })
})

describe('heatmaps', () => {
  test.each([
    ['classic', 'sum by (le) (rate(duration_seconds_bucket[5m]))'],
    ['native', 'sum(rate(rpc_seconds[5m]))'],
    ['native, in one job', 'sum(rate(rpc_seconds{job="web"}[5m]))'],
  ])('of %s histograms have the quantiles that Prometheus works out itself', async (_, query) => {
    const heatmap = heatmapOf((await range(query)).series, asked)
    for (const q of [0.1, 0.5, 0.95, 0.99]) {
      const theirs = await range(`histogram_quantile(${q}, ${query})`)
      expectClose(heatmap?.quantile(q) ?? [], frameOf(theirs.series, asked).columns[0])
    }
  })

  test('of native histograms of several series are those of their sum', async () => {
    const apart = heatmapOf((await range('rate(rpc_seconds{job="api"}[5m])')).series, asked)
    const summed = await range('histogram_quantile(0.9, sum(rate(rpc_seconds{job="api"}[5m])))')
    expectClose(apart?.quantile(0.9) ?? [], frameOf(summed.series, asked).columns[0])
  })

  test('hold as much as was counted', async () => {
    const heatmap = heatmapOf(
      (await range('sum by (le) (increase(duration_seconds_bucket[5m]))')).series,
      asked,
    )
    const { series: counted } = await range('sum(increase(duration_seconds_count[5m]))')
    const rows = (heatmap?.edges.length ?? 1) - 1
    const sums = heatmap?.times.map((_, column) => {
      const held = heatmap.counts.slice(column * rows, (column + 1) * rows)
      const sum = held.reduce((all, count) => all + count, 0)
      return sum === 0 ? null : sum
    })
    expectClose(sums ?? [], frameOf(counted, asked).columns[0])
  })
})

test('exemplars are requests of the story, each once, at its duration', async () => {
  const spans = new Map(
    [...story.tempo.ordinary, story.tempo.incident]
      .flatMap((trace) => trace.spans)
      .map((span) => [span.spanId, span]),
  )
  const window = { startMs: story.startMs - 60_000, endMs: story.endMs + 60_000 }
  const query =
    'histogram_quantile(0.99, sum by (le) (rate(http_server_request_duration_seconds_bucket{job="order-service"}[5m])))'
  const dots = dotsOf(await clew.metrics(stories, 'exemplars', { query, ...window }))
  expect(dots.length).toBeGreaterThan(20)
  expect(new Set(dots.map(({ spanId }) => spanId)).size).toBe(dots.length)
  for (const { traceId, spanId, value, series: labels } of dots) {
    const span = spans.get(spanId)
    expect(span?.service).toBe('order-service')
    expect(labels['job']).toBe('order-service')
    expect(traceId).toBe(span?.traceId)
    expect(value).toBeCloseTo(Number((span?.endNs ?? 0n) - (span?.startNs ?? 0n)) / 1e9, 9)
  }
  expect(dots.some(({ traceId }) => traceId === story.tempo.incident.traceId)).toBe(true)
})

/** The error of a query that must fail. */
const refusal = async (query: string, window = asked) => {
  try {
    await range(query, window)
  } catch (thrown) {
    return (thrown as { error: { kind: string; detail: string } }).error
  }
  throw new Error('It was answered.')
}

describe('what the server refuses', () => {
  test('is told at its place', async () => {
    const { kind, detail } = await refusal('sum(rate(requests_total[5m])) by (job) +')
    expect(kind).toBe('bad-query')
    expect(readPromqlError(detail)).toMatchObject({ line: 1, message: 'unexpected end of input' })
    const second = readPromqlError((await refusal('up\n  + nope(up)')).detail)
    expect(second).toEqual({ line: 2, column: 5, message: 'unknown function with name "nope"' })
  })

  test('is told in its words: too many points, and series that do not fit', async () => {
    const many = await refusal('queue_length', { ...asked, stepMs: 100 })
    expect(many.detail).toContain('11,000 points')
    expect(await refusal('requests_total * on () queue_length')).toMatchObject({
      kind: 'bad-query',
      message: 'the prometheus cannot evaluate this query.',
    })
  })
})

test('what its store holds is told as it was sent: metrics by their series, labels by their values', async () => {
  const { status } = await clew.metrics<TsdbAnswer>(numbers, 'tsdb', {})
  const named = (name: string) => series.filter(({ labels }) => new Map(labels).get('__name__') === name)
  expect(status?.series).toBe(series.length)
  expect(status?.seriesByMetric).toContainEqual({
    name: 'duration_seconds_bucket',
    value: named('duration_seconds_bucket').length,
  })
  const jobs = new Set(
    series.map(({ labels }) => new Map(labels).get('job')).filter((job) => job !== undefined),
  )
  expect(status?.valuesByLabel).toContainEqual({ name: 'job', value: jobs.size })
})

test('series without a label are as many as differ in the others', async () => {
  const buckets = series
    .map(({ labels }) => labels.filter(([name]) => name !== 'le'))
    .filter((labels) => new Map(labels).get('__name__') === 'duration_seconds_bucket')
  const counted = await clew.metrics<MetricAnswer>(numbers, 'query', {
    query: withoutQuery('duration_seconds_bucket', 'le'),
    timeMs: endMs,
  })
  expect(countIn(counted.series)).toBe(new Set(buckets.map((labels) => JSON.stringify(labels))).size)
})

test('names are those that were sent, in the window they were sent in', async () => {
  const window = { startMs, endMs }
  const ask = (path: string, params: Record<string, string | number>) =>
    clew.metrics<string[]>(numbers, path, { ...params, ...window })
  expect(await ask('label-values', { label: '__name__' })).toEqual(
    expect.arrayContaining(['queue_length', 'requests_total', 'rpc_seconds']),
  )
  expect(await ask('labels', { match: 'requests_total' })).toEqual(['__name__', 'code', 'instance', 'job'])
  expect(await ask('label-values', { label: 'ünï', match: 'steady' })).toEqual(['ç☃'])
})

/** The three signals of a run tell of the same things. */
import { describe, expect, test } from 'vitest'
import {
  readHistograms,
  readLines,
  readSpans,
  valueOf,
  type KeyValue,
  type OtlpSpan,
} from '../../test/builders/read-otlp.ts'
import { logsDocument } from './otlp/logs.ts'
import { metricsDocuments } from './otlp/metrics.ts'
import { tracesDocument } from './otlp/traces.ts'
import { simulate, type Run } from './run.ts'

function shortRun(scenario: string): Run {
  return simulate({ scenario, seed: 1, endNs: 1_793_000_000_123_456_789n, lengthMinutes: 6 })
}

/** The points of all histograms at every step, oldest first. */
function pointsOf(run: Run) {
  return [...metricsDocuments(run)].flatMap(({ text }) => readHistograms(text))
}

function spansOf(run: Run) {
  return readSpans(
    tracesDocument(
      run,
      run.traces.flatMap(({ spans }) => spans),
    ),
  )
}

/** By which attributes spans are counted here, for some of the histograms. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  'http.server.request.duration': ['http.request.method', 'http.route', 'http.response.status_code'],
  'rpc.server.call.duration': ['rpc.method', 'rpc.response.status_code'],
  'db.client.operation.duration': ['db.operation.name', 'db.collection.name'],
  'messaging.process.duration': [],
}

/** Which of them a span belongs to. */
function metricOf({ kind, attributes }: OtlpSpan): string | undefined {
  const isRpc = valueOf(attributes, 'rpc.method') !== undefined
  if (kind === 2) return isRpc ? 'rpc.server.call.duration' : 'http.server.request.duration'
  if (kind === 3 && valueOf(attributes, 'db.system.name')) return 'db.client.operation.duration'
  return kind === 5 ? 'messaging.process.duration' : undefined
}

function keyOf(instance: string, metric: string, attributes: readonly KeyValue[]): string {
  return [instance, metric, ...keysOf[metric].map((key) => valueOf(attributes, key))].join(' ')
}

describe('of a run', () => {
  test('the metrics count the spans that there are', () => {
    const run = shortRun('pool-exhaustion')
    const spans: Record<string, number> = {}
    for (const { instance, span } of spansOf(run)) {
      const metric = metricOf(span)
      if (metric === undefined) continue
      const key = keyOf(instance, metric, span.attributes)
      spans[key] = (spans[key] ?? 0) + 1
    }
    // Cumulative: the last point of a series counts all. Series that differ in what is not looked at here add up.
    const last = new Map<string, { readonly key: string; readonly count: number }>()
    for (const { instance, name, point } of pointsOf(run)) {
      if (!(name in keysOf)) continue
      const key = keyOf(instance, name, point.attributes)
      last.set(`${key} ${JSON.stringify(point.attributes)}`, { key, count: Number(point.count) })
    }
    const counted: Record<string, number> = {}
    for (const { key, count } of last.values()) counted[key] = (counted[key] ?? 0) + count
    expect(counted).toEqual(spans)
    expect(Object.keys(counted).length).toBeGreaterThan(60)
  })

  test('histograms have buckets that add up, and never count backwards', () => {
    const before = new Map<string, number>()
    const wrong = pointsOf(shortRun('bad-deploy')).filter(({ instance, name, point }) => {
      const key = `${instance} ${name} ${JSON.stringify(point.attributes)}`
      const buckets = point.bucketCounts ?? point.positive?.bucketCounts ?? []
      const count = buckets.reduce((sum, bucket) => sum + Number(bucket), 0)
      const least = before.get(key) ?? 1
      before.set(key, count)
      return count !== Number(point.count) || count < least
    })
    expect(wrong).toEqual([])
    expect(before.size).toBeGreaterThan(200)
  })

  test('exemplars name spans, and tell how long they took', () => {
    const run = shortRun('pool-exhaustion')
    const spans = new Map(spansOf(run).map((one) => [one.span.spanId, one]))
    const points = pointsOf(run)
    const exemplars = points.flatMap(({ instance, name, point }) =>
      (point.exemplars ?? []).map((exemplar) => ({ instance, name, exemplar })),
    )
    const wrong = exemplars.filter(({ instance, name, exemplar }) => {
      const found = spans.get(exemplar.spanId)
      if (found?.instance !== instance || found.span.traceId !== exemplar.traceId) return true
      // How long a connection was held is told of the span that took it.
      if (name === 'db.client.connection.use_time') return false
      const { startTimeUnixNano, endTimeUnixNano } = found.span
      const lengthNs = Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano))
      return exemplar.timeUnixNano !== endTimeUnixNano || exemplar.asDouble !== lengthNs / 1e9
    })
    expect(wrong).toEqual([])
    expect(exemplars.length).toBeGreaterThan(2_000)
    // Each of the nine histograms has some.
    expect(new Set(exemplars.map(({ name }) => name)).size).toBe(9)
  })

  test('log lines name spans of the same instance, and were written while those ran', () => {
    const run = shortRun('pool-exhaustion')
    const spans = new Map(spansOf(run).map((one) => [one.span.spanId, one]))
    const lines = readLines(logsDocument(run, run.lines))
    const wrong = lines.filter(({ instance, line }) => {
      const found = spans.get(line.spanId)
      if (found?.instance !== instance || found.span.traceId !== line.traceId) return true
      // All times have as many digits, so text compares like numbers.
      const { startTimeUnixNano, endTimeUnixNano } = found.span
      return line.timeUnixNano < startTimeUnixNano || line.timeUnixNano > endTimeUnixNano
    })
    expect(wrong).toEqual([])
    expect(lines).toHaveLength(run.lines.length)
  })
})

import { expect, test } from 'vitest'
import { LogFile } from '#shared/logs/file-lines'
import { nsTextOf, textOf } from '#shared/logs/batch'
import { traceOf } from '#shared/logs/trace-of-line'
import { GatheredSeries } from '#shared/metrics/gathered-series'
import { gatherOtlp } from '#shared/metrics/otlp-series'
import { labelsText } from '#shared/query/promql/labels'
import { message, otlpProtobuf } from '../../test/builders/generate-trace.ts'
import { logsProtobuf, metricsProtobuf } from '../../test/builders/otlp-protobuf.ts'
import { TraceImport } from '#shared/import/index'
import { otlpSignals } from '#shared/import/protobuf-signals'
import { createOpenedDocuments } from './opened-documents.ts'

const unexpected = (where: string): never => {
  throw new Error(`not read: ${where}`)
}

const traceId = '0af7651916cd43dd8448eb211c80319c'
const ns = 1_793_000_000_123_456_789n
const logs = logsProtobuf('shop', [[ns, 'no connection']], traceId)
const metrics = metricsProtobuf('shop', ns, traceId)

function behindLength(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return message(length, bytes)
}

function linesOf(bytes: Uint8Array) {
  const file = new LogFile('logs.pb', 10)
  for (const value of otlpSignals(bytes)) file.take(value)
  const { format, batch } = file.end() ?? {}
  const line = { batch: batch!, at: 0 }
  return {
    format,
    count: batch?.length,
    at: nsTextOf(line),
    text: textOf(line),
    trace: traceOf(line)?.traceId,
  }
}

test.each([
  ['as they are', logs],
  ['behind their lengths, with metrics between them', message(behindLength(metrics), behindLength(logs))],
])('lines in protobuf are read, %s', (_how, bytes) => {
  expect(linesOf(bytes)).toEqual({
    format: 'OTLP logs protobuf',
    count: 1,
    at: String(ns),
    text: 'no connection',
    trace: traceId,
  })
})

test('metrics of each kind in protobuf become the series that Prometheus makes of them', () => {
  const series = new GatheredSeries()
  for (const { resourceMetrics } of otlpSignals(metrics))
    gatherOtlp(resourceMetrics as [], series, unexpected)
  const told = series
    .series()
    .map(({ labels, values, histograms }) => [labelsText(labels), histograms?.[0] ?? values[0]])
  expect(Object.fromEntries(told)).toEqual({
    '{__name__="pool_drift", job="shop", pool="main"}': -3,
    '{__name__="pool_timeouts_total", job="shop"}': 2.5,
    '{__name__="pool_wait_bucket", job="shop", le="0.5"}': 2,
    '{__name__="pool_wait_bucket", job="shop", le="+Inf"}': 3,
    '{__name__="pool_wait_count", job="shop"}': 3,
    '{__name__="pool_wait_sum", job="shop"}': 0.9,
    '{__name__="pool_size", job="shop"}': expect.objectContaining({
      schema: -1,
      count: 4,
      sum: 9,
      zeroCount: 1,
      positive: { indexes: [-1, 0], counts: [1, 2] },
    }) as unknown,
    '{__name__="pool_age", job="shop", quantile="0.5"}': 1.5,
    '{__name__="pool_age_count", job="shop"}': 8,
    '{__name__="pool_age_sum", job="shop"}': 16,
  })
  const exemplars = series.series().flatMap((one) => one.exemplars.map(({ labels }) => labels['trace_id']))
  expect(exemplars).toEqual([traceId])
})

test.each([
  ['logs', logs],
  ['metrics', metrics],
])('a document of %s holds no span, and beside spans is said to be something else', (signal, bytes) => {
  const spans = message(...otlpProtobuf({ spanCount: 3, seed: 1 }))
  const reports = [bytes, message(spans, bytes)].map((all) => {
    const document = new TraceImport().addDocument('all.pb', true)
    document.push(all)
    document.end()
    return document.report
  })
  expect(reports.map((report) => report.spans)).toEqual([0, 3])
  expect(reports[1].problems.map(({ message: said }) => said)).toEqual([
    `1 object of all.pb holds OpenTelemetry ${signal}, which are no part of a trace.`,
  ])
})

/** What is said of a document that could not be read whole. */
function problemsOf(name: string, bytes: Uint8Array): readonly string[] {
  const opened = createOpenedDocuments()
  opened.push(name, bytes)
  return opened.endDocument().problems
}

test('what of a document is broken is said, with its place', () => {
  expect(problemsOf('logs.pb', logs)).toEqual([])
  // A field within the last record that says it is longer than its message.
  const broken = logs.slice()
  const body = Buffer.from(logs).indexOf('no connection')
  broken[body - 1] = 0x7f
  expect(problemsOf('logs.pb', message(logs, broken))).toEqual([
    expect.stringMatching(/^1 part of logs\.pb could not be read and was left out: byte \d+\.$/),
  ])
})

test('points of metrics that could not be read are said, with their places', () => {
  const point = { timeUnixNano: String(ns), asInt: '1' }
  const gauge = { dataPoints: [point, { asInt: '2' }, point, 7] }
  const scopeMetrics = [{ metrics: [{ name: 'a.b', gauge }, { name: 'c' }] }]
  const document = JSON.stringify({ resourceMetrics: [{ scopeMetrics }] })
  expect(problemsOf('m.json', new TextEncoder().encode(document))).toEqual([
    '3 points of m.json could not be read and were left out: point 2 of metric a.b, point 4 of metric a.b and metric c, of no known kind.',
  ])
})

/** What is opened is what was written, and what nobody should write is survived. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { LogStream } from '#shared/query/logql/log-streams'
import { logsDocument } from '#shared/simulate/otlp/logs'
import { simulate } from '#shared/simulate/run'
import type { LinesQuery } from '#shared/api/logs'
import { textOf } from '#shared/logs/batch'
import { readAnswer } from '#shared/logs/read-lines'
import { labelsOf, labelsText } from '#shared/query/promql/labels'
import { OtlpLogs } from '#shared/investigation/otlp-logs'
import { callsDocument } from '#shared/investigation/calls-document'
import { LogFile } from '#shared/logs/file-lines'
import { mergeBatches } from '#shared/logs/merge'
import { logsProtobuf, metricsProtobuf } from '../../test/builders/otlp-protobuf.ts'
import { traceQuery } from '../../test/builders/trace-query.ts'
import { createOpenedDocuments, type OpenedDocuments } from './opened-documents.ts'
import { createLogStore, type LogStore } from './log-store.ts'
import { openedLines } from './opened-lines.ts'
import { recordedLines } from './recorded-lines.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Documents by name, in pieces of that many bytes. */
function read(documents: Readonly<Record<string, Uint8Array>>, size = 1_000_000) {
  const opened = createOpenedDocuments()
  const found = Object.entries(documents).map(([name, bytes]) => {
    for (let at = 0; at < bytes.length; at += size) opened.push(name, bytes.slice(at, at + size))
    return opened.endDocument()
  })
  return { opened, found }
}

async function search(opened: OpenedDocuments, traceql: string): Promise<number> {
  const { traces } = await opened.traces.search(traceQuery(0, 4e12, { traceql, limit: 1_000 }))
  return traces.length
}

const told = (epochNs: bigint, stream: LogStream) => ({
  labels: labelsText(stream.labels),
  lines: Array.from(stream.times, (timeNs, line) => [
    String(epochNs + BigInt(timeNs)),
    stream.text(line),
    labelsText(stream.metadata(line)),
  ]),
})

test('lines of OTLP are the streams that a Loki makes of them', () => {
  const run = simulate({
    scenario: 'bad-deploy',
    seed: 1,
    endNs: 1_793_000_000_000_000_000n,
    lengthMinutes: 2,
  })
  const file = new LogFile('logs.json', 1_000_000)
  file.push(logsDocument(run, run.lines))
  const log = file.end()
  if (log === undefined) throw new Error('no line was read')
  const opened = openedLines(mergeBatches([log.batch], 'oldest'))
  const [ours, theirs] = [opened, recordedLines(run)].map(({ epochNs, streams }) =>
    streams.map((stream) => told(epochNs, stream)).sort((a, b) => (a.labels < b.labels ? -1 : 1)),
  )
  // Lines of one nanosecond have no order of their own.
  const sorted = (streams: typeof ours) =>
    streams.map(({ labels, lines }) => [labels, lines.map(String).sort()])
  expect(sorted(ours)).toEqual(sorted(theirs))
})

const answered = async (store: LogStore, query: LinesQuery): Promise<unknown> =>
  JSON.parse(new TextDecoder().decode(await store.lines(query)))

test.each(['backward', 'forward'] as const)(
  'lines of one nanosecond keep their order when they are saved and opened again, read %s',
  async (direction) => {
    const epochNs = 1_793_000_000_000_000_000n
    const texts = ['asked', 'waited', 'failed', 'gave up', 'later']
    const stream: LogStream = {
      labels: labelsOf([['service_name', 'pay']]),
      times: Float64Array.of(5, 5, 5, 5, 9),
      text: (line) => texts[line],
      metadata: () => labelsOf([]),
    }
    const asked = {
      query: '{service_name="pay"}',
      startNs: String(epochNs),
      endNs: String(epochNs + 10n),
      limit: 100,
      direction,
    }
    const store = createLogStore({ epochNs, streams: [stream], select: () => [stream] })
    // As saving asks: the newest first, a page ending within that nanosecond, which is asked again.
    const saved = new OtlpLogs()
    saved.add(await answered(store, { ...asked, direction: 'backward', limit: 3 }))
    saved.add(await answered(store, { ...asked, direction: 'backward', endNs: String(epochNs + 6n) }))
    const [{ value }] = saved.files()
    const { opened } = read({ 'logs/lines.json': encode(JSON.stringify(value)) })
    await opened.end()
    const textsOf = async (from: LogStore) => {
      const { batch } = readAnswer(
        await answered(from, asked),
        direction === 'backward' ? 'newest' : 'oldest',
      )
      return Array.from({ length: batch.length }, (_, at) => textOf({ batch, at }))
    }
    const shown = await textsOf(store)
    expect(shown.toSorted()).toEqual(texts.toSorted())
    expect(await textsOf(opened.logs)).toEqual(shown)
  },
)

const folder = new URL('../../test/fixtures/', import.meta.url)
const fixture = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, folder)))

test.each([
  ['jaeger/checkout.json', '{ span.http.response.status_code >= 500 }'],
  ['zipkin/orders.json', '{ kind = server && duration > 1ms }'],
  ['tempo/checkout-v1.pb', '{ span.http.response.status_code >= 500 }'],
])('%s is asked with its own types: %s', async (path, traceql) => {
  const { opened } = read({ [path]: fixture(path) })
  await opened.end()
  expect(await search(opened, traceql)).toBeGreaterThan(0)
})

test('logs and metrics in protobuf are asked like those in JSON, and calls that servers counted are answered again', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const ns = 1_793_000_000_123_456_789n
  const calls = [{ parent: 'web', child: 'shop', callCount: 7, errorCount: undefined }]
  const { opened, found } = read({
    'logs.pb': logsProtobuf('shop', [[ns, 'no connection']], traceId),
    'metrics.pb': metricsProtobuf('shop', ns, traceId),
    'map/calls.json': encode(JSON.stringify(callsDocument([{ startMs: 1_000, endMs: 2_000, calls }]))),
  })
  expect(found.map(({ spans, lines, series, format }) => [spans, lines, series, format])).toEqual([
    [0, 1, 0, ''],
    [0, 0, 10, 'OTLP metrics protobuf'],
    [0, 0, 0, ''],
  ])
  // The window over which calls were counted is not the time of the lines.
  expect(await opened.end()).toMatchObject({
    lines: 1,
    series: 10,
    calls: 1,
    startMs: Number(ns / 1_000_000n),
  })
  const { series } = await opened.metrics.query('pool_timeouts_total', Number(ns / 1_000_000n) + 1)
  expect(series).toMatchObject([{ values: [2.5] }])
  expect(opened.logs.labelValues('service_name', '', { startMs: 0, endMs: 4e12 })).toEqual(['shop'])
  expect(opened.traces.dependencies({ startMs: 1_000, endMs: 2_000 })).toEqual(calls)
  expect(opened.traces.dependencies({ startMs: 0, endMs: 5_000 })).toEqual([])
})

test('every fixture is survived, together and in small pieces', async () => {
  const files = globSync('{chrome,jaeger,otlp,sdk,tempo,zipkin,invalid}/*.{json,jsonl,pb}', {
    cwd: folder,
  }).filter((path) => fixture(path).length > 0)
  const { opened, found } = read(Object.fromEntries(files.map((path) => [path, fixture(path)])), 777)
  const holds = await opened.end()
  expect(holds.spans).toBe(found.reduce((sum, { spans }) => sum + spans, 0))
  expect(await search(opened, '{ name != nil && .x != 1 && event:name != "x" && link:spanID != "y" }')).toBe(
    0,
  )
  for (const { traceId } of (await opened.traces.search(traceQuery(0, 4e12, { limit: 1_000 }))).traces)
    expect(opened.traces.trace(traceId)?.length).toBeGreaterThan(0)
})

const nested = (depth: number): string =>
  `${'{"arrayValue":{"values":['.repeat(depth)}{"intValue":1}${']}}'.repeat(depth)}`
const attributes = (value: string): string => `"attributes":[{"key":"deep","value":${value}}]`
const ns = '"1793000000000000000"'

/** Documents that are one value within another, to the bottom. */
const deep = nested(200_000)
const recursive: Readonly<Record<string, string>> = {
  span: `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${'1'.repeat(32)}","spanId":"${'2'.repeat(16)}","startTimeUnixNano":${ns},"endTimeUnixNano":${ns},${attributes(deep)}}]}]}]}`,
  line: `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":${ns},"body":${deep},${attributes(deep)}}]}]}]}`,
  point: `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"a","gauge":{"dataPoints":[{"timeUnixNano":${ns},"asInt":1,${attributes(deep)}}]}}]}]}]}`,
  answer: `{"status":"success","data":{"resultType":"matrix","result":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`,
  object: `[{"time":"2026-10-26T07:33:20Z","msg":${'['.repeat(200_000)}${']'.repeat(200_000)}}]`,
  brackets: '['.repeat(1_000_000),
}

test.each(Object.keys(recursive))('a %s that is nested without end ends nothing', async (name) => {
  const good = fixture('otlp/three-signals.jsonl')
  const { opened, found } = read({ [name]: encode(recursive[name]), 'good.jsonl': good })
  expect(found[1].spans).toBeGreaterThan(0)
  await opened.end()
  expect(await search(opened, '{ .deep != 1 }')).toBeGreaterThanOrEqual(0)
})

test('lines in different encodings stand beside one another', async () => {
  const line = 'level=info time=2026-10-26T07:33:20Z msg="größer"\n'
  const utf16 = Uint8Array.from(Buffer.from(`\uFEFF${line}`, 'utf16le'))
  const latin = Uint8Array.from(Buffer.from(line, 'latin1'))
  const { found } = read({ 'a.log': encode(line), 'b.log': utf16, 'c.log': latin })
  expect(found.map(({ lines }) => lines)).toEqual([1, 1, 1])
})

test('a span that two files hold is one, and a line that both hold are two', async () => {
  const file = fixture('otlp/three-signals.jsonl')
  const once = read({ 'a.jsonl': file })
  const twice = read({ 'a.jsonl': file, 'b.jsonl': Uint8Array.of(...file, 0x0a) })
  const [one, two] = [await once.opened.end(), await twice.opened.end()]
  expect(two.series).toBe(one.series)
  const counted = async ({ opened }: typeof once): Promise<readonly (number | undefined)[]> => {
    const { traces } = await opened.traces.search(traceQuery(0, 4e12, { limit: 100 }))
    return traces.map(({ spanCount }) => spanCount)
  }
  expect(await counted(twice)).toEqual(await counted(once))
})

const answer = (data: unknown) => encode(JSON.stringify({ status: 'success', data }))

test('a document is said to hold the series it has something of, also where another has had them before', () => {
  const metric = { __name__: 'up', job: 'a' }
  const { found } = read({
    'first.json': answer({ resultType: 'matrix', result: [{ metric, values: [[1, '1']] }] }),
    'next.json': answer({ resultType: 'matrix', result: [{ metric, values: [[2, '1']] }] }),
    'exemplars.json': answer([
      { seriesLabels: metric, exemplars: [{ labels: {}, value: '1', timestamp: 2 }] },
    ]),
    'metadata.json': answer({ up: [{ type: 'gauge', help: '', unit: '' }] }),
  })
  expect(found.map(({ series, format }) => `${series} ${format}`)).toEqual([
    '1 Prometheus answer',
    '1 Prometheus answer',
    '1 Prometheus answer',
    '0 Prometheus answer',
  ])
})

const answerOf = (names: readonly string[]): string =>
  JSON.stringify({
    status: 'success',
    data: {
      resultType: 'matrix',
      result: names.map((name) => ({ metric: { __name__: name }, values: [[1_793_000_000, '1']] })),
    },
  })

test('series of a document that breaks off are those that stand before that', async () => {
  const whole = answerOf(['one', 'two', 'three'])
  const { opened, found } = read({ 'series.json': encode(whole.slice(0, whole.indexOf('three'))) })
  expect(found).toMatchObject([{ series: 2 }])
  expect((await opened.end()).series).toBe(2)
})

test('a file of exemplars alone is of the time of its exemplars', async () => {
  const exemplars = [
    { labels: { trace_id: 'a' }, value: '0.5', timestamp: 1_793_000_000.25 },
    { labels: { trace_id: 'b' }, value: '2', timestamp: 1_793_000_060 },
  ]
  const data = [{ seriesLabels: { __name__: 'took_seconds_bucket', job: 'checkout' }, exemplars }]
  const { opened } = read({ 'exemplars.json': encode(JSON.stringify({ status: 'success', data })) })
  expect(await opened.end()).toMatchObject({
    series: 1,
    hasSamples: false,
    startMs: 1_793_000_000_250,
    endMs: 1_793_000_060_001,
  })
})

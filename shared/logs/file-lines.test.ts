import { expect, test } from 'vitest'
import { extraOf, labelsOf, levelOf, nsTextOf, textOf } from './batch.ts'
import { LogFile } from './file-lines.ts'
import { traceOf } from './trace-of-line.ts'

/** What the file says, newest first, read in pieces of a size. */
function read(text: string, size = text.length, mostLines = 1_000) {
  const file = new LogFile('shop.log', mostLines)
  for (let at = 0; at < text.length; at += size) file.push(text.slice(at, at + size))
  const log = file.end()
  if (log === undefined) return undefined
  const { batch, ...said } = log
  const lines = Array.from({ length: batch.length }, (_, at) => ({ batch, at }))
  return {
    ...said,
    lines: lines.map((line) => `${nsTextOf(line)} ${levelOf(line)} ${textOf(line)}`),
    labels: lines.map(labelsOf),
    traces: lines.map((line) => traceOf(line)?.traceId),
    metadata: lines.map((line) => extraOf(line).metadata),
  }
}

const traceId = '0af7651916cd43dd8448eb211c80319c'
const none = { count: 0, first: [] }
const whole = {
  unread: none,
  garbled: none,
  joined: none,
  deep: none,
  timeless: none,
  unreadEntries: 0,
  isCut: false,
}
const otlp = {
  resourceLogs: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeLogs: [
        {
          scope: { name: 'pool' },
          logRecords: [
            {
              timeUnixNano: '1793000000123456789',
              severityNumber: 17,
              severityText: 'ERROR',
              body: { stringValue: 'no connection' },
              attributes: [{ key: 'pool.size', value: { intValue: '10' } }],
              traceId,
            },
            {
              observedTimeUnixNano: '1793000000123456790',
              severityNumber: 9,
              body: {
                kvlistValue: { values: [{ key: 'a', value: { arrayValue: { values: [{ intValue: 1 }] } } }] },
              },
            },
          ],
        },
      ],
    },
  ],
}

test.each([
  ['one object', JSON.stringify(otlp)],
  ['an object over several lines', JSON.stringify(otlp, undefined, 2)],
  [
    'a line each, between other signals',
    `{"resourceSpans":[]}\n${JSON.stringify(otlp)}\n{"resourceMetrics":[]}\n`,
  ],
])('OTLP logs: %s', (_, text) => {
  for (const size of [text.length, 7])
    expect(read(text, size)).toEqual({
      ...whole,
      format: 'OTLP logs JSON',
      lines: ['1793000000123456790 info {"a":[1]}', '1793000000123456789 error no connection'],
      labels: [{ service_name: 'shop' }, { service_name: 'shop' }],
      traces: [undefined, traceId],
      metadata: [
        {
          detected_level: 'info',
          observed_timestamp: '1793000000123456790',
          scope_name: 'pool',
          severity_number: '9',
        },
        {
          detected_level: 'error',
          pool_size: '10',
          scope_name: 'pool',
          severity_number: '17',
          severity_text: 'ERROR',
          trace_id: traceId,
        },
      ],
    })
})

test('an answer of Loki, and what logcli prints', () => {
  const answer = {
    status: 'success',
    data: {
      resultType: 'streams',
      result: [{ stream: { app: 'shop' }, values: [['1793000000000000001', 'level=warn x']] }],
    },
  }
  const lines = ['1793000000000000001 warn level=warn x']
  expect(read(JSON.stringify(answer))).toMatchObject({ ...whole, format: 'Loki answer', lines })
  const line = { labels: { app: 'shop' }, line: 'level=warn x', timestamp: '2026-10-26T07:33:20.000000001Z' }
  expect(read(`${JSON.stringify(line)}\n`)).toMatchObject({
    ...whole,
    format: 'logcli lines',
    lines,
    labels: [{ app: 'shop' }],
  })
})

test('JSON lines are shown as they are, and those that make no sense are told by number', () => {
  const text = [
    `{"time":"2026-10-26T07:33:20.5Z","level":"error","msg":"a","service":"shop","trace_id":"${traceId}"}`,
    '{"time":"2026-10-26T07:3',
    '{"ts":1793000001.25,"msg":"b"}',
    '17',
    '{"timestamp":1793000002000,"message":"c","level":"INFO"}',
  ].join('\r\n')
  expect(read(text, 11)).toMatchObject({
    format: 'JSON lines',
    unread: { count: 2, first: [2, 4] },
    lines: [
      '1793000002000000000 info {"timestamp":1793000002000,"message":"c","level":"INFO"}',
      '1793000001250000000 unknown {"ts":1793000001.25,"msg":"b"}',
      `1793000000500000000 error ${text.split('\r\n')[0]}`,
    ],
    labels: [
      { filename: 'shop.log' },
      { filename: 'shop.log' },
      { filename: 'shop.log', service_name: 'shop' },
    ],
    traces: [undefined, undefined, traceId],
  })
})

test('lines with bytes that are no text are read, and counted', () => {
  const latin1 = Buffer.from(
    'ts=2026-10-26T07:33:20Z msg=caf\u00e9\nts=2026-10-26T07:33:21Z msg=tea\n',
    'latin1',
  )
  expect(read(new TextDecoder().decode(latin1))).toMatchObject({
    ...whole,
    garbled: { count: 1, first: [1] },
    format: 'logfmt',
  })
})

test('logfmt and text that begins with its time; what has none belongs to the line before', () => {
  expect(
    read(
      'nothing yet\nts=2026-10-26T07:33:20Z level=warn msg="a b"\nlevel=info time="2026-10-26T09:33:21+02:00"\n',
    ),
  ).toMatchObject({
    format: 'logfmt',
    unread: { count: 1, first: [1] },
    lines: [
      '1793000001000000000 info level=info time="2026-10-26T09:33:21+02:00"',
      '1793000000000000000 warn ts=2026-10-26T07:33:20Z level=warn msg="a b"',
    ],
  })
  expect(read('2026-10-26 07:33:20,125 ERROR failed\n  at pool.ts:3\n  at shop.ts:9\n')).toMatchObject({
    ...whole,
    format: 'text with times',
    lines: ['1793000000125000000 error 2026-10-26 07:33:20,125 ERROR failed\n  at pool.ts:3\n  at shop.ts:9'],
  })
})

test.each([
  '',
  '{}',
  '[1,2]',
  '{"name":"shop"}',
  '{"a":1',
  'hello\nworld',
  'x\n'.repeat(1_000),
  '{"data":[]}',
])('%j is no log', (text) => expect(read(text)).toBeUndefined())

test('so many lines are kept, and that there are more is told', () => {
  const log = read('ts=1793000000 msg=a\nts=1793000001 msg=b\nts=1793000002 msg=c\n', 5, 2)
  expect(log).toMatchObject({
    isCut: true,
    lines: [
      '1793000001000000000 unknown ts=1793000001 msg=b',
      '1793000000000000000 unknown ts=1793000000 msg=a',
    ],
  })
})

test('a line without a time that goes on from no stack trace is told, and where it stands', () => {
  const log = read('ts=2026-10-26T07:33:20Z msg=a\n  at pool.ts:3\nCaused by: x\nfree words\n')
  expect(log).toMatchObject({ ...whole, joined: { count: 1, first: [4] } })
})

test('attributes of a record of OTLP may have any name, the last of one name counts, and what the record says itself comes before them', () => {
  const attributes = [
    ['__proto__', 'a'],
    ['pool.size', '10'],
    ['pool.size', '20'],
    ['trace_id', 'b'],
  ].map(([key, stringValue]) => ({ key, value: { stringValue } }))
  const record = { timeUnixNano: '1793000000123456789', body: { stringValue: 'c' }, attributes, traceId }
  const [metadata] =
    read(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }))?.metadata ?? []
  expect(Object.entries(metadata)).toEqual([
    ['__proto__', 'a'],
    ['pool_size', '20'],
    ['trace_id', traceId],
  ])
})

test('what is nested too deep in a record of OTLP is left out, and told', () => {
  const deep = (levels: number): unknown =>
    levels === 0 ? { stringValue: 'end' } : { arrayValue: { values: [deep(levels - 1)] } }
  const record = (levels: number) => ({ timeUnixNano: '1793000000000000000', body: deep(levels) })
  const logRecords = [record(3), record(80)]
  const log = read(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }))
  expect(log).toMatchObject({ ...whole, deep: { count: 1, first: [2] } })
})

test('zeros and ten million brackets are given up at once', () => {
  const zeros = new LogFile('zeros.bin', 10)
  zeros.push('\0'.repeat(1_000))
  expect([zeros.isOver, zeros.end()]).toEqual([true, undefined])
  const began = performance.now()
  for (const bracket of ['[', '{"a":']) {
    const file = new LogFile('deep.json', 10, { takeOther: () => false })
    file.push(bracket.repeat(10_000_000 / bracket.length))
    expect(file.end()).toBeUndefined()
  }
  expect(performance.now() - began).toBeLessThan(2_000)
})

test('records of OTLP and entries of Loki without a time are told; before 1970 is none', () => {
  const records = ['1793000000000000000', '0', '-5', undefined, '1793000000000000001'].map(
    (timeUnixNano) => ({
      timeUnixNano,
      body: { stringValue: 'a' },
    }),
  )
  const log = read(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: records }] }] }))
  expect(log).toMatchObject({ ...whole, timeless: { count: 3, first: [2, 3, 4] } })
  const values = [
    ['1793000000000000000', 'a'],
    ['-5', 'b'],
    [7, 'c'],
  ]
  const data = { resultType: 'streams', result: [{ stream: { app: 'a' }, values }] }
  expect(read(JSON.stringify({ status: 'success', data }))).toMatchObject({ ...whole, unreadEntries: 2 })
  const zero = '{"time":"0001-01-01T00:00:00Z","msg":"of no time"}'
  expect(read(`{"time":"2026-10-26T07:33:20Z","msg":"a"}\n${zero}\n`)).toMatchObject({
    ...whole,
    unread: { count: 1, first: [2] },
  })
})

const lastLetters = ({ lines = [] }: { lines?: readonly string[] } = {}) =>
  lines.map((line) => line.slice(-1))
const lineAt = (second: number, text: string) => `ts=2026-10-26T07:33:2${second}Z msg=${text}\n`
const lokiAnswer = (...values: readonly (readonly [string, string])[]) =>
  JSON.stringify({ data: { resultType: 'streams', result: [{ stream: { app: 'a' }, values }] } })

test('of the same instant the later line of a file is the newer, and so is the earlier one of an answer that begins with the newest', () => {
  expect(lastLetters(read(lineAt(0, 'a') + lineAt(0, 'b') + lineAt(1, 'c') + lineAt(1, 'd')))).toEqual([
    'd',
    'c',
    'b',
    'a',
  ])
  const [early, late] = ['1793000000000000000', '1793000000000000001']
  expect(lastLetters(read(lokiAnswer([late, 'd'], [late, 'c'], [early, 'b'], [early, 'a'])))).toEqual([
    'd',
    'c',
    'b',
    'a',
  ])
  expect(lastLetters(read(lokiAnswer([early, 'a'], [early, 'b'], [late, 'c'], [late, 'd'])))).toEqual([
    'd',
    'c',
    'b',
    'a',
  ])
})

const logfmtLine = (more: string, at: number) => `time=2026-10-26T07:33:2${at}Z ${more} msg="added item"\n`

test('a line of logfmt is of the service that it names', () => {
  const text =
    logfmtLine('service=order', 0) +
    logfmtLine('level=info service.name="web bff"', 1) +
    logfmtLine('level=info', 2)
  expect(read(text)?.labels).toEqual([
    { filename: 'shop.log' },
    { filename: 'shop.log', service_name: 'web bff' },
    { filename: 'shop.log', service_name: 'order' },
  ])
})

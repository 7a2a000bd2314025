import { expect, test } from 'vitest'
import type { Problem } from '#shared/trace/table'
import { LogFile } from '#shared/logs/file-lines'
import type { InputReport } from '../worker/messages'
import { fileSaid } from './file-said'

const problem = (kind: Problem['kind'], message: string): Problem => ({ kind, count: 1, message, rows: [] })
const cut = problem('cut-off', 'a.json ends in the middle.')
const unread = problem('unreadable-span', '1 span could not be read.')
const error = (kind: 'cut-off' | 'too-large') => ({
  kind,
  message: 'a.json is …',
  detail: undefined,
  advice: '',
  status: undefined,
})
const report: InputReport = {
  name: 'a.json',
  format: 'OTLP JSON',
  bytes: 10,
  spans: 1,
  error: undefined,
  problems: [],
  note: undefined,
}

const warnings = (of: Partial<InputReport>) => fileSaid({ ...report, ...of }, undefined, undefined).warnings

test('that a file is cut off is told once', () => {
  expect(warnings({ error: error('cut-off'), problems: [cut, unread] })).toEqual([unread.message])
  expect(warnings({ error: error('too-large'), problems: [cut] })).toEqual([cut.message])
  expect(warnings({ problems: [cut] })).toEqual([cut.message])
})

test('a line of a log that could not be read is told once; beside spans it is another fault', () => {
  const file = new LogFile('a.json', 10)
  file.push('no line\nlevel=info ts=2026-10-26T07:33:20.010Z msg=started\n')
  const log = { name: 'a.json', ...file.end()! }
  const said = '1 line of a.json could not be read and was left out: line 1.'
  const beside = (spans: number) =>
    fileSaid({ ...report, spans, problems: [unread] }, log, undefined).warnings
  expect([beside(0), beside(3)]).toEqual([[said], [said, unread.message]])
})

test('an object of something else is told; where the file was looked through for lines, with those', () => {
  const strange = problem('unknown-object', '1 object of a.json was not understood.')
  expect(warnings({ problems: [strange] })).toEqual([strange.message])
  const file = new LogFile('a.json', 10)
  file.push('{"hello":1}\n{"time":"2026-10-26T07:33:20Z","msg":"started"}\n')
  const log = { name: 'a.json', ...file.end()! }
  expect(fileSaid({ ...report, problems: [strange] }, log, undefined).warnings).toEqual([
    '1 line of a.json could not be read and was left out: line 1.',
  ])
})

test('metrics in a file without spans are no fault of it, and have their own form and count', () => {
  const document = {
    name: 'a.json',
    spans: 0,
    lines: 0,
    series: 3,
    format: 'Prometheus answer',
    problems: ['1 point …'],
  }
  const of = { ...report, spans: 0, format: '', error: error('too-large') }
  expect(fileSaid(of, undefined, document)).toEqual({
    name: 'a.json',
    format: 'Prometheus answer',
    bytes: 10,
    spans: 0,
    lines: 0,
    series: 3,
    wasRead: true,
    error: undefined,
    warnings: ['1 point …'],
  })
})

test.each([
  [
    JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'a' } }] }] }] }),
    'OTLP logs JSON',
    'a.json holds log records, and none of them has a time.',
  ],
  [
    JSON.stringify({ data: { resultType: 'streams', result: [{ stream: {}, values: [['-5', 'b']] }] } }),
    'Loki answer',
    'a.json is an answer of Loki, and none of its entries has a time and a text.',
  ],
  [
    '{"level":"info"}\n{"msg":"b"}\n',
    'JSON lines',
    'a.json looks like a log of JSON, and none of its lines has a time.',
  ],
])('a log of which nothing has a time is refused for that reason', (text, format, message) => {
  const file = new LogFile('a.json', 10)
  file.push(text)
  const of = { ...report, spans: 0, format: '', error: error('too-large') }
  const said = fileSaid(of, { name: 'a.json', ...file.end()! }, undefined)
  expect(said).toMatchObject({ format, lines: 0, warnings: [], error: { message } })
  expect(said.error?.advice).toMatch(/^Lines stand by their times: /)
})

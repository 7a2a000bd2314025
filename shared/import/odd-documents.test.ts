import { expect, test } from 'vitest'
import { TraceImport } from './index.ts'

const span = (id: number, start: string): string =>
  `{"traceId":"${'1'.repeat(32)}","spanId":"${String(id).repeat(16)}","name":"n","startTimeUnixNano":${start},"endTimeUnixNano":"1793000000000000001"}`
const time = '"1793000000000000000"'
const whole = `{"resourceSpans":[{"scopeSpans":[{"spans":[${span(1, time)}]}]}]}`

const zipkin = (start: string): string =>
  `{"traceId":"${'1'.repeat(16)}","id":"${'2'.repeat(16)}","name":"n","timestamp":${start},"duration":5}`

function reportOf(lines: readonly (string | Uint8Array)[]) {
  const document = new TraceImport().addDocument('a.jsonl', true)
  for (const line of lines) {
    document.push(typeof line === 'string' ? new TextEncoder().encode(line) : line)
    document.push(new TextEncoder().encode('\n'))
  }
  document.end()
  const { spans, error, problems } = document.report
  return { spans, error: error?.message, problems: problems.map(({ message }) => message) }
}

const deep = `{"resourceSpans":[{"scopeSpans":[{"spans":[${span(2, time).replace(/\}$/, `,"x":${'['.repeat(300)}${']'.repeat(300)}}`)}]}]}]}`
const latin = Uint8Array.from(new TextEncoder().encode(whole.replace('"n"', '"na?ve"')), (byte) =>
  byte === 0x3f ? 0xef : byte,
)

test.each<[string, string | Uint8Array, number, string]>([
  [
    'a list that is none',
    '{"resourceSpans":[{"scopeSpans":"words"}]}',
    1,
    'In a.jsonl, “scopeSpans” is not a list, at line 2: what should be there was left out.',
  ],
  [
    'an entry that is none',
    '{"resourceSpans":[7,{"scopeSpans":[{"spans":{}}]}]}',
    1,
    'In a.jsonl, an entry of “resourceSpans” is not an object, at line 2: what should be there was left out.',
  ],
  [
    'a start that is an object',
    `{"resourceSpans":[{"scopeSpans":[{"spans":[${span(2, '{"low":1}')}]}]}]}`,
    2,
    'The start of 1 span of a.jsonl could not be read as a time, at line 2.',
  ],
  [
    'values nested too deep',
    deep,
    2,
    '1 value of a.jsonl is nested more than 100 brackets deep, at line 2; what is deeper is shown as text, and not searched.',
  ],
  ['bytes that are no text', latin, 2, '1 character of a.jsonl is no UTF-8, at line 2; shown as �.'],
  [
    'an object of something else',
    '{"hello":1,"deep":{"data":[{}]}}',
    1,
    '1 object of a.jsonl was not understood and was left out, at line 2: it holds no spans, log lines or metrics in a form that is known.',
  ],
  [
    'a last line that is broken',
    '{"resourceSpans" oops',
    1,
    'A part of a.jsonl from line 2 on could not be read and was left out.',
  ],
])('%s is told with its file and line, and is no error of the rest', (_, line, spans, sentence) => {
  const report = reportOf([whole, line])
  expect(report).toMatchObject({ spans, error: undefined })
  expect(report.problems).toContain(sentence)
})

test.each([
  '{"resourceSpans": [oops',
  '{"resourceSpans":[',
  '{"resourceSpans":[{"resource":{},"scopeSpans":[',
])('%j in the middle takes nothing of the lines behind it along', (line) => {
  const logs = '{"resourceLogs":[]}'
  const { spans, error, problems } = reportOf([whole, line, whole, logs, whole])
  expect({ spans, error }).toEqual({ spans: 3, error: undefined })
  expect(problems).toContain('A part of a.jsonl from line 2 on could not be read and was left out.')
  expect(problems).toContain('1 object of a.jsonl holds OpenTelemetry logs, which are no part of a trace.')
})

test('null is no value, and nothing is told of it', () => {
  expect(reportOf([whole, '{"resourceSpans":[{"scopeSpans":null}]}']).problems).toEqual([])
})

test('what holds no span at all says from which line on it cannot be read', () => {
  expect(reportOf(['{"resourceSpans":[]}', '{"resourceSpans" oops']).error).toBe(
    'a.jsonl cannot be read from line 2 on, where it stops being JSON.',
  )
})

test('a start of Zipkin that is an object is told', () => {
  const { spans, problems } = reportOf([zipkin('1793000000000000'), zipkin('{"low":1}')])
  expect({ spans, problems }).toEqual({
    spans: 2,
    problems: ['The start of 1 span of a.jsonl could not be read as a time, at line 2.'],
  })
})

test('what is packed twice, and all that could be opened, is said', () => {
  const document = new TraceImport().addDocument('a.zip › b.zip', true)
  document.push(new Uint8Array([0x50, 0x4b, 3, 4]))
  document.end()
  expect(document.report.error?.message).toBe(
    'a.zip › b.zip is packed twice: what was unpacked is zip again, which Clew does not look into.',
  )
  expect(reportOf(['words']).error).toContain('is text')
})

test('objects of something else are counted with their lines, among spans, logs or metrics; what is known is none', () => {
  const known = ['{}', '{"resourceLogs":[]}', '{"x":1,"resourceMetrics":[]}', '{"data":[],"total":0}']
  expect(reportOf([whole, ...known]).problems.join(' ')).not.toContain('understood')
  const said = '3 objects of a.jsonl were not understood and were left out, at lines 2, 4 and 5: they hold'
  const mixed = ['{"hello":1}', '', '[{"message":"words"},', '{"a":{"b":1},"c":2}]']
  for (const first of [whole, '{"resourceLogs":[]}', '{"resourceMetrics":[]}'])
    expect(reportOf([first, ...mixed, whole]).problems.join(' ')).toContain(said)
  // In pieces of any size.
  const document = new TraceImport().addDocument('a.jsonl', true)
  for (const byte of new TextEncoder().encode([whole, ...mixed].join('\n')))
    document.push(Uint8Array.of(byte))
  document.end()
  expect(document.report.problems.map(({ message }) => message).join(' ')).toContain(said)
  // Nothing that is known: the file is something else as a whole.
  expect(reportOf(['{"hello":1}', '{"hello":2}'])).toMatchObject({ spans: 0, problems: [] })
})

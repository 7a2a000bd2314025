import { expect, test } from 'vitest'
import { TraceImport } from './index.ts'

function read(bytes: Uint8Array, isFile: boolean) {
  const document = new TraceImport().addDocument('x.json', isFile)
  document.push(bytes)
  document.end()
  return document.report
}
const utf8 = (text: string) => new TextEncoder().encode(text)

test.each(['{"data":[]}', '{"data":[],"total":0,"limit":0,"offset":0,"errors":null}'])(
  '%s is an answer of Jaeger without a trace',
  (text) => {
    const { format, error } = read(utf8(text), true)
    expect(format).toBe('Jaeger JSON')
    expect(error?.message).toBe('x.json is an empty answer of Jaeger: there is no trace in it.')
    expect(error?.advice).not.toContain('time range')
  },
)

test.each(['{"data":"x"}', '{"data":[1]}', '{"data":[],"nodes":[]}', '{"a":{"data":[]}}'])(
  '%s is not taken for an answer of Jaeger',
  (text) => expect(read(utf8(text), true).format).toBe(''),
)

test.each(['{}', '[]'])('%s holds no span: a file is checked, a server is asked otherwise', (text) => {
  const ofFile = read(utf8(text), true).error
  expect(ofFile?.message).toBe('x.json is JSON without any span in it.')
  expect(ofFile?.advice).toContain('the right file')
  expect(read(utf8(text), false).error?.advice).toContain('time range')
})

const span =
  '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"11111111111111111111111111111111","spanId":"2222222222222222",' +
  '"name":"n","startTimeUnixNano":"1793000000000000000","endTimeUnixNano":"1793000000000000001"}]}]}]}'

test.each([
  ['{"data":[{"traceID":"1","spans":[', 'is cut off'],
  ['[] nonsense that is no JSON', 'stops being JSON'],
  [' \n', 'is empty'],
])('%s %s: a file is saved again, a server asked again', (text, words) => {
  const ofFile = read(utf8(text), true).error
  const ofServer = read(utf8(text), false).error
  expect(ofServer?.message).toContain(words)
  expect(ofFile?.message).toBe(ofServer?.message)
  expect(ofFile?.advice).toMatch(/^Save/)
  expect(ofServer?.advice).toBe('Reload to ask again.')
})

test('a long answer without a span is not taken for that of a trace that is gone', () => {
  const { error } = read(utf8(`{"result":${' '.repeat(2_000_000)}{}}`), false)
  expect(error?.kind).toBe('bad-answer')
  expect(error?.message).toMatch(/ of 2\D000\D013 bytes, and there is no span in it\.$/)
  expect(error?.advice).toContain('proxy')
})

test('a byte order mark of UTF-8 is passed over', () => {
  const { spans, error } = read(Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8(span)), true)
  expect({ spans, error }).toEqual({ spans: 1, error: undefined })
})

test.each([true, false])('UTF-16 is said in words (little-endian: %s)', (isLittle) => {
  const bytes = new Uint8Array(2 * (span.length + 1))
  const view = new DataView(bytes.buffer)
  for (let at = 0; at <= span.length; at++)
    view.setUint16(at * 2, at === 0 ? 0xfeff : span.charCodeAt(at - 1), isLittle)
  const { error } = read(bytes, true)
  expect(error?.message).toBe('x.json is text in UTF-16, not in UTF-8.')
  expect(error?.advice).toContain('Save it as UTF-8')
})

test('a JSON value that can be no trace is not said to be no JSON', () => {
  const { error } = read(utf8('null'), true)
  expect(error?.message).toBe('x.json is text, and neither a JSON object nor a list: it begins with “null”.')
})

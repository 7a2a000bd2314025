import { expect, test, vi } from 'vitest'
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

test.each([
  [true, 1],
  [false, 1],
  [true, 0],
  [false, 0],
])('UTF-16 is read as what it says (little-endian: %s, with a mark: %i)', (isLittle, mark) => {
  const text = mark === 1 ? `\ufeff${span}` : span
  const bytes = new Uint8Array(2 * text.length)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle)
  expect(read(bytes, true)).toMatchObject({ spans: 1, bytes: bytes.length, error: undefined, problems: [] })
})

test('white space without end is not copied at each piece of it', () => {
  let copied = 0
  // oxlint-disable-next-line typescript/unbound-method -- called with what it is called on
  const { set } = Uint8Array.prototype
  const spy = vi.spyOn(Object.getPrototypeOf(Uint8Array.prototype) as Uint8Array, 'set')
  spy.mockImplementation(function (this: Uint8Array, from, at) {
    copied += from.length
    set.call(this, from, at)
  })
  const document = new TraceImport().addDocument('blanks.json')
  const blanks = new Uint8Array(16_384).fill(0x20)
  for (let piece = 0; piece < 500; piece++) document.push(blanks)
  spy.mockRestore()
  expect(copied).toBeLessThan(4 * 500 * blanks.length)
})

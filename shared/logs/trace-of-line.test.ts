import { describe, expect, it } from 'vitest'
import type { LogLine } from './batch'
import { fieldsIn } from './line-fields'
import { readAnswer } from './read-lines'
import { traceOf } from './trace-of-line'

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const span = '00f067aa0ba902b7'

function line(text: string, metadata: object = {}, stream: object = {}): LogLine {
  const result = [{ stream, values: [['1', text, { structuredMetadata: metadata }]] }]
  return { batch: readAnswer({ data: { resultType: 'streams', result } }, 'newest').batch, at: 0 }
}

it.each<[LogLine, string | undefined, string]>([
  [line('x', { trace_id: trace, span_id: span }), span, 'trace_id in metadata'],
  [line('x', {}, { traceID: trace.toUpperCase() }), undefined, 'traceID in labels'],
  [line(JSON.stringify({ msg: 'x', traceID: trace, spanID: span })), span, 'an id in the line'],
  [line(`ts=1 trace_id=${trace} span_id=${span} msg="x"`), span, 'an id in the line'],
  [line(`failed, trace id: see trace-id: 0x${trace}.`), undefined, 'an id in the line'],
  [line(`traceparent: 00-${trace}-${span}-01`), span, 'traceparent in the line'],
  [line(`{"trace":{"id":"${trace}"}} traceId='${trace}'`), undefined, 'an id in the line'],
])('a line says which trace it belongs to (%#)', (of, spanId, where) => {
  expect(traceOf(of)).toMatchObject({ traceId: trace, spanId, where })
})

it('a label or metadata that names the trace is told as it is written; what was read out of the line is not', () => {
  expect(traceOf(line('x', {}, { traceID: trace.toUpperCase() }))?.beside).toEqual({
    name: 'traceID',
    value: trace.toUpperCase(),
    span: undefined,
  })
  expect(traceOf(line(`trace_id=${trace} msg="x"`))?.beside).toBeUndefined()
})

it('ids of 64 bits are padded', () => {
  expect(traceOf(line('x', { traceid: '463ac35c9f6413ad' }))?.traceId).toBe(
    '0000000000000000463ac35c9f6413ad',
  )
})

it.each(['no id', 'trace_id=00000000000000000000000000000000', 'trace_id=abc', `hash ${trace}`])(
  '“%s” names no trace',
  (text) => {
    expect(traceOf(line(text))).toBeUndefined()
  },
)

describe('fields of a line', () => {
  it.each<[string, unknown]>([
    [
      '{"msg":"x","http":{"status":200,"url.path":"/a"},"list":[1],"none":null}',
      { kind: 'json', fields: { msg: 'x', http_status: '200', http_url_path: '/a' } },
    ],
    [
      'level=info msg="said \\"hi\\"" took=5ms',
      { kind: 'logfmt', fields: { level: 'info', msg: 'said "hi"', took: '5ms' } },
    ],
    ['a=b is an equation', undefined],
    ['{not json} x', undefined],
    ['plain words', undefined],
  ])('%s', (text, fields) => {
    expect(fieldsIn(text)).toEqual(fields)
  })
})

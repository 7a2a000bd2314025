import { describe, expect, it } from 'vitest'
import type { TraceNaming } from '#shared/api/contract'
import type { LogLine } from './batch'
import { fieldsIn } from './line-fields'
import { readAnswer } from './read-lines'
import { placeOfTrace, traceOf } from './trace-of-line'

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const span = '00f067aa0ba902b7'

function line(text: string, metadata: object = {}, stream: object = {}): LogLine {
  const result = [{ stream, values: [['1', text, { structuredMetadata: metadata }]] }]
  return { batch: readAnswer({ data: { resultType: 'streams', result } }, 'newest').batch, at: 0 }
}

it.each<[LogLine, string | undefined, string]>([
  [line('x', { trace_id: trace, span_id: span }), span, 'trace_id in metadata'],
  [line('x', {}, { traceID: trace.toUpperCase() }), undefined, 'traceID in labels'],
  [line(JSON.stringify({ msg: 'x', traceID: trace, spanID: span })), span, 'JSON field traceID'],
  [line(`ts=1 trace_id=${trace} span_id=${span} msg="x"`), span, 'logfmt field trace_id'],
  [line(`ts=1 ctx.trace_id="${trace}" msg="x"`), undefined, 'logfmt field ctx.trace_id'],
  [line(`failed, trace id: see trace-id: 0x${trace}.`), undefined, 'an id in the line'],
  [line(`traceparent: 00-${trace}-${span}-01`), span, 'traceparent in the line'],
  [line(`{"trace":{"id":"${trace}"}} traceId='${trace}'`), undefined, 'logfmt field traceId'],
  [line(`waited 4500ms, trace ${trace}, gave up`), undefined, 'an id in the line'],
  [line(`INFO [order-service,${trace},${span}] paid`), span, 'both ids side by side in the line'],
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

describe('where a source is known to name its traces, nothing else is taken for one', () => {
  const order = 'aa00f0c2a7d94c1e8b03d5c6f2119a7e'
  const of = line(`order_trace=${order} tid=${trace} order ${order}`, { traceid: order, request: trace })
  it.each<[TraceNaming, string | undefined]>([
    [{ in: 'metadata', name: 'request' }, trace],
    [{ in: 'metadata', name: 'trace_id' }, undefined],
    [{ in: 'field', name: 'tid' }, trace],
    [{ in: 'field', name: 'trace' }, undefined],
    [{ in: 'text', name: '' }, order],
    [{ in: 'nowhere', name: '' }, undefined],
  ])('%o', (naming, traceId) => {
    expect(traceOf(of, naming)?.traceId).toBe(traceId)
  })
  it('an id that nothing names is taken where ids are known to stand in the text', () => {
    expect(traceOf(line(`paid [${trace}]`), { in: 'text', name: '' })?.where).toBe(
      'an id in the line, by its shape',
    )
  })
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

it.each<[LogLine, TraceNaming | undefined]>([
  [line('x', { order: trace }), { in: 'metadata', name: 'order' }],
  [line('x', { trace_id: span }, { Tid: trace.toUpperCase() }), { in: 'metadata', name: 'Tid' }],
  [line('x', { dd: trace.slice(16) }), { in: 'metadata', name: 'dd' }],
  [line(JSON.stringify({ at: 1, request: trace })), { in: 'field', name: 'request' }],
  [line(`ts=1 req.id="${trace}" msg="x"`), { in: 'field', name: 'req.id' }],
  [line(`waited for ${trace}, gave up`), { in: 'text', name: '' }],
  [line(`traceparent: 00-${trace}-${span}-01`), { in: 'text', name: '' }],
  [line(`of ${trace}0 and ${span}`), undefined],
])('where a line names a trace is found whatever that is called (%#)', (of, place) => {
  expect(placeOfTrace(of, trace)).toEqual(place)
})

it('an id with leading zeros is found without them', () => {
  const zeros = `0000${trace.slice(4)}`
  expect(placeOfTrace(line('x', { id: zeros.slice(4) }), zeros)).toEqual({ in: 'metadata', name: 'id' })
})

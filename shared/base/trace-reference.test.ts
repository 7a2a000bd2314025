import { expect, test } from 'vitest'
import { parseTraceReference } from './trace-reference'

const id = '4be1f0c2a9d84e7fb6c3d1e2f3a49a7e'
const span = '00f067aa0ba902b7'
const base64 = 'S+HwwqnYTn+2w9Hi86Safg=='

const said: readonly (readonly [string, string, string?])[] = [
  ['32 hex digits', id],
  ['capitals, spaces and quotes around', `  "${id.toUpperCase()}", `],
  ['0x in front', `0x${id}`],
  ['dashes as in a UUID', '4be1f0c2-a9d8-4e7f-b6c3-d1e2f3a49a7e'],
  ['base64 with padding', base64],
  ['base64 without padding', base64.slice(0, -2)],
  ['base64 in the URL alphabet', base64.replaceAll('+', '-').replaceAll('/', '_')],
  ['a traceparent', `00-${id}-${span}-01`, span],
  ['a traceparent header', `traceparent: 00-${id}-${span}-01`, span],
  ['a traceparent inside a command', `curl -H 'traceparent: 00-${id}-${span}-01' http://localhost/`, span],
  ['an uber-trace-id', `uber-trace-id: ${id}:f067aa0ba902b7:0:1`, span],
  ['a b3 header', `b3: ${id}-${span}-1-05e3ac9a4f6e3b90`, span],
  ['an X-Ray header', `Root=1-4be1f0c2-a9d84e7fb6c3d1e2f3a49a7e;Parent=${span};Sampled=1`, span],
  ['a Jaeger link', `https://jaeger.example.com/prefix/trace/${id}?uiFind=${span}`, span],
  ['a Zipkin link', `http://localhost:9411/zipkin/traces/${id}`],
  ['a Tempo link', `http://localhost:3200/api/v2/traces/${id}?start=1&end=2`],
  [
    'a Grafana link with panes',
    `https://g.example.com/explore?schemaVersion=1&panes=${encodeURIComponent(`{"a":{"queries":[{"refId":"A","query":"${id}"}]}}`)}`,
  ],
  [
    'an older Grafana link',
    `https://g.example.com/explore?left=${encodeURIComponent(`["now-1h","now","Tempo",{"query":"${id}"}]`)}`,
  ],
  [
    'a Grafana drilldown link',
    `https://g.example.com/a/grafana-exploretraces-app/explore?traceId=${id}&spanId=${span}`,
    span,
  ],
  ['a link of our own', `http://127.0.0.1:4300/trace?source=jaeger&id=${id}&span=${span}`, span],
  ['a deep link', `clew://trace/${id}`],
  ['a log line', `level=error trace_id=${id} span_id=${span} msg="pool exhausted"`, span],
  ['a JSON log line', `{"level":"error","traceId":"${id}"}`],
]

test.each(said.map(([what, text, spanId]) => ({ what, text, spanId })))('reads $what', ({ text, spanId }) => {
  expect(parseTraceReference(text)).toMatchObject({
    traceId: id,
    spanId,
  })
})

test('short ids get their zeros back', () => {
  expect(parseTraceReference('a31f5c0e77b2d4c1')?.traceId).toBe('0000000000000000a31f5c0e77b2d4c1')
  expect(parseTraceReference('1f0c2a9d84e7fb6c3d1e2f3a49a7')?.traceId).toBe(
    '00001f0c2a9d84e7fb6c3d1e2f3a49a7',
  )
})

test.each([
  [''],
  ['payment-service'],
  ['order-service-paymentsA'],
  ['checkout-svc'],
  ['GET /api/checkout'],
  ['deadbeef'],
  ['0'.repeat(32)],
  [`${id}0`],
  ['https://example.com/trace/'],
  ['https://example.com/traces?service=payment'],
  ['https://example.com/%E0%A4%A/x'],
  ['{ resource.service.name = "order-service" && duration > 500ms }'],
])('%j names no trace', (text) => {
  expect(parseTraceReference(text)).toBeUndefined()
})

test('a number of decimal digits, and base64 without padding, are only maybe an id', () => {
  expect(parseTraceReference('1793000000123456')?.isSure).toBe(false)
  expect(parseTraceReference(base64.slice(0, -2))?.isSure).toBe(false)
  expect(parseTraceReference(id)?.isSure).toBe(true)
})

test('a document that happens to hold an id is not a reference', () => {
  expect(parseTraceReference(`trace_id=${id}${' '.repeat(10_000)}`)).toBeUndefined()
})

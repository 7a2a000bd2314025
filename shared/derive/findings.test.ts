import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { criticalPath } from '#shared/derive/critical-path'
import { findings } from '#shared/derive/findings'
import { errorMessage } from '#shared/derive/findings/error-finding'
import type { SpanDetail } from '#shared/trace/detail'

function detail(change: Partial<SpanDetail>): SpanDetail {
  return {
    spanId: '0000000000000001',
    traceId: '0'.repeat(32),
    parentSpanId: undefined,
    startNs: 0n,
    impossibleStart: undefined,
    traceState: undefined,
    statusMessage: undefined,
    attributes: [],
    events: [],
    links: [],
    resource: [],
    scope: undefined,
    warnings: [],
    dropped: { attributes: 0, events: 0, links: 0 },
    raw: '',
    ...change,
  }
}

function found(text: string, change: Partial<SpanDetail> = {}): string[] {
  const trace = traceFromText(text)
  return findings(trace, criticalPath(trace), () => detail(change)).map(
    ({ kind, title, text, row, rows }) => `${kind} | ${title} | ${text} | ${row} of ${rows.length}`,
  )
}

const selects = Array.from(
  { length: 200 },
  (_, at) => `      inventory: SELECT stock_levels ${100 + at}..${100.9 + at} client db.system=postgresql`,
).join('\n')

test('the incident of the pictures tells its story in four sentences', () => {
  expect(
    found(
      `
edge: POST /api/checkout      0..4870  error
  shop: POST /orders          5..4860  error
    inventory: reserve       90..310
${selects}
    payment: POST /charge   320..4840  error
      payment: pool.acquire 332..4832  error
`,
      { statusMessage: 'connection pool exhausted' },
    ),
  ).toEqual([
    'wait | 4.50 s of 4.87 s is one wait | payment, pool.acquire | 204 of 1',
    'error | First error: connection pool exhausted | payment, pool.acquire; then in 3 spans above, up to edge | 204 of 4',
    'repeat | 200 × SELECT stock_levels | one by one in inventory, 180 ms | 3 of 200',
  ])
})

test('many waits of a kind are one finding', () => {
  const waits = Array.from({ length: 9 }, (_, at) => `  a: lock.acquire ${at * 10}..${at * 10 + 9}`)
  expect(found(`a: root 0..100\n${waits.join('\n')}`)[0]).toBe(
    'wait | 81.0 ms of 100 ms is 9 waits | a, lock.acquire | 1 of 9',
  )
})

test('where nothing waits, the span that worked longest is named for what it is', () => {
  expect(found('a: root 0..100\n  b: query 10..90 client db.system=redis')[0]).toBe(
    'work | 80.0 ms of 100 ms is one database call | b, query | 1 of 1',
  )
  expect(found('a: root 0..100\n  b: call 10..90 client')[0]).toBe(
    'work | 80.0 ms of 100 ms is one call whose other side is not in the trace | b, call | 1 of 1',
  )
  expect(found('a: root 0..100\n  b: small 10..20')[0]).toBe(
    'work | root works alone for 90.0 ms of 100 ms | a, while none of its children runs | 0 of 1',
  )
})

test('a span is not said to work alone while children run that it does not wait for', () => {
  expect(found('a: root 0..100\n  b: fire and forget 10..190')[0]).toBe(
    'work | root works for 100 ms of 100 ms | a, without waiting for a child | 0 of 1',
  )
})

test('a moved clock says whose, by how much and which way', () => {
  const finding = found(`
    a: call      0..100  client
      b: serve  -50..40  server
        b: work -40..30
        b: more  31..39
  `).find((line) => line.startsWith('clock'))
  expect(finding).toBe('clock | b clock −55.0 ms | 3 spans shifted forward to fit the callers | 1 of 3')
})

test('missing parents are said, with the spans below them', () => {
  expect(
    found(`
      a: root   0..100
      ? lost
        b: one  5..10
        b: two 10..20
    `).at(-1),
  ).toBe(
    'missing | 1 parent never arrived | 2 spans stand below a dashed row; the trace may be incomplete | 1 of 1',
  )
})

test('a healthy short trace of one span says nothing', () => {
  expect(found('a: root 0..100')).toEqual([])
  expect(found('')).toEqual([])
})

test('the message of a failure is taken from where there is one, on one line', () => {
  const exception = {
    name: 'exception',
    timeNs: 0n,
    attributes: [
      { key: 'exception.type', value: 'PoolTimeoutError' },
      { key: 'exception.message', value: 'waited 4500ms\n  at Pool.acquire' },
    ],
  }
  expect([
    errorMessage(undefined),
    errorMessage(detail({})),
    errorMessage(detail({ events: [exception] })),
    errorMessage(detail({ statusMessage: '  ', events: [exception] })),
    errorMessage(detail({ attributes: [{ key: 'error.type', value: '503' }] })),
    errorMessage(detail({ statusMessage: 'x'.repeat(500) }))?.length,
    // Never half a picture.
    errorMessage(detail({ statusMessage: `x${'💥'.repeat(200)}` })),
    errorMessage(detail({ statusMessage: '💥'.repeat(200) })),
  ]).toEqual([
    undefined,
    undefined,
    'waited 4500ms',
    'waited 4500ms',
    '503',
    120,
    `x${'💥'.repeat(59)}…`,
    `${'💥'.repeat(59)}…`,
  ])
})

import { expect, test } from 'vitest'
import { exportTrace, importOf } from './export-trace'

const traceId = '5b8efff798038103d269b633813fc60c'
const jaeger = (spans: readonly object[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(
    JSON.stringify({
      data: [{ traceID: traceId, spans, processes: { p1: { serviceName: 'checkout', tags: [] } } }],
    }),
  )
const span = (spanID: string, startTime: number) => ({
  traceID: traceId,
  spanID,
  operationName: `POST /${spanID}`,
  references: [],
  startTime,
  duration: 250_000,
  tags: [{ key: 'http.method', type: 'string', value: 'POST' }],
  logs: [],
  processID: 'p1',
})

test('what two servers hold of a trace becomes one document of OTLP, each span once', () => {
  const one = span('eee19b7ec3c1b174', 1_793_000_000_000_000)
  const other = span('eee19b7ec3c1b175', 1_793_000_000_100_000)
  const bytes = exportTrace(importOf([jaeger([one]), jaeger([one, other])]), traceId, 'otlp')
  expect(bytes).toBeDefined()
  const { resourceSpans } = JSON.parse(new TextDecoder().decode(bytes)) as {
    resourceSpans: { scopeSpans: { spans: { name: string; attributes: object[] }[] }[] }[]
  }
  expect(
    resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name)),
    ),
  ).toEqual(['POST /eee19b7ec3c1b174', 'POST /eee19b7ec3c1b175'])
})

test('a trace that is in none of the documents is none', () => {
  expect(exportTrace(importOf([jaeger([])]), traceId, 'jaeger')).toBeUndefined()
})

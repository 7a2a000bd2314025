import { expect, test } from 'vitest'
import type { FlameArrangement } from '#shared/derive/flame'
import { palette } from '../../test/builders/picture-palette'
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

const drawn = (arrangement: FlameArrangement, part?: { from: number; to: number }): string => {
  const documents = [
    jaeger([
      span('eee19b7ec3c1b174', 1_793_000_000_000_000),
      { ...span('eee19b7ec3c1b175', 1_793_000_000_250_000), tags: [] },
    ]),
  ]
  const form = { kind: 'flame', palette, arrangement, zoom: undefined, part } as const
  return new TextDecoder().decode(exportTrace(importOf(documents), traceId, form))
}
const boxesOf = (svg: string) =>
  [...svg.matchAll(/<rect x="([^"]*)" y="[^"]*" width="([^"]*)" height="18" fill="([^"]*)"/g)].map((box) =>
    box.slice(1),
  )

test('a flame graph leaves as it was laid out: in order of time, merged, or by an attribute, and the part that was in view', () => {
  expect(boxesOf(drawn({ kind: 'time' }))).toEqual([
    ['0.0', '640.0', '#00f'],
    ['640.0', '640.0', '#00f'],
  ])
  expect(boxesOf(drawn({ kind: 'merged', by: 'http.method' }))).toEqual([
    ['0.0', '640.0', '#0a0'],
    ['640.0', '640.0', '#555'],
  ])
  expect(boxesOf(drawn({ kind: 'merged', by: '' }, { from: 0, to: 0.5 }))).toEqual([
    ['0.0', '1280.0', '#00f'],
  ])
})

import { expect, test } from 'vitest'
import { capabilitiesOf } from '#shared/api/capabilities'
import type { Source, ServerKind } from '#shared/api/contract'
import { readPasted } from '#shared/correlate/pasted/pasted'
import { placeOfPasted } from './pasted-place'

const source = (kind: ServerKind): Source =>
  ({ id: kind, name: kind, kind, capabilities: capabilitiesOf(kind) }) as Source
const all = (['tempo', 'loki', 'prometheus'] as const).map(source)
const nowMs = 1_793_003_600_000
const id = '4be1f0c2a9d84e7fb6c3d1e2f3a49a7e'

const hrefOf = (text: string, sources = all) =>
  readPasted(text).map((asked) => placeOfPasted(asked, sources, nowMs).href)

test.each([
  [
    'a trace, when it was',
    `clew://trace/${id}?start=1793000000000&end=1793000060000`,
    `/trace?source=tempo&id=${id}&start=1793000000000&end=1793000060000`,
  ],
  [
    'a trace of the last hour, at this moment',
    `http://localhost:3200/api/traces/${id}?start=now-1h`,
    `/trace?source=tempo&id=${id}&start=1793000000000&end=1793003600000`,
  ],
  [
    'a search',
    'http://localhost:16686/search?service=shop&lookback=1h',
    '/traces?service=shop&from=now-1h&to=now',
  ],
  [
    'lines',
    'http://localhost:3100/loki/api/v1/query?query=%7Ba%3D%22b%22%7D',
    '/logs?query=%7Ba%3D%22b%22%7D&from=now-1h&to=now',
  ],
  [
    'a chart',
    'http://localhost:9090/graph?g0.expr=up&g0.range_input=2d',
    '/metrics?p=auto%3Aprometheus%3Aup&from=now-2d&to=now',
  ],
  [
    'numbers counted from lines',
    'http://localhost:3100/loki/api/v1/query?query=rate(%7Ba%3D%22b%22%7D%5B5m%5D)',
    '/metrics?p=auto.logql%3Aloki%3Arate%28%7Ba%3D%22b%22%7D%5B5m%5D%29',
  ],
  ['a map', 'http://localhost:16686/dependencies', '/map'],
])('%s has its place', (_, text, href) => {
  expect(hrefOf(text)).toEqual([href])
})

test('what no source keeps leads to connecting one, and is not opened by itself', () => {
  const [asked] = readPasted('http://localhost:3100/loki/api/v1/query?query=%7Ba%3D%22b%22%7D')
  expect(placeOfPasted(asked, [source('tempo')], nowMs)).toMatchObject({
    href: '/connections?new=1',
    isSure: false,
  })
})

test.each([
  ['of the source it names', 'source=jaeger', 'source=jaeger'],
  ['of all, where it names one that is not there', 'source=elsewhere', 'source=tempo&source=jaeger'],
])('a trace of a link of our own is %s', (_, named, asked) => {
  const sources = [source('tempo'), source('jaeger')]
  expect(hrefOf(`http://127.0.0.1:7420/trace?${named}&id=${id}`, sources)).toEqual([
    `/trace?${asked}&id=${id}`,
  ])
})

import { describe, expect, test } from 'vitest'
import type { ServerKind, Source } from '#shared/api/contract'
import { capabilitiesOf } from '#shared/api/capabilities'
import { searchLocation, type SearchLocation } from '../state/search-location'
import { planSearch } from './plan-search'

const source = (id: string, kind: ServerKind): Source => ({
  id,
  name: id,
  kind,
  url: 'http://127.0.0.1',
  auth: { kind: 'none' },
  headers: [],
  tenant: '',
  tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
  timeoutMs: 10_000,
  lasts: 'kept',
  capabilities: capabilitiesOf(kind),
})

const sources = [source('tempo', 'tempo'), source('jaeger', 'jaeger'), source('zipkin', 'zipkin')]
const window = { startMs: 1, endMs: 2 }
const search = (change: Partial<SearchLocation>): SearchLocation => ({
  ...searchLocation.parse(new URLSearchParams()),
  ...change,
})
const plan = (change: Partial<SearchLocation>) => {
  const { asks, leftOut } = planSearch(search(change), sources, window)
  return {
    asked: asks.map((ask) => ask.source.id),
    leftOut: leftOut.map((one) => one.source.id),
    eachService: asks.filter((ask) => ask.eachService).map((ask) => ask.source.id),
    queries: asks.map((ask) => ask.query),
  }
}

describe('planSearch', () => {
  test('asks every source for the form, each in its own words', () => {
    const { asked, leftOut, queries } = plan({
      service: 'order-service',
      tags: [
        { key: 'resource.k8s.pod.name', value: 'a' },
        { key: 'span.kind', value: 'server' },
      ],
      limit: 20,
    })
    expect(asked).toEqual(['tempo', 'jaeger', 'zipkin'])
    expect(leftOut).toEqual([])
    expect(queries[0]).toEqual({
      service: 'order-service',
      operation: '',
      tags: [
        { key: 'resource.k8s.pod.name', value: 'a' },
        { key: 'span.kind', value: 'server' },
      ],
      minDurationNs: undefined,
      maxDurationNs: undefined,
      errorsOnly: false,
      startMs: 1,
      endMs: 2,
      limit: 20,
      traceql: '',
    })
    expect(queries[1].tags).toEqual([
      { key: 'k8s.pod.name', value: 'a' },
      { key: 'span.kind', value: 'server' },
    ])
  })

  test('asks who needs a service for each of them when none is chosen', () => {
    expect(plan({})).toMatchObject({ asked: ['tempo', 'jaeger', 'zipkin'], eachService: ['jaeger'] })
    expect(plan({ service: 'a' }).eachService).toEqual([])
  })

  test('asks own TraceQL only of those who speak it', () => {
    const traceql = '{ name =~ "POST.*" }'
    expect(plan({ traceql, service: 'order-service' })).toMatchObject({
      asked: ['tempo'],
      leftOut: ['jaeger', 'zipkin'],
      queries: [{ traceql }],
    })
  })

  test('asks for the traces that own TraceQL counts', () => {
    const traceql = '{ .a = 1 } | select(.b) | rate() by (.c)'
    expect(plan({ traceql }).queries).toMatchObject([{ traceql: '{ .a = 1 } | select(.b)' }])
  })

  test('asks the others for the form beside own TraceQL when that is wanted', () => {
    const traceql = '{ name =~ "POST.*" }'
    expect(plan({ traceql, service: 'order-service', askOthers: true }).queries).toMatchObject([
      { traceql },
      { traceql: '', service: 'order-service' },
      { traceql: '', service: 'order-service' },
    ])
  })

  test('what TraceQL says of both ends of a call, the others are held to', () => {
    const { asks } = planSearch(
      search({
        traceql: '{ resource.service.name = "a" } >> { resource.service.name = "b" }',
        service: 'b',
        withServices: ['a'],
        askOthers: true,
      }),
      sources,
      window,
    )
    expect(asks.map((ask) => ask.withServices)).toEqual([[], ['a'], ['a']])
  })

  test('takes TraceQL that the form can say as the form', () => {
    const { asked, queries } = plan({ traceql: '{ resource.service.name = "a" && duration > 1s }' })
    expect(asked).toEqual(['tempo', 'jaeger', 'zipkin'])
    expect(queries[1]).toMatchObject({ service: 'a', minDurationNs: 1e9 + 1, traceql: '' })
  })

  test('asks only the sources that are named, and all where none of them is there', () => {
    expect(plan({ service: 'a', sources: ['zipkin', 'gone'] }).asked).toEqual(['zipkin'])
    expect(plan({ service: 'a', sources: ['gone'] }).asked).toEqual(['tempo', 'jaeger', 'zipkin'])
  })
})

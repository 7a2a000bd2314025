import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { traceQuery } from '../builders/trace-query.ts'
import { ClewUnderTest, input } from './clew.ts'
import { readFleet } from './fleet.ts'
import { writeStory } from './story/story.ts'

const { servers, endMs } = readFleet()
const story = writeStory(endMs)
const { incident } = story.tempo

let clew: ClewUnderTest
let tempo: string
beforeAll(async () => {
  clew = new ClewUnderTest()
  tempo = await clew.connect(input('tempo', servers.tempo.url))
})
afterAll(() => clew.close())

async function found(traceql: string): Promise<string[]> {
  const { traces } = await clew.search(tempo, traceQuery(story.startMs, story.endMs, { traceql, limit: 500 }))
  return traces.map((trace) => trace.traceId)
}

describe('TraceQL', () => {
  test.for([
    '{ resource.service.name = "payment-service" && duration > 4s }',
    '{ span.db.client.connection.pool.name = "payments-db" }',
    '{ event:name = "pool.wait" }',
    '{ status = error && name = "payments-db pool.acquire" }',
    '{ name = "POST /orders" } >> { name = "payments-db pool.acquire" }',
    '{ span.db.collection.name = "stock_levels" } | count() > 100',
    '{ link:traceID = "' + story.tempo.firstTry.traceId + '" }',
  ])('%s finds the slow checkout', async (traceql) => {
    expect(await found(traceql)).toEqual([incident.traceId])
  })

  test('shows the span that made a trace match', async () => {
    const traceql = '{ name =~ "payments-db.*" && duration > 4.4s }'
    const { traces } = await clew.search(tempo, traceQuery(story.startMs, story.endMs, { traceql }))
    const acquire = incident.spans.find((span) => span.name === 'payments-db pool.acquire')
    expect(traces.map((trace) => trace.matched)).toEqual([
      { spanId: acquire?.spanId, name: 'payments-db pool.acquire', durationNs: 4.5e9 },
    ])
  })

  test('that Tempo cannot read comes back with Tempo’s own words', async () => {
    const error = await clew.searchError(
      tempo,
      traceQuery(story.startMs, story.endMs, { traceql: '{ status = ' }),
    )
    expect(error).toMatchObject({ kind: 'bad-query', status: 400 })
    expect(error.detail).toMatch(/parse error at line 1, col/)
  })

  test('with a hint of one’s own is sent as it is written', async () => {
    expect(await found('{ event:name = "pool.wait" } with (most_recent=false)')).toEqual([incident.traceId])
  })
})

async function values(tag: string, q = '') {
  const found = await clew.tagValues(tempo, tag, q, story.startMs, story.endMs)
  return found.toSorted((one, other) => (one.value < other.value ? -1 : 1))
}

describe('completion', () => {
  test('offers the tags by scope', async () => {
    const scopes = new Map(
      (await clew.tags(tempo, story.startMs, story.endMs)).map(({ scope, tags }) => [scope, tags]),
    )
    expect(scopes.get('resource')).toEqual(expect.arrayContaining(['service.name', 'service.version']))
    expect(scopes.get('span')).toEqual(
      expect.arrayContaining(['db.client.connection.pool.name', 'http.route']),
    )
    expect(scopes.get('intrinsic')).toEqual(expect.arrayContaining(['duration', 'status']))
  })

  test('offers the values of a tag, with their type', async () => {
    expect(await values('span.db.client.connection.pool.name')).toEqual([
      { type: 'string', value: 'payments-db' },
    ])
    expect(await values('http.response.status_code')).toEqual(
      ['200', '500', '503'].map((value) => ({ type: 'int', value })),
    )
    expect((await values('status')).map(({ value }) => value)).toContain('error')
    expect(await values('resource.service.name', '{ event:name = "pool.wait" }')).toEqual([
      { type: 'string', value: 'payment-service' },
    ])
  })

  test('of a tag nobody has is empty', async () => {
    expect(await clew.tagValues(tempo, 'span.no.such.tag', '', story.startMs, story.endMs)).toEqual([])
  })
})

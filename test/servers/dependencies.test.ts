import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Dependency } from '#shared/api/contract'

import { AnswerError, ClewUnderTest, input } from './clew.ts'
import { readFleet } from './fleet.ts'
import type { FedTrace } from './story/span.ts'
import { allTraces, writeStory } from './story/story.ts'

const { servers, endMs } = readFleet()
const story = writeStory(endMs)

let clew: ClewUnderTest
beforeAll(() => {
  clew = new ClewUnderTest()
})
afterAll(() => clew.close())

/** How often a span of one service has a child in another or the same, counted over traces. */
function calls(traces: readonly FedTrace[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const { spans } of traces) {
    const byId = new Map(spans.map((span) => [span.spanId, span]))
    for (const child of spans) {
      const parent = child.parentSpanId === undefined ? undefined : byId.get(child.parentSpanId)
      if (parent === undefined) continue
      const edge = `${parent.service} → ${child.service}`
      found.set(edge, (found.get(edge) ?? 0) + 1)
    }
  }
  return found
}

function edges(dependencies: readonly Dependency[]): Map<string, number> {
  return new Map(dependencies.map(({ parent, child, callCount }) => [`${parent} → ${child}`, callCount]))
}

test('Jaeger’s graph has every call of the ordinary, counted', async () => {
  const id = await clew.connect(input('jaeger', servers.jaeger.url))
  const dependencies = await clew.dependencies(id, story.startMs, story.endMs)
  // Its memory storage counts calls within a service too.
  const fed = calls([...allTraces(story.jaeger), story.shared.first])
  expect(edges(dependencies)).toEqual(fed)
  expect(fed.get('order-service → payment-service')).toBe(1)
  expect(dependencies.every(({ errorCount }) => errorCount === undefined)).toBe(true)
})

test('Zipkin’s graph has the calls between services, and how many failed', async () => {
  const id = await clew.connect(input('zipkin', servers.zipkin.url))
  const dependencies = await clew.dependencies(id, story.startMs, story.endMs)
  expect(dependencies).toContainEqual({
    parent: 'order-service',
    child: 'payment-service',
    callCount: 1,
    errorCount: 1,
  })
  expect(dependencies).toContainEqual({
    parent: 'order-service',
    child: 'inventory-service',
    callCount: 1,
    errorCount: 0,
  })
  const calls = story.zipkin.ordinary.filter(({ spans }) => spans[2].service === 'order-service')
  expect(dependencies).toContainEqual({
    parent: 'edge-gateway',
    child: 'order-service',
    callCount: calls.length,
    errorCount: calls.filter(({ spans }) => spans[2].error !== undefined).length,
  })
})

test('outside the window there is no graph', async () => {
  for (const kind of ['jaeger', 'zipkin'] as const) {
    const id = await clew.connect(input(kind, servers[kind].url))
    const day = 86_400_000
    expect(await clew.dependencies(id, story.startMs - 3 * day, story.endMs - 3 * day)).toEqual([])
  }
})

test('Tempo keeps no graph, and says what to do instead', async () => {
  const id = await clew.connect(input('tempo', servers.tempo.url))
  const answer = clew.dependencies(id, story.startMs, story.endMs)
  await expect(answer).rejects.toThrow(AnswerError)
  await expect(answer).rejects.toMatchObject({
    error: { kind: 'not-found', message: 'the tempo keeps no graph of services.' },
  })
})

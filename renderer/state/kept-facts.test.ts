import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ServerSource } from '#shared/api/contract'
import type { KeptFacts } from '#shared/correlate/kept-facts'
import { clockOf } from '#shared/correlate/clocks'
import { logFactsQuery, meetLines } from './log-facts'
import { metricFactsQuery } from './metric-facts'
import { forget, sourcesQuery } from './sources'
import { traceFactsQuery } from './trace-facts'

const hourMs = 3_600_000
let kept: KeptFacts
let asked: string[]
let isDown: boolean

/** A handler that keeps facts, and a source behind it that names one service more each time. */
beforeEach(() => {
  kept = {}
  asked = []
  isDown = false
  vi.useFakeTimers({ toFake: ['Date'], now: 1e12 })
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    if (url.endsWith('/facts')) {
      if (init?.method !== 'PUT') return Promise.resolve(Response.json(kept))
      kept = { ...kept, ...(JSON.parse(init.body as string) as KeptFacts) }
      return Promise.resolve(new Response(undefined, { status: 204 }))
    }
    asked.push(url)
    if (isDown) return Promise.reject(new TypeError('fetch failed'))
    return Promise.resolve(Response.json(answerTo(url)))
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Names, unless it is asked for values. */
const answerTo = (url: string): unknown => {
  if (url.includes('/exemplars')) return []
  return url.includes('/query') ? { series: [] } : asked.map((_, at) => `service_${at}`)
}

const source = { id: 'a', name: 'A', kind: 'tempo', changedMs: 1 } as ServerSource

/** A page that was just loaded. */
function load(changes: Partial<ServerSource> = {}): QueryClient {
  const client = new QueryClient()
  client.setQueryData(sourcesQuery.queryKey, [{ ...source, ...changes }])
  return client
}

const servicesIn = async (client: QueryClient): Promise<readonly string[]> =>
  (await client.fetchQuery(traceFactsQuery('a'))).services

test('a second load, or a second window, knows what the first one learned, and asks nobody', async () => {
  const first = await servicesIn(load())
  vi.setSystemTime(1e12 + 5 * hourMs)
  expect(await servicesIn(load())).toEqual(first)
  expect(asked).toHaveLength(1)
})

test('what is older than six hours is shown until it is learned anew', async () => {
  await servicesIn(load())
  vi.setSystemTime(1e12 + 6 * hourMs)
  const client = load()
  const seen: (readonly string[] | undefined)[] = []
  client.getQueryCache().subscribe(() => {
    const services = client.getQueryData(traceFactsQuery('a').queryKey)?.services
    if (services !== seen.at(-1)) seen.push(services)
  })
  await servicesIn(client)
  expect(seen).toEqual([['service_0'], ['service_0', 'service_1']])
  isDown = true
  vi.setSystemTime(1e12 + 12 * hourMs)
  const later = load()
  await expect(servicesIn(later)).rejects.toThrow()
  expect(later.getQueryData(traceFactsQuery('a').queryKey)?.services).toEqual(['service_0', 'service_1'])
})

test('of a connection that was changed all is learned anew', async () => {
  const client = load()
  await servicesIn(client)
  client.setQueryData(sourcesQuery.queryKey, [{ ...source, changedMs: 2 }])
  await forget(client, 'a')
  expect(await servicesIn(client)).toEqual(['service_0', 'service_1'])
  expect(await servicesIn(load({ changedMs: 2 }))).toEqual(['service_0', 'service_1'])
  // Another window may still have the old one, which was the same address.
  await servicesIn(load())
  expect(asked).toHaveLength(3)
})

test('who looks again learns anew', async () => {
  const client = load()
  await servicesIn(client)
  await client.invalidateQueries({ queryKey: ['trace-facts'] })
  expect(await servicesIn(client)).toEqual(['service_0', 'service_1'])
  expect(await servicesIn(load())).toEqual(['service_0', 'service_1'])
})

const measures = (client: QueryClient, histograms: Record<string, string>) =>
  client.fetchQuery(metricFactsQuery('a', { histograms }))

test('where another histogram is looked at, what is kept of the others does not do', async () => {
  await measures(load(), {})
  const { length } = asked
  await measures(load(), {})
  expect(asked).toHaveLength(length)
  await measures(load(), { pay: 'pay_seconds' })
  expect(asked.length).toBeGreaterThan(length)
})

test('what was met in use is there after a reload', async () => {
  const client = load()
  const query = logFactsQuery(source)
  client.setQueryData(query.queryKey, {
    services: [],
    places: [],
    sampled: 1,
    evidence: [],
    labels: [],
    isPart: false,
    tookMs: 9,
    learnedMs: Date.now(),
  })
  const clock = clockOf({ startMs: 0, endMs: 10 }, { firstMs: 120_000, lastMs: 120_000 })
  meetLines(client, 'a', [{ service: 'pay', clock, stream: {} }])
  expect(await load().fetchQuery(query)).toMatchObject({ clocks: { pay: { leastMs: 119_990 } }, sampled: 1 })
  expect(asked).toEqual([])
})

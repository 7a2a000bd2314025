import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { usualFacts } from '#shared/correlate/log-facts'
import { logFactsOf, logFactsQuery } from './log-facts'

afterEach(() => vi.unstubAllGlobals())

test('a source that could not say its labels is asked again in the background, and no pivot waits for that', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url)
    // Once it fails, then it hangs.
    return asked.length === 1 ? Promise.reject(new TypeError('fetch failed')) : new Promise(() => undefined)
  })
  const client = new QueryClient()
  const source = { id: 'loki', name: 'Loki' }
  const usual = { places: usualFacts.places, services: usualFacts.services }
  expect(await logFactsOf(client, source)).toMatchObject(usual)
  expect(await logFactsOf(client, source)).toMatchObject(usual)
  expect(await logFactsOf(client, source)).toMatchObject(usual)
  expect(asked).toHaveLength(2)
})

test('a source without lines is not learned for good: it is looked at again as soon as it may have some', async () => {
  let asked = 0
  vi.stubGlobal('fetch', () => {
    asked++
    return Promise.resolve(Response.json([]))
  })
  const client = new QueryClient()
  const query = logFactsQuery({ id: 'loki', name: 'Loki' })
  const facts = await client.fetchQuery(query)
  expect(facts).toMatchObject({ isPart: true, sampled: 0 })
  expect(asked).toBe(1)
})

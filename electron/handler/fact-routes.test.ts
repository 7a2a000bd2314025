import { afterEach, expect, test } from 'vitest'
import type { Source } from '#shared/api/contract'
import { addSource, closeHandlers, errorIn, get, handlerOver, send, shopInput } from './handler-over.ts'

afterEach(closeHandlers)

const facts = {
  traces: { of: 'a', facts: { services: ['order'], isPart: false, tookMs: 1, learnedMs: 1 } },
}

test('facts are kept with their connection, without asking it', async () => {
  const { handler, asked } = handlerOver()
  const { id } = await addSource(handler)
  expect((await send(handler, 'PUT', `/api/sources/${id}/facts`, facts)).status).toBe(204)
  expect(await (await get(handler, `/api/sources/${id}/facts`)).json()).toEqual(facts)
  await get(handler, `/api/sources/${id}`, { method: 'DELETE' })
  expect(await (await get(handler, `/api/sources/${id}/facts`)).json()).toEqual({})
  expect(asked).toEqual([])
})

test('a connection that is changed says so', async () => {
  const { handler } = handlerOver()
  const { id, changedMs = 0 } = await addSource(handler)
  await new Promise((resolve) => setTimeout(resolve, 2))
  await send(handler, 'PUT', `/api/sources/${id}`, { ...shopInput, tenant: 'blue' })
  const [changed] = (await (await get(handler, '/api/sources')).json()) as (Source & { changedMs: number })[]
  expect(changed.changedMs).toBeGreaterThan(changedMs)
})

test('facts of nobody, and what is none, are refused', async () => {
  const { handler } = handlerOver()
  const { id } = await addSource(handler)
  expect(await errorIn(await send(handler, 'PUT', '/api/sources/moon/facts', facts))).toMatchObject({
    http: 404,
    message: 'That connection is not there.',
  })
  const wrong = { traces: { of: 'a', facts: { services: 'order' } } }
  expect(await errorIn(await send(handler, 'PUT', `/api/sources/${id}/facts`, wrong))).toMatchObject({
    http: 400,
    kind: 'bad-request',
  })
  expect(await (await get(handler, `/api/sources/${id}/facts`)).json()).toEqual({})
})

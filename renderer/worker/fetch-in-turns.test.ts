import { afterEach, expect, test, vi } from 'vitest'
import { fetchInTurns } from './fetch-in-turns'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** Has `fetch` give these answers one after the other; returns what was asked. */
function answers(...given: readonly (() => Response)[]): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    const { method = 'GET' } = init
    asked.push(`${method} ${path}`)
    if (method !== 'GET') return Promise.resolve(new Response(null, { status: 204 }))
    return Promise.resolve(given[Math.min(asked.length, given.length) - 1]())
  })
  return asked
}

const notYet = (): Response => new Response(null, { status: 202, headers: { location: '/api/turns/1' } })
const turn =
  (text: string, headers: Record<string, string> = {}) =>
  (): Response =>
    new Response(text, { headers })
const end = (): Response => new Response(null, { status: 204 })

test('an answer in turns is one answer for who asked', async () => {
  const asked = answers(
    notYet,
    notYet,
    turn('[1,', { 'x-clew-rest': '/api/turns/1', 'x-clew-length': '5', 'x-clew-note': 'a' }),
    notYet,
    turn('2]'),
    end,
  )
  const response = await fetchInTurns('/api/sources/a/traces/b')
  expect(response.headers.get('content-length')).toBe('5')
  expect(response.headers.get('x-clew-note')).toBe('a')
  expect(await response.json()).toEqual([1, 2])
  expect(asked).toEqual(['GET /api/sources/a/traces/b', ...Array<string>(5).fill('GET /api/turns/1')])
})

test('what is there at once is asked for once', async () => {
  const asked = answers(turn('[]'))
  expect(await (await fetchInTurns('/api/app')).json()).toEqual([])
  expect(asked).toEqual(['GET /api/app'])
})

test('giving up between two questions is told to the handler', async () => {
  const asked = answers(notYet)
  const leaving = new AbortController()
  const answer = fetchInTurns('/api/app', { signal: leaving.signal })
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(1))
  leaving.abort()
  await expect(answer).rejects.toThrow('aborted')
  expect(asked.at(-1)).toBe('DELETE /api/turns/1')
})

test('a body that broke off says why', async () => {
  answers(turn('[1,', { 'x-clew-rest': '/api/turns/1' }), () =>
    Response.json({ kind: 'cut-off', message: 'shop broke off.' }, { status: 502 }),
  )
  const response = await fetchInTurns('/api/sources/a/traces/b')
  await expect(response.text()).rejects.toThrow('shop broke off.')
})

test('what came is enough: the handler is told, and its answer is asked for on', async () => {
  const asked = answers(
    notYet,
    turn('unused'),
    turn('[1,', { 'x-clew-rest': '/api/turns/1' }),
    turn('unused'),
    end,
  )
  const response = await fetchInTurns('/api/app', { enough: AbortSignal.abort() })
  expect(await response.text()).toBe('[1,')
  expect(asked.slice(1)).toEqual([
    'POST /api/turns/1',
    'GET /api/turns/1',
    'POST /api/turns/1',
    'GET /api/turns/1',
  ])
})

test('while what came is still being read, the handler is told so, and no longer', async () => {
  vi.useFakeTimers()
  const asked = answers(turn('[1,', { 'x-clew-rest': '/api/turns/1' }), turn('unused'), turn('unused'), end)
  const response = await fetchInTurns('/api/files/a')
  await vi.advanceTimersByTimeAsync(9_000)
  const text = response.text()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await text).toBe('[1,')
  expect(asked).toEqual(['GET /api/files/a', 'PUT /api/turns/1', 'PUT /api/turns/1', 'GET /api/turns/1'])
})

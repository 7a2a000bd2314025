import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const noted = new Map<string, string>()
const asked: string[] = []
let answer = (): Response => new Response(null, { status: 204 })

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => noted.get(key) ?? null,
    setItem: (key: string, text: string) => void noted.set(key, text),
    removeItem: (key: string) => void noted.delete(key),
  })
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push(`${init.method ?? 'GET'} ${path}${init.keepalive === true ? ', leaving' : ''}`)
    return Promise.resolve(answer())
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  noted.clear()
  asked.length = 0
  answer = () => new Response(null, { status: 204 })
})

/** The module as a page that has just begun has it. */
async function newPage() {
  vi.resetModules()
  return import('./removals')
}

const done = () => Promise.resolve()

test('a removal can be undone for ten seconds; only then is the handler told', async () => {
  const { removals } = await newPage()
  removals.start('jaeger', done)
  const undo = removals.start('tempo', done)
  undo()
  expect([...removals.ids()]).toEqual(['jaeger'])
  await vi.advanceTimersByTimeAsync(9_999)
  expect(asked).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(asked).toEqual(['DELETE /api/sources/jaeger'])
  expect([...removals.ids()]).toEqual([])
})

test('what was on its way out when the page left stays hidden in the next one until the handler has said that it is gone', async () => {
  const left = await newPage()
  left.removals.start('jaeger', done)
  left.removals.start('tempo', done)()
  left.finishRemovals()
  // Its page is gone, and its time with it.
  vi.clearAllTimers()
  answer = () => Response.json({ kind: 'not-found', message: 'It is not there.' }, { status: 404 })

  const next = await newPage()
  const readAgain = vi.fn(done)
  next.resumeRemovals(readAgain)
  expect([...next.removals.ids()]).toEqual(['jaeger'])
  await vi.runAllTimersAsync()
  expect(asked).toEqual(['DELETE /api/sources/jaeger, leaving', 'DELETE /api/sources/jaeger'])
  expect(readAgain).toHaveBeenCalledOnce()
  expect([...next.removals.ids()]).toEqual([])
  expect(next.removals.problem()).toBeUndefined()

  const third = await newPage()
  third.resumeRemovals(readAgain)
  expect([...third.removals.ids()]).toEqual([])
})

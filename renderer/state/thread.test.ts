import { afterEach, expect, it, vi } from 'vitest'
import { arrive, emptyThread, type Thread } from '#shared/thread/thread'

afterEach(() => void vi.unstubAllGlobals())

const stepAt = (thread: Thread, newId: string): Thread =>
  arrive(thread, {
    bound: '',
    newId,
    place: `/trace?id=${newId}`,
    facts: { signal: 'trace', title: newId, sources: [], query: '', count: '' },
    atMs: 0,
  })

it('a step is written after a place was seen again and nothing of it differed, as after a reload', async () => {
  const kept = stepAt(emptyThread('one'), 'a')
  const written: string[] = []
  vi.stubGlobal('fetch', (_url: string, { body }: RequestInit) => {
    if (typeof body === 'string') written.push(body)
    return Promise.resolve(Response.json(kept))
  })
  // The module as a page that has just begun has it.
  vi.resetModules()
  const { changeThread, loadThread } = await import('./thread')
  await loadThread()
  changeThread((thread) => ({ ...thread }))
  await Promise.resolve()
  changeThread((thread) => stepAt(thread, 'b'))
  await vi.waitFor(() => expect(written).toHaveLength(1))
  expect(written[0]).toContain('/trace?id=b')
})

it('what could not be written is told, and written by itself once that can be done', async () => {
  vi.useFakeTimers()
  let isFull = true
  const written: string[] = []
  vi.stubGlobal('fetch', (_url: string, { method, body }: RequestInit) => {
    if (method !== 'POST') return Promise.resolve(Response.json(emptyThread('one')))
    if (isFull)
      return Promise.resolve(Response.json({ kind: 'internal', message: 'no space left' }, { status: 500 }))
    if (typeof body === 'string') written.push(body)
    return Promise.resolve(Response.json({}))
  })
  vi.resetModules()
  const { changeThread, loadThread, threadProblem } = await import('./thread')
  await loadThread()
  changeThread((thread) => stepAt(thread, 'a'))
  await vi.waitFor(() => expect(threadProblem()).toMatchObject({ error: { message: 'no space left' } }))
  isFull = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect(written).toHaveLength(1)
  expect(threadProblem()).toBeUndefined()
  vi.useRealTimers()
})

it('what another window wrote is there when somebody comes back; where one is stays, and so does what is not written', async () => {
  const begun = stepAt(emptyThread('one'), 'a')
  const noted = { ...begun.steps[0], note: 'It waits.' }
  let kept: Thread = begun
  let isFull = false
  vi.stubGlobal('fetch', (_url: string, { method }: RequestInit) =>
    Promise.resolve(method === 'POST' && isFull ? Response.json({}, { status: 500 }) : Response.json(kept)),
  )
  const page = new EventTarget()
  vi.stubGlobal('window', page)
  vi.stubGlobal('document', new EventTarget())
  const channel = Object.assign(new EventTarget(), { postMessage: () => undefined })
  vi.stubGlobal('BroadcastChannel', function BroadcastChannel() {
    return channel
  })
  vi.resetModules()
  const { changeThread, loadThread, threadNow, threadProblem, watchOtherWindows } = await import('./thread')
  await loadThread()
  watchOtherWindows()
  kept = stepAt({ ...begun, steps: [noted] }, 'b')
  page.dispatchEvent(new Event('focus'))
  await vi.waitFor(() => expect(threadNow().steps).toEqual(kept.steps))
  expect([threadNow().current, threadNow().tip]).toEqual(['a', 'a'])
  kept = { ...kept, name: 'Checkout' }
  channel.dispatchEvent(new Event('message'))
  await vi.waitFor(() => expect(threadNow().name).toBe('Checkout'))

  isFull = true
  changeThread((thread) => ({ ...thread, summary: 'The pool.' }))
  await vi.waitFor(() => expect(threadProblem()).toBeDefined())
  kept = { ...kept, summary: 'Another.' }
  page.dispatchEvent(new Event('focus'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(threadNow().summary).toBe('The pool.')
})

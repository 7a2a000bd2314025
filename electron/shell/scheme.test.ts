import { expect, test } from 'vitest'
import { answerScheme } from './scheme.ts'

const from = (url: string, initiatorOrigin?: string): Request & { initiatorOrigin?: string } =>
  Object.assign(new Request(url), initiatorOrigin === undefined ? {} : { initiatorOrigin })

/** A handler that answers with a stream, and notes whether it was told to stop. */
function streaming() {
  const seen: { signal?: AbortSignal; cancelled?: unknown } = {}
  const fetch = (request: Request): Promise<Response> => {
    seen.signal = request.signal
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (sent++ < 3 ? controller.enqueue(new Uint8Array([sent])) : controller.close()),
      cancel: (reason) => void (seen.cancelled = reason),
    })
    return Promise.resolve(new Response(body, { status: 206, headers: { 'x-clew-source': 'shop' } }))
  }
  return { seen, handler: { fetch } }
}

test('an answer passes through with its status, headers and bytes', async () => {
  const { handler, seen } = streaming()
  const answer = await answerScheme(from('app://clew/api/x', 'app://clew'), handler)
  expect([answer.status, answer.headers.get('x-clew-source')]).toEqual([206, 'shop'])
  expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([1, 2, 3])
  expect(seen.signal?.aborted).toBe(false)
})

test('cancelling the body aborts the request, as the page leaving does', async () => {
  const { handler, seen } = streaming()
  const answer = await answerScheme(from('app://clew/api/x'), handler)
  const reader = answer.body?.getReader()
  await reader?.read()
  await reader?.cancel('left')
  expect([seen.signal?.aborted, seen.signal?.reason, seen.cancelled]).toEqual([true, 'left', 'left'])
})

test('a body that was sent arrives', async () => {
  const handler = { fetch: async (request: Request) => new Response(await request.text()) }
  const request = new Request('app://clew/api/sources', { method: 'POST', body: 'hello' })
  expect(await (await answerScheme(request, handler)).text()).toBe('hello')
})

test('an answer without a body stays without', async () => {
  const handler = { fetch: () => Promise.resolve(new Response(null, { status: 204 })) }
  expect((await answerScheme(from('app://clew/api/x'), handler)).status).toBe(204)
})

test.each([
  ['another host', from('app://other/')],
  ['another site', from('app://clew/api/app', 'https://evil.example')],
  ['an opaque origin', from('app://clew/api/app', 'null')],
])('%s is refused before the handler', async (_what, request) => {
  const answer = await answerScheme(request, {
    fetch: () => Promise.reject(new Error('reached the handler')),
  })
  expect(answer.status).toBe(403)
  expect(await answer.json()).toMatchObject({ kind: 'forbidden' })
})

import { connect } from 'node:net'
import { once } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'
import { PortError, serveLoopback, type LoopbackServer } from './loopback-server.ts'

const open: LoopbackServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function serve(handle: (request: Request) => Promise<Response>) {
  const server = await serveLoopback(handle, undefined)
  open.push(server)
  // The next test's server may have the same port: a kept connection would lead to this one's end.
  const close = { connection: 'close' }
  const entry = await fetch(server.guard.address, { redirect: 'manual', headers: close })
  const cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? ''
  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(server.guard.origin + path, { ...init, headers: { cookie, ...close } })
  return { server, cookie, get }
}

/** A body that gives a chunk each time it is asked, for ever, and counts. */
function endless(): {
  stream: ReadableStream<Uint8Array>
  pulled: () => number
  cancelled: Promise<unknown>
} {
  let pulled = 0
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(64 * 1024))
      },
      cancel: resolve,
    },
    { highWaterMark: 0 },
  )
  return { stream, pulled: () => pulled, cancelled: promise }
}

test('it listens on 127.0.0.1 only, and answers who has the cookie', async () => {
  const { server, get } = await serve((request) =>
    Promise.resolve(new Response(new URL(request.url).pathname)),
  )
  expect(server.guard.origin).toBe(`http://127.0.0.1:${server.port}`)
  expect(await (await get('/a')).text()).toBe('/a')
  expect((await fetch(`${server.guard.origin}/a`, { headers: { connection: 'close' } })).status).toBe(403)
  const other = connect(server.port, '127.0.0.2')
  const [refused] = (await once(other, 'error')) as [Error]
  expect(refused.message).toContain('ECONNREFUSED')
})

test('a port that was asked for and is taken is said', async () => {
  const { server } = await serve(() => Promise.resolve(new Response('')))
  await expect(serveLoopback(() => Promise.resolve(new Response('')), server.port)).rejects.toThrow(
    new PortError(`Port ${server.port} is in use. Give another with --port, or leave --port out.`),
  )
})

test('without a port the second Clew takes another', async () => {
  const one = await serve(() => Promise.resolve(new Response('')))
  const other = await serve(() => Promise.resolve(new Response('')))
  expect(other.server.port).not.toBe(one.server.port)
})

test('a reader that stops reading makes the source wait', async () => {
  const body = endless()
  const { get } = await serve(() => Promise.resolve(new Response(body.stream)))
  const reader = (await get('/')).body?.getReader()
  await reader?.read()
  // What is on the way lies in the sockets' buffers: some megabytes, not all there is.
  let before = 0
  await expect
    .poll(() => body.pulled() === before || void (before = body.pulled()), { interval: 100 })
    .toBe(true)
  expect(before * 64).toBeLessThan(64 * 1024)
  await reader?.cancel()
})

test('a reader that leaves stops the source and prints nothing', async () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const body = endless()
  const { promise: aborted, resolve } = Promise.withResolvers<void>()
  const { get } = await serve((request) => {
    request.signal.addEventListener('abort', () => resolve())
    return Promise.resolve(new Response(body.stream))
  })
  const controller = new AbortController()
  const response = await get('/', { signal: controller.signal })
  await response.body?.getReader().read()
  controller.abort()
  await Promise.all([body.cancelled, aborted])
  expect(errors).not.toHaveBeenCalled()
  errors.mockRestore()
})

test('a source that breaks gives an answer that is not complete, and prints nothing', async () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { get } = await serve(() => {
    let sent = 0
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent++ < 100) controller.enqueue(new Uint8Array(1024))
        else controller.error(new Error('aborted'))
      },
    })
    return Promise.resolve(new Response(stream))
  })
  const response = get('/').then((answer) => answer.arrayBuffer())
  await expect(response).rejects.toThrow()
  expect(errors).not.toHaveBeenCalled()
  errors.mockRestore()
})

test('what came before a source broke arrives first', async () => {
  const { get } = await serve(() => {
    let hasSent = false
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (hasSent) controller.error(new Error('x'))
        else controller.enqueue(new Uint8Array([1, 2, 3]))
        hasSent = true
      },
    })
    return Promise.resolve(new Response(stream, { headers: { 'content-length': '1000' } }))
  })
  const reader = (await get('/')).body?.getReader()
  expect((await reader?.read())?.value).toEqual(new Uint8Array([1, 2, 3]))
  await expect(reader?.read()).rejects.toThrow()
})

test('a source that breaks at once does not look like an empty answer', async () => {
  const { get } = await serve(() => {
    const stream = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('x')) })
    return Promise.resolve(new Response(stream))
  })
  await expect(get('/').then((answer) => answer.arrayBuffer())).rejects.toThrow()
})

test('closing ends streams that are under way', async () => {
  const body = endless()
  const { server, get } = await serve(() => Promise.resolve(new Response(body.stream)))
  const response = await get('/')
  const all = response.arrayBuffer()
  open.splice(0)
  await server.close()
  await expect(all).rejects.toThrow()
})

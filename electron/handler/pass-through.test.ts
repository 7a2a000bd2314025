/** A trace on its way through the handler: unchanged, unhurried, and closed when nobody wants it any more. */
import { afterEach, describe, expect, it } from 'vitest'
import type { FakeAnswer } from '../backends/fake-server'
import { addSource, closeHandlers, errorIn, get, handlerOver } from './handler-over'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

afterEach(closeHandlers)

/** Sends for ever; tells when nobody listens any more. */
function endless(): { answer: FakeAnswer; closed: Promise<void>; sent: () => number } {
  const { promise: closed, resolve: close } = Promise.withResolvers<void>()
  let sent = 0
  const chunk = new Uint8Array(4096).fill(0x20)
  chunk[0] = 0x7b
  return {
    closed,
    sent: () => sent,
    answer: (_, init) => {
      init.signal.addEventListener('abort', () => close())
      return new Response(
        new ReadableStream({
          pull: (controller) => {
            sent += 1
            controller.enqueue(chunk)
          },
        }),
      )
    },
  }
}

describe('a trace', () => {
  const path = `/api/v2/traces/${traceId}`

  it('is passed on as it is, with what there is to say about it', async () => {
    const id = '0000000000000000463ac35c9f6413ad'
    const { handler } = handlerOver({
      '/api/v2/trace/463ac35c9f6413ad': () =>
        new Response('[{"id":"1"}]', {
          headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': '12' },
        }),
    })
    const source = await addSource(handler, { kind: 'zipkin' })
    const response = await get(handler, `/api/sources/${source.id}/traces/463AC35C9F6413AD`)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-length': '12',
      'x-clew-source': 'shop',
      'x-clew-note': encodeURIComponent('shop knows this trace as 463ac35c9f6413ad.'),
    })
    expect(await response.text()).toBe('[{"id":"1"}]')
    expect((await get(handler, `/api/sources/${source.id}/traces/${id}`)).status).toBe(200)
  })

  it('closes its upstream when the body is cancelled, as Electron does without any signal', async () => {
    const server = endless()
    const { handler } = handlerOver({ [path]: server.answer })
    const { id } = await addSource(handler)
    const response = await get(handler, `/api/sources/${id}/traces/${traceId}`)
    await response.body?.cancel()
    await server.closed
  })

  it('closes its upstream when the request is aborted, and its reader hears of it', async () => {
    const server = endless()
    const { handler } = handlerOver({ [path]: server.answer })
    const { id } = await addSource(handler)
    const leaving = new AbortController()
    const response = await get(handler, `/api/sources/${id}/traces/${traceId}`, { signal: leaving.signal })
    const reader = response.body?.getReader()
    await reader?.read()
    leaving.abort()
    await server.closed
    await expect(reader?.read()).rejects.toThrow('Stopped.')
  })

  it('is not asked for any more when the request is aborted before an answer came', async () => {
    let aborted = false
    const leaving = new AbortController()
    const { handler } = handlerOver({
      [path]: (_, init) =>
        new Promise((resolve) => {
          init.signal.addEventListener('abort', () => {
            aborted = true
            resolve(new Response())
          })
          leaving.abort()
        }),
    })
    const { id } = await addSource(handler)
    const response = get(handler, `/api/sources/${id}/traces/${traceId}`, { signal: leaving.signal })
    expect(await errorIn(await response)).toMatchObject({ kind: 'cancelled' })
    expect(aborted).toBe(true)
  })

  it('is not read ahead of its reader', async () => {
    const server = endless()
    const { handler } = handlerOver({ [path]: server.answer })
    const { id } = await addSource(handler)
    const response = await get(handler, `/api/sources/${id}/traces/${traceId}`)
    const reader = response.body?.getReader()
    await reader?.read()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(server.sent()).toBeLessThan(5)
    await reader?.cancel()
  })

  it('that breaks off ends with an error, so that a part is not taken for the whole', async () => {
    const { handler } = handlerOver({
      [path]: () => {
        let sent = false
        return new Response(
          new ReadableStream({
            pull(controller) {
              if (sent) controller.error(new Error('socket closed'))
              else controller.enqueue(new Uint8Array(4096).fill(0x7b))
              sent = true
            },
          }),
        )
      },
    })
    const { id } = await addSource(handler)
    const response = await get(handler, `/api/sources/${id}/traces/${traceId}`)
    await expect(response.text()).rejects.toThrow('The answer of shop broke off after 4,096 bytes.')
  })

  it('under way is broken off when Clew ends', async () => {
    const server = endless()
    const { handler } = handlerOver({ [path]: server.answer })
    const { id } = await addSource(handler)
    const response = await get(handler, `/api/sources/${id}/traces/${traceId}`)
    await handler.close()
    await server.closed
    await expect(response.text()).rejects.toThrow('Stopped.')
  })
})

/** What is slow is answered in turns: no connection of the page is held while somebody else's server is waited for. */
import { afterEach, expect, test, vi } from 'vitest'
import { addSource, closeHandlers, errorIn, get, handlerOver } from './handler-over'

afterEach(closeHandlers)
afterEach(() => void vi.useRealTimers())

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const prefer = { headers: { prefer: 'respond-async' } }

/** A Tempo whose trace comes piece by piece when the test says so; `stopped` when it is not wanted any more. */
async function slowTempo() {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>()
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  let pieces: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({ start: (controller) => void (pieces = controller) })
  const { handler } = handlerOver({
    [`/api/v2/traces/${traceId}`]: async (_, init) => {
      init.signal.addEventListener('abort', () => stop())
      ask()
      await begun
      return new Response(body, { headers: { 'content-type': 'application/json' } })
    },
  })
  const { id } = await addSource(handler, { timeoutMs: 60_000 })
  return {
    handler,
    path: `/api/sources/${id}/traces/${traceId}`,
    asked,
    begin,
    send: (text: string) => pieces?.enqueue(new TextEncoder().encode(text)),
    end: () => pieces?.close(),
    fail: () => pieces?.error(new Error('socket closed')),
    stopped,
  }
}

/** More than is looked at before an answer is passed on. */
const long = `{"spans":["${'a'.repeat(3000)}"`

/** Asks for the answer until there is one. */
async function nextTurn(handler: Parameters<typeof get>[0], path: string): Promise<Response> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    const response = await get(handler, path)
    if (response.status !== 202) return response
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('an answer that is not there yet is asked for later, and comes as it would have at once', async () => {
  const tempo = await slowTempo()
  const first = await get(tempo.handler, tempo.path, prefer)
  const later = first.headers.get('location') ?? ''
  expect(first.status).toBe(202)
  expect((await get(tempo.handler, later)).status).toBe(202)
  tempo.begin()
  tempo.send(long)
  const answer = await nextTurn(tempo.handler, later)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/json',
    'x-clew-source': 'shop',
    'cache-control': 'no-store',
  })
  // The source pauses: the turn ends, the answer does not.
  expect(await answer.text()).toBe(long)
  const rest = answer.headers.get('x-clew-rest') ?? ''
  expect((await get(tempo.handler, rest)).status).toBe(202)
  tempo.send('}')
  expect(await (await nextTurn(tempo.handler, rest)).text()).toBe('}')
  tempo.end()
  expect((await nextTurn(tempo.handler, rest)).status).toBe(204)
})

test('a source that sends without pause gives way to others too, and nothing of it is lost', async () => {
  const chunks = 50
  const { handler } = handlerOver({
    [`/api/v2/traces/${traceId}`]: () => {
      let sent = 0
      return new Response(
        new ReadableStream({
          async pull(controller) {
            await new Promise((resolve) => setTimeout(resolve, 30))
            sent += 1
            controller.enqueue(new Uint8Array(3000).fill(0x7b))
            if (sent === chunks) controller.close()
          },
        }),
      )
    },
  })
  const { id } = await addSource(handler)
  let turn = await get(handler, `/api/sources/${id}/traces/${traceId}`, prefer)
  if (turn.status === 202) turn = await nextTurn(handler, turn.headers.get('location') ?? '')
  const rest = turn.headers.get('x-clew-rest') ?? ''
  let turns = 0
  let bytes = 0
  while (turn.status !== 204) {
    turns += 1
    // oxlint-disable-next-line no-await-in-loop
    bytes += (await turn.arrayBuffer()).byteLength
    // oxlint-disable-next-line no-await-in-loop
    turn = await nextTurn(handler, rest)
  }
  expect(bytes).toBe(chunks * 3000)
  expect(turns).toBeGreaterThan(1)
})

test('why an answer broke off is told to who asks for the rest, after all that came', async () => {
  for (const isInTurn of [false, true]) {
    // oxlint-disable-next-line no-await-in-loop
    const tempo = await slowTempo()
    tempo.begin()
    tempo.send(long)
    // oxlint-disable-next-line no-await-in-loop
    const first = await get(tempo.handler, tempo.path, prefer)
    if (isInTurn) tempo.fail()
    // oxlint-disable-next-line no-await-in-loop
    expect(await first.text()).toBe(long)
    if (!isInTurn) tempo.fail()
    // oxlint-disable-next-line no-await-in-loop
    const rest = await nextTurn(tempo.handler, first.headers.get('x-clew-rest') ?? '')
    // oxlint-disable-next-line no-await-in-loop
    expect(await errorIn(rest)).toMatchObject({ kind: 'cut-off', http: 502 })
  }
})

test('what is given up before its answer or between two turns is not asked of the source any more', async () => {
  for (const hasBegun of [false, true]) {
    // oxlint-disable-next-line no-await-in-loop
    const tempo = await slowTempo()
    if (hasBegun) {
      tempo.begin()
      tempo.send(long)
    }
    // oxlint-disable-next-line no-await-in-loop
    const first = await get(tempo.handler, tempo.path, prefer)
    // oxlint-disable-next-line no-await-in-loop
    await first.text()
    const path = first.headers.get(hasBegun ? 'x-clew-rest' : 'location') ?? ''
    // oxlint-disable-next-line no-await-in-loop
    expect((await get(tempo.handler, path, { method: 'DELETE' })).status).toBe(204)
    // oxlint-disable-next-line no-await-in-loop
    await tempo.stopped
    // oxlint-disable-next-line no-await-in-loop
    expect(await errorIn(await get(tempo.handler, path))).toMatchObject({ kind: 'cut-off', http: 502 })
  }
})

test('what came may be enough: the source is asked no more, and the answer ends there', async () => {
  const tempo = await slowTempo()
  tempo.begin()
  // Less than is looked at before an answer is passed on: it is waited for until it is said to be enough.
  tempo.send('{"spans":[')
  const first = await get(tempo.handler, tempo.path, prefer)
  const path = first.headers.get('location') ?? ''
  expect((await get(tempo.handler, path, { method: 'POST' })).status).toBe(204)
  const answer = await nextTurn(tempo.handler, path)
  expect(await answer.text()).toBe('{"spans":[')
  await tempo.stopped
  expect((await nextTurn(tempo.handler, answer.headers.get('x-clew-rest') ?? '')).status).toBe(204)
})

test('leaving during a turn stops the source', async () => {
  const waiting = await slowTempo()
  const leaving = new AbortController()
  const answer = get(waiting.handler, waiting.path, { ...prefer, signal: leaving.signal })
  await waiting.asked
  leaving.abort()
  await waiting.stopped
  expect(await errorIn(await answer)).toMatchObject({ kind: 'cancelled' })

  const coming = await slowTempo()
  coming.begin()
  coming.send(long)
  const first = await get(coming.handler, coming.path, prefer)
  await first.body?.cancel()
  await coming.stopped
})

test('who does not ask for turns gets the whole answer, however late', async () => {
  const tempo = await slowTempo()
  const answer = get(tempo.handler, tempo.path)
  await new Promise((resolve) => setTimeout(resolve, 150))
  tempo.begin()
  tempo.send(long)
  tempo.send('}')
  tempo.end()
  expect(await (await answer).text()).toBe(`${long}}`)
})

test('an answer waits for who says that what came is still being read, and for nobody else', async () => {
  const tempo = await slowTempo()
  tempo.begin()
  tempo.send(long)
  let first = await get(tempo.handler, tempo.path, prefer)
  if (first.status === 202) first = await nextTurn(tempo.handler, first.headers.get('location') ?? '')
  const rest = first.headers.get('x-clew-rest') ?? ''
  vi.useFakeTimers()
  const ask = async (init?: RequestInit): Promise<Response> => {
    const answer = get(tempo.handler, rest, init)
    await vi.advanceTimersByTimeAsync(100)
    return answer
  }
  const text = first.text()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(await text).toBe(long)
  for (let at = 0; at < 3; at++) {
    // oxlint-disable-next-line no-await-in-loop
    await vi.advanceTimersByTimeAsync(10_000)
    // oxlint-disable-next-line no-await-in-loop
    expect((await ask({ method: 'PUT' })).status).toBe(204)
  }
  expect((await ask()).status).toBe(202)
  await vi.advanceTimersByTimeAsync(20_000)
  await tempo.stopped
  expect(await errorIn(await ask())).toMatchObject({ kind: 'cut-off' })
})

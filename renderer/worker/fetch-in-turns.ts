/**
 * `fetch` that holds no connection while Clew waits for somebody else's server: a browser opens six to one server, for all tabs
 * together, and sources that hang would hold them all. What is not there yet is asked for again (electron/handler/turns.ts); who calls
 * sees one answer.
 */

import type { ApiError } from '#shared/api/contract'

/** Pauses between two questions, milliseconds: growing, so that what takes long is asked seldom. */
const firstPauseMs = 40
const mostPauseMs = 500
/** So often the handler is told that what came is still being read: it forgets an answer that nobody asks for within 15 s. */
const stillHereMs = 4_000

/** What `fetch` takes, and what ends an answer where it is. */
export interface InTurnsInit extends RequestInit {
  /** Fires when what came is enough: the answer then ends there. */
  readonly enough?: AbortSignal
}

/** The answer once it is there; its body comes as the source sends it. Aborting it reaches the source. */
export async function fetchInTurns(url: string, { enough, ...init }: InTurnsInit = {}): Promise<Response> {
  const signal = init.signal ?? undefined
  const headers = new Headers(init.headers)
  headers.set('prefer', 'respond-async')
  let response = await fetch(url, { ...init, headers })
  const later = response.headers.get('location')
  if (response.status === 202 && later !== null) response = await settled(later, signal, enough)
  const rest = response.headers.get('x-clew-rest')
  return rest === null ? response : wholeOf(response, rest, signal, enough)
}

/** Asks until there is more to say than “not yet”. */
async function settled(
  path: string,
  signal: AbortSignal | undefined,
  enough: AbortSignal | undefined,
): Promise<Response> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(mostPauseMs, pauseMs * 1.5)) {
    try {
      // Each question follows from the answer before.
      // oxlint-disable-next-line no-await-in-loop
      await pause(pauseMs, signal)
      // oxlint-disable-next-line no-await-in-loop
      if (enough?.aborted === true) await fetch(path, { method: 'POST', signal: signal ?? null })
      // oxlint-disable-next-line no-await-in-loop
      const response = await fetch(path, { signal: signal ?? null })
      if (response.status !== 202) return response
    } catch (thrown) {
      if (signal?.aborted === true) giveUp(path)
      throw thrown
    }
  }
}

/** Where no question is under way that could be broken off, the handler has to be told. */
function giveUp(path: string): void {
  // Without it the handler gives up by itself a little later.
  void fetch(path, { method: 'DELETE', keepalive: true }).catch(() => undefined)
}

/** The same answer, its body put together. */
function wholeOf(
  response: Response,
  rest: string,
  signal: AbortSignal | undefined,
  enough: AbortSignal | undefined,
): Response {
  const headers = new Headers(response.headers)
  const length = headers.get('x-clew-length')
  if (length !== null) headers.set('content-length', length)
  let turn = response.body?.getReader()
  // Whoever reads may take its time over a piece, as over one that unpacks to a thousand times its size.
  const stillHere = setInterval(() => void fetch(rest, { method: 'PUT' }).catch(() => undefined), stillHereMs)
  const leave = (): void => clearInterval(stillHere)
  signal?.addEventListener('abort', leave, { once: true })
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const value = await next()
          if (value !== undefined) return controller.enqueue(value)
          leave()
          return controller.close()
        } catch (thrown) {
          leave()
          throw thrown
        }
      },
      async cancel(reason) {
        leave()
        await turn?.cancel(reason)
        giveUp(rest)
      },
    },
    { highWaterMark: 0 },
  )
  /** The next piece; undefined at the end. */
  async function next(): Promise<Uint8Array | undefined> {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop
      const { done, value } = (await turn?.read()) ?? { done: true, value: undefined }
      if (!done) return value
      turn = undefined
      // oxlint-disable-next-line no-await-in-loop
      const more = await settled(rest, signal, enough)
      if (more.status === 204) return undefined
      // oxlint-disable-next-line no-await-in-loop
      if (!more.ok) throw new Error(await wordsOf(more))
      turn = more.body?.getReader()
    }
  }
  return new Response(body, { status: response.status, headers })
}

/** Why there is no rest, as the handler says it. */
async function wordsOf(response: Response): Promise<string> {
  const { message } = (await response.json()) as ApiError
  return message
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }, ms)
    if (signal?.aborted === true) leave()
    else signal?.addEventListener('abort', leave, { once: true })
  })
}

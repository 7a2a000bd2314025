/**
 * Answers in turns. A browser opens six connections to one server, which is us, for all of its tabs together; a few sources that hang
 * would hold them all. So nothing holds one while it waits for somebody else's server, or for long:
 *
 *   GET /api/…, prefer: respond-async ──> the answer, or after 50 ms without one: 202, location: /api/turns/T
 *   GET /api/turns/T ──> 202 … 202 ──> the answer: its status and headers, and, where it is a stream, what there is of its body,
 *                                      x-clew-rest: /api/turns/T
 *   GET /api/turns/T ──> 202 … 200 with more of the body … 204: that was all; or the error that ended it
 *   POST /api/turns/T ──> 204: what came is enough; who asks on gets it
 *   PUT /api/turns/T ──> 204: what came is still being read, and the rest will be asked for
 *   DELETE /api/turns/T ──> 204: nobody wants it any more
 */
import { randomUUID } from 'node:crypto'
import type { ApiError } from '#shared/api/contract'
import { Enough } from '../backends/enough.ts'
import { failure } from '../backends/source-error.ts'
import { errorAnswer, toApiError } from './answers.ts'
import { dataHeaders } from './page.ts'

/** How long a connection is held while nothing comes. */
const silenceMs = 50
/** How long a connection is held by a body that keeps coming, so that who waits for one gets a turn. */
const turnMs = 1_000
/** A page that does not come back for its answer so long is gone. */
const forgottenMs = 15_000

const turnsPath = '/api/turns/'

/** Answers a request without its turns; `signal` fires when nobody wants the answer any more. Never rejects. */
export type Ask = (signal: AbortSignal) => Promise<Response>

/** The answers that are under way. */
export interface Turns {
  /** The answer to any request: one turn of it where that was asked for, all of it where not. */
  answer(request: Request, ask: Ask): Promise<Response>
  /** Ends them all. */
  close(): void
}

type Piece = Awaited<ReturnType<ReadableStreamDefaultReader<Uint8Array>['read']>>

/** One answer, or the rest of it. */
interface UnderWay {
  readonly path: string
  readonly stop: AbortController
  readonly answer: Promise<Response>
  body: ReadableStreamDefaultReader<Uint8Array> | undefined
  /** Asked of `body`, and not handed on yet. */
  next: Promise<Piece> | undefined
  forgotten: NodeJS.Timeout | undefined
}

/** No answer is under way. */
export function createTurns(): Turns {
  const underWay = new Map<string, UnderWay>()

  function drop(one: UnderWay): void {
    awaited(one)
    underWay.delete(one.path)
    one.stop.abort()
    // It may have failed already; whoever wanted it has left.
    one.body?.cancel().catch(() => undefined)
  }

  /** Nobody forgot it. */
  function awaited(one: UnderWay): void {
    clearTimeout(one.forgotten)
    one.forgotten = undefined
  }

  /** Until it is asked for again. */
  function keep(one: UnderWay): void {
    clearTimeout(one.forgotten)
    one.forgotten = setTimeout(() => drop(one), forgottenMs)
    one.forgotten.unref()
  }

  async function begin(request: Request, ask: Ask): Promise<Response> {
    const stop = new AbortController()
    const path = turnsPath + randomUUID()
    const one: UnderWay = {
      path,
      stop,
      answer: ask(stop.signal),
      body: undefined,
      next: undefined,
      forgotten: undefined,
    }
    const leave = (): void => drop(one)
    request.signal.addEventListener('abort', leave)
    underWay.set(path, one)
    try {
      return await answerWithin(one, silenceMs)
    } finally {
      // The connection may close now: the answer is asked for on another.
      request.signal.removeEventListener('abort', leave)
    }
  }

  async function answerWithin(one: UnderWay, ms: number): Promise<Response> {
    const answer = await within(ms, one.answer)
    if (answer === undefined) {
      keep(one)
      return empty(202, { location: one.path })
    }
    // A stream names its source; all else is here already.
    if (answer.body === null || !answer.headers.has('x-clew-source')) {
      underWay.delete(one.path)
      return answer
    }
    one.body = answer.body.getReader()
    const headers = new Headers(answer.headers)
    headers.set('x-clew-rest', one.path)
    // That of the whole; a turn has its own.
    const length = headers.get('content-length')
    if (length !== null) headers.set('x-clew-length', length)
    headers.delete('content-length')
    return new Response(turnOf(one, one.body), { status: answer.status, headers })
  }

  async function goOn(one: UnderWay): Promise<Response> {
    awaited(one)
    if (one.body === undefined) return answerWithin(one, 0)
    try {
      const next = await within(0, nextOf(one, one.body))
      if (next === undefined) {
        keep(one)
        return empty(202)
      }
      if (next.done) {
        underWay.delete(one.path)
        return empty(204)
      }
    } catch (thrown) {
      drop(one)
      return said(toApiError(thrown))
    }
    return new Response(turnOf(one, one.body), { headers: dataHeaders })
  }

  /** What comes of the body until it pauses or its time is up. */
  function turnOf(one: UnderWay, body: ReadableStreamDefaultReader<Uint8Array>): ReadableStream<Uint8Array> {
    const endMs = performance.now() + turnMs
    // One timer for all pieces, wound up for each: 1 GB has 16,000 of them.
    let late: (() => void) | undefined
    const silence = setTimeout(() => late?.(), silenceMs)
    const inTime = (coming: Promise<Piece>): Promise<Piece | undefined> =>
      new Promise((resolve, reject) => {
        late = () => resolve(undefined)
        silence.refresh()
        coming.then(resolve, reject)
      })
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const isOver = performance.now() >= endMs
          const next = isOver ? undefined : await inTime(nextOf(one, body)).catch(() => undefined)
          if (next !== undefined && !next.done) {
            one.next = undefined
            controller.enqueue(next.value)
            return
          }
          // Its end, or what broke it off, is told to who asks for the rest: then all that came before has arrived.
          clearTimeout(silence)
          keep(one)
          controller.close()
        },
        cancel() {
          clearTimeout(silence)
          drop(one)
        },
      },
      { highWaterMark: 0 },
    )
  }

  return {
    async answer(request, ask) {
      const { pathname } = new URL(request.url)
      if (!pathname.startsWith(turnsPath))
        return request.headers.get('prefer') === 'respond-async' ? begin(request, ask) : ask(request.signal)
      const one = underWay.get(pathname)
      if (request.method === 'DELETE') {
        if (one !== undefined) drop(one)
        return empty(204)
      }
      if (request.method === 'PUT') {
        one?.forgotten?.refresh()
        return empty(204)
      }
      if (one !== undefined && request.method === 'POST') {
        one.stop.abort(new Enough('What came is enough.'))
        return empty(204)
      }
      if (one !== undefined) return goOn(one)
      return said(
        failure('cut-off', 'Clew no longer has this answer: nobody came for it in time.', 'Ask again.').error,
      )
    },
    close() {
      for (const one of underWay.values()) drop(one)
    },
  }
}

/** Read once, however often it is asked for. */
function nextOf(one: UnderWay, body: ReadableStreamDefaultReader<Uint8Array>): Promise<Piece> {
  if (one.next === undefined) {
    one.next = body.read()
    // Between two turns nobody listens; a failure is told to who asks for the rest.
    one.next.catch(() => undefined)
  }
  return one.next
}

function said(error: ApiError): Response {
  const response = errorAnswer(error)
  for (const [name, value] of Object.entries(dataHeaders)) response.headers.set(name, value)
  return response
}

function empty(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { ...dataHeaders, ...headers } })
}

/** What comes in time; undefined for what does not. */
async function within<Value>(ms: number, coming: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([coming, late])
  } finally {
    clearTimeout(timer)
  }
}

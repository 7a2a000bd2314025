/**
 * One request and its answer: a place at the gate, a signal from end to end, a time limit to the first byte and between two chunks (or
 * to the end, where the answer is read as a whole), and a limit on the bytes. Nothing is buffered: a chunk is read from the server when
 * the reader asks for one.
 */
import type { Dispatcher } from 'undici'
import type { Gate } from '#shared/base/gate'
import { tooLargeError } from './answer-error.ts'
import { isBlank } from './bytes.ts'
import { limitMs, offTheClock, patienceMs, renewTime } from './deadline.ts'
import { isEnough } from './enough.ts'
import { cutOffError, deepestCause, networkError, timeoutError } from './network-error.ts'
import { cancelled, SourceError } from './source-error.ts'
import type { SourceTarget } from './target.ts'

/** The part of fetch that the backends use; a test gives its own. */
export type UpstreamFetch = (url: string, init: UpstreamInit) => Promise<Response>

/** What the backends say of a request. */
export interface UpstreamInit {
  readonly method: 'GET' | 'POST'
  /** What is posted. */
  readonly body?: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly dispatcher: Dispatcher | undefined
}

/** An answer of any status, its body still to be read. */
export interface Exchange {
  readonly status: number
  readonly headers: Headers
  /** Ends with a SourceError when the server breaks off, is too slow, or sends too much. Cancelling it closes the connection. */
  readonly body: ReadableStream<Uint8Array>
  readonly roundTripMs: number
  /** Called before `body` is read as a whole: a server that sends a byte now and then is late too. */
  limitWhole(): void
}

/** What an exchange needs besides its URL. */
export interface ExchangeOptions {
  readonly target: SourceTarget
  readonly headers: Readonly<Record<string, string>>
  /** What is posted; without it the request is a GET. */
  readonly form?: string | undefined
  readonly fetch: UpstreamFetch
  readonly dispatcher: Dispatcher | undefined
  readonly usesProxy: boolean
  /** Finds out why the server hung up; undefined where nothing can be found out. */
  readonly refusal: ((signal: AbortSignal) => Promise<Error | undefined>) | undefined
  readonly gate: Gate
  readonly limitBytes: number
  /** Fires when nobody wants the answer any more, or more of it: then the body ends where it is. */
  readonly signals: readonly AbortSignal[]
}

/** Sends a request; resolves when the headers of the answer are there, rejects with a SourceError. */
export async function exchange(url: string, options: ExchangeOptions): Promise<Exchange> {
  const { target, gate } = options
  const inner = new AbortController()
  const unlink = link(options.signals, inner)
  let leaveGate: (() => void) | undefined
  const release = (): void => {
    unlink()
    leaveGate?.()
  }
  let timer: NodeJS.Timeout | undefined
  try {
    leaveGate = await offTheClock(gate.enter(inner.signal))
    const startMs = performance.now()
    const late = timeoutError(target, 'answer', limitMs(target.timeoutMs))
    const timedOut = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(late)
        inner.abort()
      }, patienceMs(target.timeoutMs))
      inner.signal.addEventListener('abort', () => reject(cancelled()), { once: true })
    })
    const response = await Promise.race([ask(url, options, inner.signal), timedOut])
    renewTime()
    return {
      status: response.status,
      headers: response.headers,
      ...guardBody(response, options, inner, release),
      roundTripMs: performance.now() - startMs,
    }
  } catch (thrown) {
    release()
    inner.abort()
    if (options.signals.some((signal) => signal.aborted)) throw cancelled()
    throw networkError(thrown, target, options.usesProxy)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Asks, and once more when a connection kept from earlier turns out to be dead (a server that was restarted): no byte of an answer
 * was seen, and a question may be repeated.
 */
async function ask(url: string, options: ExchangeOptions, signal: AbortSignal): Promise<Response> {
  const { fetch, headers, form, dispatcher } = options
  const init: UpstreamInit =
    form === undefined
      ? { method: 'GET', headers, signal, dispatcher }
      : { method: 'POST', body: form, headers, signal, dispatcher }
  try {
    return await fetch(url, init)
  } catch (thrown) {
    if (signal.aborted || !isHangUp(thrown)) throw thrown
  }
  try {
    return await fetch(url, init)
  } catch (thrown) {
    if (signal.aborted || !isHangUp(thrown)) throw thrown
    throw (await options.refusal?.(signal)) ?? thrown
  }
}

function isHangUp(thrown: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(deepestCause(thrown).code ?? '')
}

/** Fires `inner` when any of the signals does; returns how to let go of them. */
function link(signals: readonly AbortSignal[], inner: AbortController): () => void {
  const links = signals.map((signal) => ({ signal, abort: (): void => inner.abort(signal.reason) }))
  for (const { signal, abort } of links) {
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
  }
  return () => {
    for (const { signal, abort } of links) signal.removeEventListener('abort', abort)
  }
}

/** The body with its limits; `release` is called once, when it ends in whatever way. */
function guardBody(
  response: Response,
  { target, limitBytes, signals }: ExchangeOptions,
  inner: AbortController,
  release: () => void,
): Pick<Exchange, 'body' | 'limitWhole'> {
  const reader = response.body?.getReader()
  if (reader === undefined) {
    release()
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.close() })
    return { body, limitWhole: () => undefined }
  }
  const timeLimitMs = limitMs(target.timeoutMs)
  let received = 0
  let ended = false
  let waiting = false
  let isWhole = false
  /** Nothing but blanks came last, which is how a server says that it has nothing yet. */
  let idle = true
  let waitingFor: 'answer' | 'rest' = 'answer'
  let silence: NodeJS.Timeout | undefined
  let onFirst: (() => void) | undefined
  /** Nothing more will be read. */
  const end = (): void => {
    ended = true
    clearTimeout(silence)
    release()
  }
  /** Closes what is still open towards the server; a failure of the closing itself has nobody to be told. */
  const stop = (): void => {
    end()
    inner.abort()
    reader.cancel().catch(() => undefined)
  }
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const fail = (error: SourceError): void => {
          if (ended) return
          stop()
          controller.error(error)
        }
        const onAbort = (): void => {
          if (ended || !isEnough(inner.signal)) return fail(cancelled())
          stop()
          controller.close()
        }
        inner.signal.addEventListener('abort', onAbort, { once: true })
        const onSilence = (): void => {
          if (isWhole) fail(timeoutError(target, received === 0 ? 'answer' : 'end', timeLimitMs))
          else if (waiting) fail(timeoutError(target, waitingFor, timeLimitMs))
          else silence?.refresh()
        }
        // One timer for the whole body, wound up for each chunk: 1 GB has 16,000 of them. It counts only while a chunk is waited
        // for, because a reader that pauses is not a slow server.
        // Headers alone are no answer: the first chunk has only what is left of the time for one.
        silence = setTimeout(onSilence, patienceMs(target.timeoutMs))
        onFirst = () => {
          waitingFor = 'rest'
          if (isWhole) return
          clearTimeout(silence)
          silence = setTimeout(onSilence, timeLimitMs)
        }
        const announced = Number(response.headers.get('content-length') ?? 0)
        if (announced > limitBytes) fail(tooLargeError(target, limitBytes))
      },
      async pull(controller) {
        waiting = true
        if (!isWhole && !idle) silence?.refresh()
        try {
          const { done, value } = await reader.read()
          if (ended) return
          if (done) {
            end()
            controller.close()
            return
          }
          idle = value.every(isBlank)
          if (!idle && waitingFor === 'answer') onFirst?.()
          received += value.byteLength
          if (received > limitBytes) throw tooLargeError(target, limitBytes)
          controller.enqueue(value)
        } catch (thrown) {
          if (ended) return
          stop()
          controller.error(bodyError(thrown, target, received, signals))
        } finally {
          waiting = false
        }
      },
      cancel() {
        if (!ended) stop()
      },
    },
    { highWaterMark: 0 },
  )
  return { body, limitWhole: () => void (isWhole = true) }
}

function bodyError(
  thrown: unknown,
  target: SourceTarget,
  received: number,
  signals: readonly AbortSignal[],
): SourceError {
  if (signals.some((signal) => signal.aborted)) return cancelled()
  if (thrown instanceof SourceError) return thrown
  return cutOffError(target, received, deepestCause(thrown).message)
}

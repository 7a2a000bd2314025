/** A WebSocket to a source, as a stream of the texts it sends. */
import { type Dispatcher, WebSocket } from 'undici'
import { limitMs, patienceMs } from './deadline.ts'
import { timeoutError } from './network-error.ts'
import { cancelled, failure } from './source-error.ts'
import type { SourceTarget } from './target.ts'

/** What a socket needs besides its URL. */
export interface SocketOptions {
  readonly target: SourceTarget
  readonly headers: Readonly<Record<string, string>>
  readonly dispatcher: Dispatcher | undefined
  /** Fires when nobody wants it any more. */
  readonly signals: readonly AbortSignal[]
}

/** Letters that wait for a reader who does not come; then the socket is closed, for it cannot be told to wait. */
const mostWaiting = 32e6

/**
 * Resolves once it is open, rejects with a SourceError. The stream ends when the server closes it, and with a SourceError when it breaks off
 * or nobody reads it; cancelling it closes the socket. `url` is http or https.
 */
export function openSocket(url: string, options: SocketOptions): Promise<ReadableStream<string>> {
  const { target, headers, dispatcher, signals } = options
  return new Promise((resolve, reject) => {
    if (signals.some((signal) => signal.aborted)) {
      reject(cancelled())
      return
    }
    const socket = new WebSocket(url.replace(/^http/, 'ws'), {
      headers,
      ...(dispatcher === undefined ? {} : { dispatcher }),
    })
    let texts: ReadableStreamDefaultController<string> | undefined
    let ended = false
    const end = (act: () => void): void => {
      if (ended) return
      ended = true
      clearTimeout(timer)
      for (const signal of signals) signal.removeEventListener('abort', leave)
      act()
      socket.close()
    }
    const fail = (error: Error): void =>
      end(() => {
        if (texts) texts.error(error)
        else reject(error)
      })
    const leave = (): void => fail(cancelled())
    for (const signal of signals) signal.addEventListener('abort', leave, { once: true })
    const timer = setTimeout(
      () => fail(timeoutError(target, 'answer', limitMs(target.timeoutMs))),
      patienceMs(target.timeoutMs),
    )
    socket.addEventListener('open', () => {
      clearTimeout(timer)
      resolve(
        new ReadableStream<string>(
          {
            start: (controller) => {
              texts = controller
            },
            cancel: () => end(() => undefined),
          },
          { highWaterMark: mostWaiting, size: (text) => text.length },
        ),
      )
    })
    socket.addEventListener('message', ({ data }) => {
      if (ended || typeof data !== 'string') return
      texts?.enqueue(data)
      if ((texts?.desiredSize ?? 1) < 0) fail(tooFast(target))
    })
    socket.addEventListener('error', () => fail(texts ? brokeOff(target) : notOpened(target)))
    socket.addEventListener('close', ({ code, reason }) => {
      if (texts === undefined) fail(notOpened(target))
      else if (code === 1000 || code === 1001) end(() => texts?.close())
      else fail(brokeOff(target, reason))
    })
  })
}

const notOpened = ({ name }: SourceTarget) =>
  failure(
    'bad-answer',
    `${name} does not open a live stream.`,
    'A proxy before it may not let WebSockets through; the lines can still be asked for.',
  )

const brokeOff = ({ name }: SourceTarget, detail?: string) =>
  failure('cut-off', `The live stream of ${name} broke off.`, 'It is opened again.', { detail })

const tooFast = ({ name }: SourceTarget) =>
  failure(
    'too-large',
    `${name} sends lines faster than they can be taken.`,
    'Filter the query, so that fewer lines match.',
  )

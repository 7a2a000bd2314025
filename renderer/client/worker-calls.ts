/**
 * Calls to a worker over messages: one number per call, events on the way, abortable. Knows the messages, not what they are for.
 */
import type { Answer, Event, FromWorker, Request, ToWorker } from '../worker/messages'
import type { ApiError } from '#shared/api/contract'
import { ClewError } from './api'

/** The part of a Worker that is used, so that a test can stand in for it. */
export interface WorkerLike {
  postMessage(message: ToWorker, transfer: Transferable[]): void
  terminate(): void
  addEventListener(
    type: 'message' | 'messageerror',
    listener: (event: MessageEvent<FromWorker>) => void,
  ): void
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void
}

interface Pending {
  readonly settle: (outcome: { answer: Answer } | { error: ApiError }) => void
  readonly onEvent: ((event: Event) => void) | undefined
}

export interface CallOptions {
  readonly signal: AbortSignal
  readonly onEvent?: (event: Event) => void
  /** After an abort, wait for what the worker still says (it keeps what was read) instead of rejecting at once. */
  readonly waitAfterAbort?: boolean
}

const cancelled: ApiError = {
  kind: 'cancelled',
  message: 'Stopped.',
  detail: undefined,
  advice: 'Start it again when you need it.',
  status: undefined,
}

function crash(detail: string | undefined): ApiError {
  const outOfMemory = /memory|allocation/iu.test(detail ?? '')
  return {
    kind: outOfMemory ? 'too-large' : 'internal',
    message: outOfMemory
      ? 'There was not enough memory to hold this.'
      : 'The part of Clew that reads traces stopped unexpectedly and was started again.',
    detail,
    advice: outOfMemory
      ? 'Close other tabs, or open a smaller part of it: one trace, or a narrower time range.'
      : 'Open the trace again.',
    status: undefined,
  }
}

/** Starts the worker with the first call unless it is prepared, and a new one with the first call after a crash. */
export class WorkerCalls {
  readonly #start: () => WorkerLike
  #worker: WorkerLike | undefined
  #pending = new Map<number, Pending>()
  #lastId = 0

  constructor(start: () => WorkerLike) {
    this.#start = start
  }

  /** Starts the worker before the first call; where that fails, the first call says so. */
  prepare(): void {
    try {
      this.#running()
    } catch {
      // Tried again, and told, by who asks for something.
    }
  }

  call(request: Request, options: CallOptions): Promise<Answer> {
    const { signal, onEvent, waitAfterAbort = false } = options
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new ClewError(cancelled))
        return
      }
      const id = ++this.#lastId
      const onAbort = () => {
        this.#worker?.postMessage({ id: ++this.#lastId, request: { kind: 'cancel', request: id } }, [])
        if (!waitAfterAbort) settle({ error: cancelled })
      }
      const settle: Pending['settle'] = (outcome) => {
        this.#pending.delete(id)
        signal.removeEventListener('abort', onAbort)
        if ('answer' in outcome) resolve(outcome.answer)
        else reject(new ClewError(outcome.error))
      }
      this.#pending.set(id, { settle, onEvent })
      signal.addEventListener('abort', onAbort)
      try {
        this.#running().postMessage({ id, request }, [])
      } catch (thrown) {
        settle({ error: crash(thrown instanceof Error ? thrown.message : String(thrown)) })
      }
    })
  }

  #running(): WorkerLike {
    if (this.#worker !== undefined) return this.#worker
    const worker = this.#start()
    worker.addEventListener('message', ({ data }) => this.#hear(data))
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      this.#replace(worker, event.message)
    })
    // A message that cannot be rebuilt here is, in practice, columns for which there is no memory.
    worker.addEventListener('messageerror', () =>
      this.#replace(worker, 'Out of memory while handing over a trace'),
    )
    this.#worker = worker
    return worker
  }

  #hear(message: FromWorker): void {
    const pending = this.#pending.get(message.id)
    if (pending === undefined) return
    if ('event' in message) pending.onEvent?.(message.event)
    else pending.settle(message)
  }

  #replace(worker: WorkerLike, detail: string | undefined): void {
    if (this.#worker !== worker) return
    worker.terminate()
    this.#worker = undefined
    const error = crash(detail === '' ? undefined : detail)
    for (const { settle } of this.#pending.values()) settle({ error })
  }
}

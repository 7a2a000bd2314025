import type { Worker } from 'node:worker_threads'
import { cancelled, failure, type SourceError } from '../backends/source-error.ts'
import type { StoreCall, StoreReply } from './store-messages.ts'

/** Questions to the stores of a thread. */
export interface ThreadCalls<Stores> {
  /** Rejects with a SourceError: what was refused, what failed, that the thread has ended, or that the signal fired. */
  readonly ask: <Store extends keyof Stores, Name extends keyof Stores[Store]>(
    signal: AbortSignal,
    store: Store,
    name: Name,
    ...args: ArgsOf<Stores[Store][Name]>
  ) => Promise<AnswerOf<Stores[Store][Name]>>
  /** Ends the thread; who still waits is refused. */
  readonly close: () => Promise<void>
}

type ArgsOf<Question> = Question extends (...args: infer Args) => unknown ? Args : never
type AnswerOf<Question> = Question extends (...args: never[]) => infer Answer ? Awaited<Answer> : never

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: SourceError) => void
}

/** Talks to a thread that `answerCalls` (store-door.ts); `name` is what it is called in sentences, `again` what to do when it has ended. */
export function createThreadCalls<Stores>(
  worker: Worker,
  name: string,
  again = 'Start it again.',
): ThreadCalls<Stores> {
  const waiting = new Map<number, Waiting>()
  let nextId = 0
  let end: SourceError | undefined

  worker.on('message', (reply: StoreReply) => {
    const asked = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('answer' in reply) asked?.resolve(reply.answer)
    else asked?.reject('refusal' in reply ? refused(reply.refusal) : failed(reply.failure))
  })
  worker.on('error', (cause) => finish(failed(cause instanceof Error ? cause.message : String(cause))))
  worker.on('exit', () => finish(failure('not-found', `${name} has ended.`, again)))
  // It must not keep Clew from ending.
  worker.unref()

  function failed(detail: string): SourceError {
    return failure('internal', `${name} failed inside Clew.`, again, { detail })
  }

  function refused(detail: string): SourceError {
    return failure('bad-query', `${name} did not understand the query.`, 'Correct the query.', { detail })
  }

  function finish(error: SourceError): void {
    end ??= error
    for (const { reject } of waiting.values()) reject(end)
    waiting.clear()
  }

  function ask<Store extends keyof Stores, Name extends keyof Stores[Store]>(
    signal: AbortSignal,
    store: Store,
    name: Name,
    ...args: ArgsOf<Stores[Store][Name]>
  ): Promise<AnswerOf<Stores[Store][Name]>> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(cancelled())
      if (end) return reject(end)
      const id = nextId++
      const stopped = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
      const leave = (): void => {
        waiting.delete(id)
        Atomics.store(stopped, 0, 1)
        reject(cancelled())
      }
      signal.addEventListener('abort', leave, { once: true })
      const settled = (): void => signal.removeEventListener('abort', leave)
      waiting.set(id, {
        resolve: (answer) => {
          settled()
          resolve(answer as AnswerOf<Stores[Store][Name]>)
        },
        reject: (error) => {
          settled()
          reject(error)
        },
      })
      const call: StoreCall = { id, store: String(store), name: String(name), args, stopped }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node's has no origin
      return worker.postMessage(call)
    })
  }

  return {
    ask,
    async close() {
      await worker.terminate()
    },
  }
}

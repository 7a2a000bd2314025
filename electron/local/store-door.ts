/** The door of a source's thread: questions in, answers of its stores out. */
import { setImmediate } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import type { StopSignal } from '#shared/query/breath'
import { reasonOf } from './refusal.ts'
import type { EmbeddedStores, StoreCall, StoreReply } from './store-messages.ts'

/** These let others have their turn in between, and look whether they are stopped. */
const long: ReadonlySet<string> = new Set([
  'search',
  'query',
  'queryRange',
  'rules',
  'lines',
  'metric',
  'volume',
  'fields',
  'fieldValues',
])

/** Answers the questions of the thread that started this one, from now on. */
export function answerCalls(stores: EmbeddedStores): void {
  async function answer(call: StoreCall): Promise<void> {
    const { id } = call
    let reply: StoreReply
    try {
      reply = { id, answer: await answerTo(stores, call) }
    } catch (thrown) {
      reply = { id, ...reasonOf(thrown, call) }
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node's has no origin
    parentPort?.postMessage(reply)
  }

  parentPort?.on('message', (call: StoreCall) => void answer(call))
}

type Questions = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

function answerTo(stores: EmbeddedStores, { store, name, args, stopped }: StoreCall): unknown {
  const questions = (stores as unknown as Readonly<Record<string, Questions>>)[store]
  return questions[name](
    ...args,
    ...(long.has(name) ? [{ signal: stopSignal(stopped), pause: setImmediate }] : []),
  )
}

function stopSignal(stopped: Int32Array): StopSignal {
  return {
    get aborted() {
      return Atomics.load(stopped, 0) === 1
    },
    reason: new Error('nobody waits for it any more'),
  }
}

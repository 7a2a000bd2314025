/** A thread that runs the demo shop once and then answers for what it left behind: only a door to the TraceStore. */
import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { traceqlOf } from '#shared/api/traceql'
import { lineAndColumn, TraceqlError } from '#shared/query/traceql/traceql-error'
import { simulate } from '#shared/simulate/run'
import type { DemoWorkerData, StoreCall, StoreReply, StoreStop } from './demo-worker-messages.ts'
import { createTraceStore } from './trace-store.ts'

const { scenario, seed, startMs, endMs } = workerData as DemoWorkerData
const endNs = BigInt(endMs) * 1_000_000n
const store = createTraceStore(simulate({ scenario, seed, endNs, lengthMinutes: (endMs - startMs) / 60_000 }))

/** Questions that are being answered, by their id. */
const asked = new Map<number, AbortController>()

parentPort?.on('message', (message: StoreCall | StoreStop) => {
  if ('stop' in message) asked.get(message.stop)?.abort()
  else void answer(message)
})

async function answer(call: StoreCall): Promise<void> {
  const { id } = call
  const controller = new AbortController()
  asked.set(id, controller)
  let reply: StoreReply
  try {
    reply = { id, answer: await answerTo(call, controller.signal) }
  } catch (thrown) {
    reply = { id, ...reasonOf(thrown, call) }
  }
  asked.delete(id)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node's has no origin
  parentPort?.postMessage(reply)
}

/** A search takes messages in between, that to stop among them. */
function answerTo({ name, args }: StoreCall, signal: AbortSignal): unknown {
  if (name === 'search') return store.search(args[0], { signal, pause: setImmediate })
  // Name and arguments belong together, which the compiler cannot follow through a union.
  return (store[name] as (...args: unknown[]) => unknown)(...args)
}

function reasonOf(
  thrown: unknown,
  { name, args }: StoreCall,
): { readonly refusal: string } | { readonly failure: string } {
  if (thrown instanceof TraceqlError && name === 'search') {
    const { line, column } = lineAndColumn(traceqlOf(args[0]), thrown.from)
    // As Tempo says it, so that the page finds the place in either's words.
    return { refusal: `at line ${line}, col ${column}: ${thrown.message}` }
  }
  return { failure: thrown instanceof Error ? thrown.message : String(thrown) }
}

/** A thread that runs the demo shop once and then answers for what it left behind: only a door to the TraceStore. */
import { parentPort, workerData } from 'node:worker_threads'
import { simulate } from '#shared/simulate/run'
import type { DemoWorkerData, StoreCall, StoreReply } from './demo-worker-messages.ts'
import { createTraceStore } from './trace-store.ts'

const { scenario, seed, startMs, endMs } = workerData as DemoWorkerData
const endNs = BigInt(endMs) * 1_000_000n
const store = createTraceStore(simulate({ scenario, seed, endNs, lengthMinutes: (endMs - startMs) / 60_000 }))

parentPort?.on('message', ({ id, name, args }: StoreCall) => {
  let reply: StoreReply
  try {
    // Name and arguments belong together, which the compiler cannot follow through a union.
    reply = { id, answer: (store[name] as (...args: unknown[]) => unknown)(...args) }
  } catch (thrown) {
    reply = { id, failure: thrown instanceof Error ? thrown.message : String(thrown) }
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node's has no origin
  parentPort?.postMessage(reply)
})

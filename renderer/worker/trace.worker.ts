/** The door of the trace worker: messages in, trace-thread.ts, messages out. */
import type { Environment } from './environment'
import { fetchInTurns } from './fetch-in-turns'
import type { FromWorker, ToWorker } from './messages'
import { TraceThread } from './trace-thread'

declare const self: DedicatedWorkerGlobalScope

const environment: Environment = {
  fetch: fetchInTurns,
  now: () => performance.now(),
  pause,
  // Where the page may share memory with its worker, a trace is handed over without a copy: 60 MB of columns copy in 250 ms.
  allocate: (byteLength) =>
    self.crossOriginIsolated ? new SharedArrayBuffer(byteLength) : new ArrayBuffer(byteLength),
  // Half of what the machine has, as far as the browser says (8 GB at most, and nothing in some). Beyond that the process would be ended
  // from outside, and the page with it. Of one answer the handler passes on 4 GB and breaks it off without words: that must not be reached.
  mostBytes: Math.min(
    ((navigator as { readonly deviceMemory?: number }).deviceMemory ?? 4) * 0.5 * 2 ** 30,
    3.9e9,
  ),
}

// A message to oneself comes after those that wait already. setTimeout would do, but takes 4 ms when used in a row.
const { port1, port2 } = new MessageChannel()
const waiting: (() => void)[] = []
port1.addEventListener('message', () => waiting.shift()?.())
port1.start()

function pause(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    port2.postMessage(undefined, [])
  })
}

const thread = new TraceThread(environment, (message, transfer) => self.postMessage(message, transfer))

// A worker that is ended from outside says nothing; whoever waits for this lock hears of it.
void navigator.locks.request(self.name, () => {
  self.postMessage({ id: 0, event: { kind: 'alive' } } satisfies FromWorker, [])
  return new Promise(() => undefined)
})

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => void thread.handle(data))

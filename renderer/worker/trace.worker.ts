/** The door of the trace worker: messages in, trace-thread.ts, messages out. */
import type { FromWorker, ToWorker } from './messages'

declare const self: DedicatedWorkerGlobalScope

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  const message: FromWorker = {
    id: data.id,
    error: {
      kind: 'internal',
      message: 'Reading traces is not possible yet.',
      detail: undefined,
      advice: 'Wait for the next version.',
      status: undefined,
    },
  }
  self.postMessage(message)
})

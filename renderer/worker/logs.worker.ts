/** The door of the log worker: messages in, log-thread.ts, messages out. */
import { fetchInTurns } from './fetch-in-turns'
import type { ToLogWorker } from './log-messages'
import { LogThread } from './log-thread'

declare const self: DedicatedWorkerGlobalScope

const thread = new LogThread({ fetch: fetchInTurns }, (message, transfer) =>
  self.postMessage(message, transfer),
)

self.addEventListener('message', ({ data }: MessageEvent<ToLogWorker>) => void thread.handle(data))

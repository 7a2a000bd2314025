/** Hears of a worker that ends without a word, as one does that the browser ends. */
import type { FromWorker } from '../worker/messages'

/** The worker holds the lock of its name as long as it lives: once that is free, the worker is told of as one that failed. */
export function watchEnd(
  worker: EventTarget,
  name: string,
  locks: { request(name: string, callback: () => void): Promise<unknown> },
): void {
  worker.addEventListener('message', (message) => {
    const { data } = message as MessageEvent<FromWorker>
    if ('event' in data && data.event.kind === 'alive')
      void locks.request(name, () => void worker.dispatchEvent(new Event('error')))
  })
}

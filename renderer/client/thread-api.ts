import type { ThreadChange } from '#shared/thread/change'
import type { Thread } from '#shared/thread/thread'
import { call, getJson } from './api'

/** Browsers send so much after the page has gone. */
const farewellBytes = 60_000

/** The running thread, which the handler keeps. */
export const threadApi = {
  thread: () => getJson<Thread>('/api/thread'),
  earlier: (signal: AbortSignal) => getJson<Thread[]>('/api/thread/earlier', signal),
  async change(change: ThreadChange): Promise<void> {
    const body = JSON.stringify(change)
    await call('/api/thread', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      // A step that was made a moment before the page is left still arrives.
      keepalive: body.length < farewellBytes,
    })
  },
}

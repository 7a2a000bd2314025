/**
 * Connections on their way out. A removed connection takes its secrets along, and the page never had them, so it could not be
 * added again: therefore the handler is told only when the time for Undo is over, or when the page goes away.
 */
import type { ApiError } from '#shared/api/contract'
import { api, toApiError } from '../client/api'
import { tabStorage } from './browser-storage'

/** As long as Undo stands in the status line. */
const undoMs = 10_000

/** Ids on their way out when the page left, a line each. Of the tab: a copy of it in another has its own. */
const leftKey = 'clew.removals'

interface Removal {
  readonly timer: ReturnType<typeof setTimeout>
  readonly done: () => Promise<void>
}

const pending = new Map<string, Removal>()
const listeners = new Set<() => void>()
let ids: ReadonlySet<string> = new Set()
/** Why the last removal did not happen; the connection is back in the list then. */
let problem: ApiError | undefined

function publish(): void {
  ids = new Set(pending.keys())
  for (const listener of listeners) listener()
}

async function finish(id: string): Promise<void> {
  const removal = pending.get(id)
  if (!removal) return
  clearTimeout(removal.timer)
  try {
    await api.removeSource(id)
    problem = undefined
  } catch (thrown) {
    const error = toApiError(thrown)
    // Gone already (the page was left and came back) is what was wanted.
    problem = error.kind === 'not-found' ? undefined : error
  }
  await removal.done()
  pending.delete(id)
  publish()
}

function start(id: string, done: () => Promise<void>, waitMs = undoMs): () => void {
  pending.set(id, { timer: setTimeout(() => void finish(id), waitMs), done })
  publish()
  return () => {
    const removal = pending.get(id)
    if (!removal) return
    clearTimeout(removal.timer)
    pending.delete(id)
    publish()
  }
}

/**
 * Called when the page goes away: what was removed must not come back at the next start. The next page of this tab may read its list
 * before the handler has heard of it, so it is told too.
 */
export function finishRemovals(): void {
  if (pending.size > 0) tabStorage.set(leftKey, [...pending.keys()].join('\n'))
  for (const id of pending.keys()) {
    const path = `/api/sources/${encodeURIComponent(id)}`
    // The page is leaving: nobody is left to hear of a failure.
    void fetch(path, { method: 'DELETE', keepalive: true }).catch(() => undefined)
  }
}

/** Called when the page begins: what was on its way out when the page before it left is not shown, and removed for certain. */
export function resumeRemovals(done: () => Promise<void>): void {
  const left = tabStorage.get(leftKey)
  if (left === undefined) return
  tabStorage.remove(leftKey)
  for (const id of left.split('\n')) start(id, done, 0)
}

export const removals = {
  start,
  ids: () => ids,
  problem: () => problem,
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

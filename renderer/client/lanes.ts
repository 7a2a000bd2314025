/**
 * Questions by the way (is it there, which names does it know) wait for each other: one at a time per source, three in all. Chromium
 * opens six connections to one server, which is us, and sources that hang must leave some of them to searches and traces.
 */
import { createGate, type Gate } from '#shared/base/gate'

const mostAtOnce = 3

/** Makes the lanes of one page: `ask` runs when its turn has come, and never when `signal` fires before. */
export function createLanes(): <Answer>(
  sourceId: string,
  signal: AbortSignal | undefined,
  ask: () => Promise<Answer>,
) => Promise<Answer> {
  const all = createGate(mostAtOnce)
  const bySource = new Map<string, Gate>()
  const gateOf = (sourceId: string): Gate => {
    const gate = bySource.get(sourceId) ?? createGate(1)
    bySource.set(sourceId, gate)
    return gate
  }
  return async (sourceId, signal = new AbortController().signal, ask) => {
    // Its own line first: who waits there holds no place that another source could use.
    const leaveOwn = await gateOf(sourceId).enter(signal)
    try {
      const leaveAll = await all.enter(signal)
      try {
        return await ask()
      } finally {
        leaveAll()
      }
    } finally {
      leaveOwn()
    }
  }
}

/** What differs between two states of a thread, small enough to be written at every step, and such that two windows lose nothing of each other. */
import { emptyThread, type Step, sound, type Thread } from '#shared/thread/thread'

/** What was done to a thread. */
export interface ThreadChange {
  /** The thread it was done to; a change of another one begins that one anew. */
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly current: string
  readonly tip: string
  /** New steps, and those that changed. */
  readonly put: readonly Step[]
  /** Ids of steps that were taken out. */
  readonly removed: readonly string[]
}

/** What makes the one of the other; undefined where nothing differs. */
export function changeBetween(before: Thread, after: Thread): ThreadChange | undefined {
  if (before === after) return undefined
  const was = new Map(before.id === after.id ? before.steps.map((step) => [step.id, step]) : [])
  const stays = new Set(after.steps.map(({ id }) => id))
  const change: ThreadChange = {
    id: after.id,
    name: after.name,
    summary: after.summary,
    current: after.current,
    tip: after.tip,
    put: after.steps.filter((step) => JSON.stringify(was.get(step.id)) !== JSON.stringify(step)),
    removed: [...was.keys()].filter((id) => !stays.has(id)),
  }
  const isSame =
    before.id === after.id &&
    change.put.length === 0 &&
    change.removed.length === 0 &&
    (['name', 'summary', 'current', 'tip'] as const).every((key) => before[key] === after[key])
  return isSame ? undefined : change
}

/** Does what was done; steps that somebody else put in the meantime stay. */
export function applyChange(thread: Thread, change: ThreadChange): Thread {
  const base = thread.id === change.id ? thread : emptyThread(change.id)
  const steps = new Map(base.steps.map((step) => [step.id, step]))
  for (const step of change.put) steps.set(step.id, step)
  for (const id of change.removed) steps.delete(id)
  const { name, summary, current, tip } = change
  return sound({ ...base, name, summary, current, tip, steps: [...steps.values()] })
}

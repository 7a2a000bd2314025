/** What differs between two states of a thread, small enough to be written at every step, and such that two windows lose nothing of each other. */
import { emptyThread, rowsOf, type Step, sound, type Thread } from '#shared/thread/thread'

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
    // Parents first: made in pieces, none loses its own in between.
    put: rowsOf(after)
      .map(({ step }) => step)
      .filter((step) => JSON.stringify(was.get(step.id)) !== JSON.stringify(step)),
    removed: [...was.keys()].filter((id) => !stays.has(id)),
  }
  const isSame =
    before.id === after.id &&
    change.put.length === 0 &&
    change.removed.length === 0 &&
    (['name', 'summary', 'current', 'tip'] as const).every((key) => before[key] === after[key])
  return isSame ? undefined : change
}

/** Of a piece, in characters of JSON: at three bytes each still less than the handler reads of one request. */
const longestPiece = 300_000

/** The same change in pieces to be made one after the other: a thread that was opened whole is more than one request may hold. */
export function piecesOf(change: ThreadChange): readonly ThreadChange[] {
  const pieces: Step[][] = [[]]
  let length = 0
  for (const step of change.put) {
    const own = JSON.stringify(step).length
    if (length > 0 && length + own > longestPiece) {
      pieces.push([])
      length = 0
    }
    pieces.at(-1)?.push(step)
    length += own
  }
  return pieces.map((put, at) => ({
    ...change,
    put,
    removed: at === pieces.length - 1 ? change.removed : [],
  }))
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

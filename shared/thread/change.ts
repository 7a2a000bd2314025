/** What differs between two states of a thread, small enough to be written at every step, and such that two windows lose nothing of each other. */
import { emptyThread, rowsOf, type Step, sound, type Thread } from '#shared/thread/thread'

/** A step that is new, or another than it was. */
export interface PutStep {
  readonly step: Step
  /** Names of the fields that differ, for another window may have written the others; left out of a step that is new. */
  readonly changed?: readonly string[] | undefined
}

/** What was done to a thread. */
export interface ThreadChange {
  /** The thread it was done to; a change of another one begins that one anew. */
  readonly id: string
  /** Left out where it stays. */
  readonly name?: string | undefined
  /** Left out where it stays. */
  readonly summary?: string | undefined
  readonly current: string
  readonly tip: string
  readonly put: readonly PutStep[]
  /** Ids of steps that were taken out. */
  readonly removed: readonly string[]
}

/** What makes the one of the other; undefined where nothing differs. */
export function changeBetween(before: Thread, after: Thread): ThreadChange | undefined {
  if (before === after) return undefined
  const base = before.id === after.id ? before : emptyThread(after.id)
  const was = new Map(base.steps.map((step) => [step.id, step]))
  const stays = new Set(after.steps.map(({ id }) => id))
  const change: ThreadChange = {
    id: after.id,
    ...(base.name === after.name ? {} : { name: after.name }),
    ...(base.summary === after.summary ? {} : { summary: after.summary }),
    current: after.current,
    tip: after.tip,
    // Parents first: made in pieces, none loses its own in between.
    put: rowsOf(after)
      .map(({ step }): PutStep => ({ step, changed: differing(was.get(step.id), step) }))
      .filter(({ changed }) => changed?.length !== 0),
    removed: [...was.keys()].filter((id) => !stays.has(id)),
  }
  const isSame =
    before.id === after.id &&
    change.put.length === 0 &&
    change.removed.length === 0 &&
    (['name', 'summary', 'current', 'tip'] as const).every((key) => before[key] === after[key])
  return isSame ? undefined : change
}

/** Names of the fields in which they differ; undefined where there is nothing to differ from. */
function differing(before: Step | undefined, after: Step): readonly string[] | undefined {
  if (before === after) return []
  if (before === undefined) return undefined
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Step>
  return [...fields].filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
}

/** Of a piece, in characters of JSON: at three bytes each still less than the handler reads of one request. */
const longestPiece = 300_000

/** The same change in pieces to be made one after the other: a thread that was opened whole is more than one request may hold. */
export function piecesOf(change: ThreadChange): readonly ThreadChange[] {
  const pieces: PutStep[][] = [[]]
  let length = 0
  for (const put of change.put) {
    const own = JSON.stringify(put).length
    if (length > 0 && length + own > longestPiece) {
      pieces.push([])
      length = 0
    }
    pieces.at(-1)?.push(put)
    length += own
  }
  return pieces.map((put, at) => ({
    ...change,
    put,
    removed: at === pieces.length - 1 ? change.removed : [],
  }))
}

/** Does what was done; what somebody else did in the meantime stays. */
export function applyChange(thread: Thread, change: ThreadChange): Thread {
  const base = thread.id === change.id ? thread : emptyThread(change.id)
  const steps = new Map(base.steps.map((step) => [step.id, step]))
  for (const { step, changed } of change.put)
    steps.set(step.id, changedStep(steps.get(step.id), step, changed))
  for (const id of change.removed) steps.delete(id)
  const { name = base.name, summary = base.summary, current, tip } = change
  return sound({ ...base, name, summary, current, tip, steps: [...steps.values()] })
}

/** One that was taken out meanwhile is there again, as whoever changed it saw it. */
function changedStep(now: Step | undefined, next: Step, changed: PutStep['changed']): Step {
  if (now === undefined || changed === undefined) return next
  const fields = changed as readonly (keyof Step)[]
  return { ...now, ...Object.fromEntries(fields.map((field) => [field, next[field]])) }
}

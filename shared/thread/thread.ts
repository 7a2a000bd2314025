/**
 * The thread: what was looked at, step by step, as plain values. A step is one place of the application with what was asked there; steps
 * form a tree, because who goes back and on elsewhere keeps both ways.
 *
 *     p99 order-service ── POST /api/checkout ── payment-service lines     trail: root to `tip`, `current` somewhere on it
 *                                    └── order-service lines               another branch, kept
 *
 * Everything here is pure: the page keeps a thread in memory, the profile keeps one on disk, a saved investigation holds one.
 */
import { cutText } from '#shared/base/cut-text'

/** What kind of thing a step looks at. */
export const signals = ['metric', 'trace', 'log', 'map'] as const
export type Signal = (typeof signals)[number]

/** What a page says of what it shows: enough to read the trail without opening anything. */
export interface StepFacts {
  readonly signal: Signal
  /** What is looked at: `p99 of order-service`, `POST /api/checkout`, a file's name. */
  readonly title: string
  /** Names of the sources that were asked. */
  readonly sources: readonly string[]
  /** What was asked, in its own language; empty where nothing was written. */
  readonly query: string
  /** The stretch of time that was asked for, milliseconds since 1970; a range such as "the last hour" moves on, this does not. */
  readonly window?: { readonly startMs: number; readonly endMs: number } | undefined
  /** How many, or how much: `1,204 lines`, `4.87 s`; empty until it is known. */
  readonly count: string
}

/** One step. */
export interface Step extends StepFacts {
  /** Unique, also among threads. */
  readonly id: string
  /** Id of the step it was gone on from; empty for a first one. */
  readonly parent: string
  /** Path and query of the page that shows it, as the address has them. */
  readonly place: string
  /** When it was made, milliseconds since 1970. */
  readonly atMs: number
  /** What a person calls it; empty for the title. */
  readonly name: string
  readonly note: string
  readonly isPinned: boolean
  /** It came with a saved investigation, and says what was seen where that was saved: looked at again it still does. */
  readonly asSaved?: boolean | undefined
}

/** All steps of one investigation. */
export interface Thread {
  readonly id: string
  /** What a person calls the investigation; may be empty. */
  readonly name: string
  /** What is known so far, in a person's words; may be empty. */
  readonly summary: string
  /** In order of time. Parents are among them, and no step is its own ancestor. */
  readonly steps: readonly Step[]
  /** Id of the step one is at; empty where there are no steps. */
  readonly current: string
  /** Id of the last step of the way that is shown; the current one or a descendant of it. */
  readonly tip: string
}

/** As many steps as can be looked through; past that the oldest that nobody marked are left out. */
export const mostSteps = 400

/** As many characters as are kept: longer ones were not written by a person, or lead nowhere. Fields for names and notes take no more. */
export const longest = {
  place: 20_000,
  title: 1_000,
  source: 1_000,
  query: 20_000,
  count: 200,
  name: 1_000,
  /** Also of what is known. */
  note: 20_000,
} as const

/** As many names of sources as are kept with a step. */
export const mostSources = 100

export const emptyThread = (id: string): Thread => ({
  id,
  name: '',
  summary: '',
  steps: [],
  current: '',
  tip: '',
})

export const stepOf = (thread: Thread, id: string): Step | undefined =>
  thread.steps.find((step) => step.id === id)

/** What a step is called. */
export const nameOf = (step: Step): string => step.name || step.title

/** Whether a person said that a step matters. */
export const isMarked = ({ name, note, isPinned }: Step): boolean => isPinned || name !== '' || note !== ''

/** From the first step to this one; empty for an id that is none. */
export function pathTo(thread: Thread, id: string): readonly Step[] {
  const byId = new Map(thread.steps.map((step) => [step.id, step]))
  const path: Step[] = []
  for (let step = byId.get(id); step !== undefined; step = byId.get(step.parent)) path.unshift(step)
  return path
}

/** Steps that were gone on to from this one, or the first steps for an empty id; the first made first. */
export const childrenOf = (thread: Thread, id: string): readonly Step[] =>
  thread.steps.filter((step) => step.parent === id).toSorted((one, other) => one.atMs - other.atMs)

/** The way that is shown: back to the first step, on to where it ended. */
export function trailOf(thread: Thread): readonly { readonly step: Step; readonly isAhead: boolean }[] {
  const path = pathTo(thread, thread.tip)
  const at = path.findIndex(({ id }) => id === thread.current)
  return path.map((step, index) => ({ step, isAhead: index > at }))
}

/** A step as it stands in the list of all. */
export interface ThreadRow {
  readonly step: Step
  /** 0 on the main way; more on branches. */
  readonly depth: number
  /** A branch begins with it. */
  readonly isFork: boolean
  /** Its way, main or branch, goes on after it. */
  readonly goesOn: boolean
  /** Depths of the ways further out that go on after it, and pass by it. */
  readonly passing: readonly number[]
}

/** Every step once, depth first. `depth` grows where a way branches: the last way that was gone stays at its parent's depth. */
export function rowsOf(thread: Thread): readonly ThreadRow[] {
  const children = Map.groupBy(
    thread.steps.toSorted((one, other) => one.atMs - other.atMs),
    ({ parent }) => parent,
  )
  const trail = new Set(pathTo(thread, thread.tip).map(({ id }) => id))
  const rows: Omit<ThreadRow, 'passing'>[] = []
  // A stack, not recursion: a thread may be one long way.
  const waiting: { readonly id: string; readonly row?: Omit<ThreadRow, 'goesOn' | 'passing'> }[] = [
    { id: '' },
  ]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { id, row } = next
    const own = children.get(id) ?? []
    const main = own.find((one) => trail.has(one.id)) ?? own.at(-1)
    if (row) rows.push({ ...row, goesOn: main !== undefined })
    const depth = row?.depth ?? 0
    // The stack turns the order round: side branches are listed before the way that goes on.
    if (main) waiting.push({ id: main.id, row: { step: main, depth, isFork: false } })
    for (const one of own.toReversed())
      if (one !== main)
        waiting.push({
          id: one.id,
          row: { step: one, depth: row ? depth + 1 : depth, isFork: row !== undefined },
        })
  }
  return withPassing(rows)
}

function withPassing(rows: readonly Omit<ThreadRow, 'passing'>[]): readonly ThreadRow[] {
  /** Of what comes below, from the last row up: the ways that go on there, and began above. */
  let open: readonly number[] = []
  return rows
    .toReversed()
    .map((row) => {
      const passing = open.filter((depth) => depth < row.depth)
      open = row.isFork ? passing : [...passing, row.depth]
      return { ...row, passing }
    })
    .toReversed()
}

/** Goes to a step; the way that is shown stays while it leads through it, otherwise it is the way that was last gone from there. */
export function walk(thread: Thread, id: string): Thread {
  if (stepOf(thread, id) === undefined) return thread
  if (pathTo(thread, thread.tip).some((step) => step.id === id)) return { ...thread, current: id }
  let tip = id
  for (let next = childrenOf(thread, tip).at(-1); next !== undefined; next = childrenOf(thread, tip).at(-1))
    tip = next.id
  return { ...thread, current: id, tip }
}

/** Somebody arrived at a place, or sees it differently, or more is known of it. */
export interface Arrival {
  /** The step this entry of the browser's history belongs to already; empty for none. */
  readonly bound: string
  /** The id of the step, should it become one. */
  readonly newId: string
  readonly place: string
  readonly facts: StepFacts
  readonly atMs: number
}

/**
 * Takes an arrival in. A place that is a step already is gone to. What belongs to a step changes it, unless a person marked that
 * step and something else is asked now, at another place: at its own place a trace that is still arriving may not have the span that
 * the step is about. Everything else is a new step after the current one. A place too long to be kept is none; longer facts are cut, for
 * names come from traces.
 */
export function arrive(thread: Thread, { bound, newId, place, facts: told, atMs }: Arrival): Thread {
  if (place.length > longest.place) return thread
  const facts = cut(told)
  const own = stepOf(thread, bound)
  const isOther = own !== undefined && own.query !== facts.query && own.place !== place
  if (own && !(isMarked(own) && isOther)) return walk(withStep(thread, seenAgain(own, facts, place)), own.id)
  const known =
    thread.steps.find((step) => step.id === newId) ??
    thread.steps.findLast((step) => step.place === place && step.id !== bound)
  if (known) return walk(withStep(thread, seenAgain(known, facts, place)), known.id)
  const step: Step = {
    ...facts,
    id: newId,
    parent: thread.current,
    place,
    atMs,
    name: '',
    note: '',
    isPinned: false,
  }
  return withinBounds({ ...thread, steps: [...thread.steps, step], current: step.id, tip: step.id })
}

/**
 * A page that asks again says first that nothing is found yet: who leaves it before it has its answer keeps what was found before. What
 * a saved investigation holds is less than there was: a step of it keeps what it said, until something else is asked.
 */
function seenAgain(step: Step, facts: StepFacts, place: string): Step {
  // Some pages know what they ask only once something has answered.
  const isUnknown = facts.query === '' && facts.count === '' && step.place === place
  const query = isUnknown ? step.query : facts.query
  const isSame = step.title === facts.title && step.query === query && isSameWindow(step.window, facts.window)
  // At its own place a trace that is still arriving may have no name yet.
  if (step.asSaved && (isSame || step.place === place))
    return { ...step, place, count: step.count === '' ? facts.count : step.count }
  return {
    ...step,
    ...facts,
    ...(isSame && { query }),
    place,
    count: facts.count === '' && isSame ? step.count : facts.count,
    ...(step.asSaved && { asSaved: false }),
  }
}

/** A place that is gone to again names its window in whole minutes. */
const sameWithinMs = 60_000

function isSameWindow(one: Step['window'], other: Step['window']): boolean {
  if (!one || !other) return one === other
  return (
    Math.abs(one.startMs - other.startMs) <= sameWithinMs && Math.abs(one.endMs - other.endMs) <= sameWithinMs
  )
}

function cut(facts: StepFacts): StepFacts {
  return {
    ...facts,
    title: cutText(facts.title, longest.title),
    sources: facts.sources.slice(0, mostSources).map((source) => cutText(source, longest.source)),
    query: cutText(facts.query, longest.query),
    count: cutText(facts.count, longest.count),
  }
}

function withStep(thread: Thread, changed: Step): Thread {
  return { ...thread, steps: thread.steps.map((step) => (step.id === changed.id ? changed : step)) }
}

function withinBounds(thread: Thread): Thread {
  if (thread.steps.length <= mostSteps) return thread
  const oldest = thread.steps.find((step) => !isMarked(step) && step.id !== thread.current)
  return oldest ? removeStep(thread, oldest.id) : thread
}

/** Names, pins or annotates a step. */
export function mark(
  thread: Thread,
  id: string,
  change: Partial<Pick<Step, 'name' | 'note' | 'isPinned'>>,
): Thread {
  const step = stepOf(thread, id)
  return step ? withStep(thread, { ...step, ...change }) : thread
}

/** Takes a step out; what came after it comes after the one before it. */
export function removeStep(thread: Thread, id: string): Thread {
  const gone = stepOf(thread, id)
  if (!gone) return thread
  const [child] = childrenOf(thread, id)
  const steps = thread.steps
    .filter((step) => step.id !== id)
    .map((step) => (step.parent === id ? { ...step, parent: gone.parent } : step))
  const instead = gone.parent || child?.id || steps.at(-1)?.id || ''
  return sound({
    ...thread,
    steps,
    current: thread.current === id ? instead : thread.current,
    tip: thread.tip === id ? instead : thread.tip,
  })
}

/** The thread with all that its type promises: what is damaged is put right, and no step is lost over it. */
export function sound(thread: Thread): Thread {
  const byId = new Map<string, Step>()
  for (const step of thread.steps) if (step.id !== '' && !byId.has(step.id)) byId.set(step.id, step)
  const settled = new Set<string>()
  for (const step of byId.values()) {
    const passed: string[] = []
    for (let at: Step | undefined = step; at !== undefined && !settled.has(at.id); at = byId.get(at.parent)) {
      passed.push(at.id)
      const parent = byId.get(at.parent)
      // A parent that is missing, or that was passed on the way, leads nowhere: the step becomes a first one.
      if (at.parent !== '' && (parent === undefined || passed.includes(at.parent))) {
        byId.set(at.id, { ...at, parent: '' })
        break
      }
    }
    for (const id of passed) settled.add(id)
  }
  const steps = [...byId.values()].toSorted((one, other) => one.atMs - other.atMs)
  const last = steps.at(-1)?.id ?? ''
  const current = byId.has(thread.current) ? thread.current : last
  const whole = { ...thread, steps, current, tip: byId.has(thread.tip) ? thread.tip : current }
  return walk(whole, current)
}

import { expect, test } from 'vitest'
import { readThread, threadChangeSchema } from '#shared/thread/schema'
import {
  type Arrival,
  arrive,
  emptyThread,
  mark,
  mostSteps,
  pathTo,
  removeStep,
  rowsOf,
  sound,
  type Step,
  type StepFacts,
  type Thread,
  trailOf,
  walk,
} from '#shared/thread/thread'

const facts = (query: string): StepFacts => ({ signal: 'log', title: query, sources: [], query, count: '' })

/** Arrives at `place` at a time that is its place in the alphabet. */
const at = (thread: Thread, id: string, change: Partial<Arrival> = {}): Thread =>
  arrive(thread, {
    bound: '',
    newId: id,
    place: `/logs?query=${id}`,
    facts: facts(id),
    atMs: id.charCodeAt(0),
    ...change,
  })

/** The tree as a text: each step behind its parent. */
const told = ({ steps }: Thread): string => steps.map(({ id, parent }) => `${parent}>${id}`).join(' ')
const trail = (thread: Thread): string =>
  trailOf(thread)
    .map(({ step, isAhead }) => (isAhead ? `(${step.id})` : step.id))
    .join(' ')

const abc = ['a', 'b', 'c'].reduce((thread, id) => at(thread, id), emptyThread('t'))

test('a new place is a step after the current one', () => {
  expect(told(abc)).toBe('>a a>b b>c')
  expect(trail(abc)).toBe('a b c')
})

test('going back keeps what is ahead, and going on again from there keeps both ways', () => {
  const back = walk(abc, 'a')
  expect(trail(back)).toBe('a (b) (c)')
  const branched = at(back, 'd')
  expect(told(branched)).toBe('>a a>b b>c a>d')
  expect(trail(branched)).toBe('a d')
  expect(trail(walk(branched, 'b'))).toBe('a b (c)')
  expect(rowsOf(branched).map(({ step, depth }) => `${depth}${step.id}`)).toEqual(['0a', '1b', '1c', '0d'])
})

test('a branch forks once, and each way says where it goes on', () => {
  const twice = at(walk(at(walk(abc, 'a'), 'd'), 'c'), 'e')
  const rows = rowsOf(walk(twice, 'd'))
  expect(
    rows.map(({ step, depth, isFork, goesOn, passing }) => [step.id, depth, isFork, goesOn, passing]),
  ).toEqual([
    ['a', 0, false, true, []],
    ['b', 1, true, true, [0]],
    ['c', 1, false, true, [0]],
    ['e', 1, false, false, [0]],
    ['d', 0, false, false, []],
  ])
})

test('beside a branch of a branch every way that goes on passes by', () => {
  const inner = at(walk(at(walk(abc, 'a'), 'd'), 'b'), 'e')
  const rows = rowsOf(walk(at(inner, 'f'), 'd'))
  expect(rows.map(({ step, depth, passing }) => [step.id, depth, passing])).toEqual([
    ['a', 0, []],
    ['b', 1, [0]],
    ['c', 2, [0, 1]],
    ['e', 1, [0]],
    ['f', 1, [0]],
    ['d', 0, []],
  ])
})

test('what is too long to be kept is cut, and no step is lost over it', () => {
  const name = 'n'.repeat(30_000)
  const long = {
    signal: 'trace',
    title: name,
    sources: Array(200).fill(name),
    query: name,
    count: name,
  } as const
  const thread = at(abc, 'd', { facts: long })
  const step = thread.steps.find(({ id }) => id === 'd')
  expect(threadChangeSchema.safeParse({ ...thread, put: [{ step }], removed: [] }).success).toBe(true)
  expect(at(thread, 'e', { place: `/trace?file=${name}` })).toEqual(thread)
  expect(at(abc, 'd', { facts: facts('💥'.repeat(30_000)) }).steps[3].title).toBe(`${'💥'.repeat(499)}…`)
})

test('a place that is a step already is gone to, not made twice', () => {
  expect(trail(at(abc, 'z', { place: '/logs?query=b' }))).toBe('a b (c)')
})

test('what belongs to a step changes it: the same place seen differently, or more known of it', () => {
  const zoomed = at(abc, 'z', { bound: 'c', place: '/logs?query=c&from=1', facts: facts('c2') })
  expect(zoomed.steps.at(-1)).toMatchObject({ id: 'c', place: '/logs?query=c&from=1', query: 'c2' })
  expect(zoomed.steps).toHaveLength(3)
})

test('a step that a person marked is not overwritten by another query, but may be zoomed', () => {
  const marked = mark(abc, 'c', { note: 'here it is' })
  const asked = at(marked, 'd', { bound: 'c', facts: facts('other') })
  expect(told(asked)).toBe('>a a>b b>c c>d')
  const zoomed = at(marked, 'd', { bound: 'c', place: '/logs?query=c&from=1', facts: facts('c') })
  expect(zoomed.steps.at(-1)).toMatchObject({ id: 'c', note: 'here it is', place: '/logs?query=c&from=1' })
})

test('what comes after a step that is removed comes after the one before it', () => {
  const gone = removeStep(walk(abc, 'b'), 'b')
  expect(told(gone)).toBe('>a a>c')
  expect(trail(gone)).toBe('a (c)')
  expect(told(removeStep(gone, 'a'))).toBe('>c')
  expect(removeStep(removeStep(gone, 'a'), 'c')).toMatchObject({ steps: [], current: '', tip: '' })
})

test('a marked step that is opened again stays itself while what it is about is still arriving', () => {
  const marked = mark(abc, 'c', { note: 'here it is' })
  const opened = at(marked, 'd', { bound: 'c', place: '/logs?query=c', facts: facts('') })
  expect(opened.steps.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(at(opened, 'e', { bound: 'c', place: '/logs?query=c', facts: facts('c') })).toEqual(marked)
})

test('past the bound the oldest step that nobody marked is left out', () => {
  let thread = mark(at(emptyThread('t'), 'first'), 'first', { isPinned: true })
  for (let index = 0; index <= mostSteps; index++) thread = at(thread, `s${index}`, { atMs: 200 + index })
  expect(thread.steps).toHaveLength(mostSteps)
  expect(
    pathTo(thread, thread.tip)
      .slice(0, 2)
      .map(({ id }) => id),
  ).toEqual(['first', 's2'])
})

const loose = (id: string, parent: string): Step => ({
  ...facts(id),
  id,
  parent,
  place: '/logs',
  atMs: 0,
  name: '',
  note: '',
  isPinned: false,
})

test.each([
  ['a parent that is missing', [loose('a', 'gone'), loose('b', 'a')], '>a a>b'],
  ['a step that is its own parent', [loose('a', 'a')], '>a'],
  ['a circle', [loose('a', 'c'), loose('b', 'a'), loose('c', 'b')], '>b b>c c>a'],
  ['an id twice', [loose('a', ''), loose('a', '')], '>a'],
])('a damaged thread is put right: %s', (_what, steps, tree) => {
  const thread = sound({ ...emptyThread('t'), steps, current: 'nowhere', tip: 'nowhere' })
  expect(told(thread).split(' ').toSorted()).toEqual(tree.split(' ').toSorted())
  expect(thread.steps.map(({ id }) => id)).toContain(thread.current)
})

test('what a step found stays while it is asked again, and goes where something else is asked', () => {
  const window = { startMs: 0, endMs: 3_600_000 }
  const told = { ...facts('a'), window }
  const found = at(emptyThread('t'), 'a', { facts: { ...told, count: '63 traces' } })
  const again = (change: Partial<StepFacts>) =>
    at(found, 'a', { bound: 'a', facts: { ...told, ...change } }).steps[0].count
  expect([
    again({}),
    // Named in whole minutes.
    again({ window: { startMs: 0, endMs: 3_580_000 } }),
    // Gone to by its address alone.
    at(found, 'x', { place: '/logs?query=a', facts: told }).steps[0].count,
    again({ count: '64 traces' }),
    again({ query: 'b' }),
    again({ window: { startMs: 0, endMs: 7_200_000 } }),
  ]).toEqual(['63 traces', '63 traces', '63 traces', '64 traces', '', ''])
})

test('a page that learns what it asks from an answer takes nothing from its step before that', () => {
  const told = { ...facts('a'), title: 'Overview' }
  const found = at(emptyThread('t'), 'a', { place: '/overview', facts: { ...told, count: '12 services' } })
  const unknown = { bound: 'a', facts: { ...told, query: '' } }
  const [kept] = at(found, 'a', { ...unknown, place: '/overview' }).steps
  const [other] = at(found, 'a', { ...unknown, place: '/overview?service=b' }).steps
  expect([kept.query, kept.count, other.query, other.count]).toEqual(['a', '12 services', '', ''])
})

test('a step that was saved keeps what it said while it is looked at again, until something else is asked', () => {
  const window = { startMs: 0, endMs: 3_600_000 }
  const told = { ...facts('a'), window, sources: ['Demo shop'], count: '4,562 series' }
  const made = at(emptyThread('t'), 'a', { facts: told })
  const saved = { ...made, steps: made.steps.map((step) => ({ ...step, asSaved: true })) }
  const ofFile = { ...told, sources: ['a.clew'], count: '2,092 series' }
  const again = (change: Partial<StepFacts>, place = '/logs?query=a') => {
    const [{ count, sources, title }] = at(saved, 'a', {
      bound: 'a',
      place,
      facts: { ...ofFile, ...change },
    }).steps
    return `${title}: ${count} of ${sources.join()}`
  }
  const same = 'a: 4,562 series of Demo shop'
  expect([
    again({}),
    again({ count: '' }),
    // What has not come yet has no name, and the newest of a file are not those of then.
    again({ title: 'Trace a…', query: '', window: { startMs: 0, endMs: 7_200_000 } }),
    again({}, '/logs?query=a&zoom=2'),
    again({ query: 'b', count: '' }, '/logs?query=b'),
    again({ query: 'b' }, '/logs?query=b'),
  ]).toEqual([same, same, same, same, 'a:  of a.clew', 'a: 2,092 series of a.clew'])
  // What was not known then is learned now.
  const unknown = { ...saved, steps: saved.steps.map((step) => ({ ...step, count: '' })) }
  expect(at(unknown, 'a', { bound: 'a', facts: ofFile }).steps[0].count).toBe('2,092 series')
  // It is kept in the profile as what it is.
  expect(readThread(JSON.parse(JSON.stringify(saved))).thread).toEqual(saved)
})

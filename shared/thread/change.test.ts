import { expect, test } from 'vitest'
import { applyChange, changeBetween, piecesOf } from '#shared/thread/change'
import { threadChangeSchema } from '#shared/thread/schema'
import { emptyThread, mostSteps, type Step, type Thread } from '#shared/thread/thread'

const step = (at: number, parent: number): Step => ({
  id: `s${at}`,
  parent: parent < 0 ? '' : `s${parent}`,
  place: `/logs?query=${at}`,
  signal: 'log',
  title: 'Lines',
  sources: [],
  query: 'q'.repeat(20_000),
  count: '',
  // A clock that was put back: what came first is not what is oldest.
  atMs: -at,
  name: '',
  note: 'Mark.',
  isPinned: true,
})

test('a whole thread, of as many marked steps as are read, is written in pieces that the handler takes', () => {
  const steps = Array.from({ length: mostSteps * 2 }, (_, at) => step(at, at % 7 === 0 ? at - 7 : at - 1))
  const whole: Thread = {
    ...emptyThread('opened'),
    name: 'Checkout',
    steps: steps.toReversed(),
    current: 's3',
    tip: 's6',
  }
  const change = changeBetween(emptyThread('mine'), whole)
  const pieces = change ? piecesOf(change) : []
  for (const piece of pieces) {
    expect(new TextEncoder().encode(JSON.stringify(piece)).length).toBeLessThan(1_000_000)
    expect(threadChangeSchema.safeParse(piece).error).toBeUndefined()
  }
  expect(pieces.length).toBeGreaterThan(1)
  expect(pieces.reduce(applyChange, emptyThread('mine'))).toEqual(whole)
})

test('steps are taken out once those that came after them have others before them', () => {
  const before: Thread = { ...emptyThread('t'), steps: [step(1, 0), step(0, -1)], current: 's1', tip: 's1' }
  const after: Thread = { ...before, steps: [step(1, -1)] }
  const change = changeBetween(before, after)
  expect((change ? piecesOf(change) : []).reduce(applyChange, before)).toEqual(after)
})

test('what two windows write of one step, and of the thread, stands beside one another', () => {
  const begun: Thread = { ...emptyThread('t'), steps: [step(0, -1)], current: 's0', tip: 's0' }
  const [one] = begun.steps
  const noted: Thread = { ...begun, summary: 'The pool.', steps: [{ ...one, note: 'It waits.' }] }
  const counted: Thread = {
    ...begun,
    name: 'Checkout',
    steps: [{ ...one, count: '12 lines', isPinned: false }],
  }
  const kept = [noted, counted]
    .map((after) => changeBetween(begun, after))
    .reduce((thread, change) => (change ? applyChange(thread, change) : thread), begun)
  expect(kept).toEqual({
    ...begun,
    name: 'Checkout',
    summary: 'The pool.',
    steps: [{ ...one, note: 'It waits.', count: '12 lines', isPinned: false }],
  })
})

test('a step that one window took out and another wrote a note of is there, whole', () => {
  const begun: Thread = { ...emptyThread('t'), steps: [step(1, 0), step(0, -1)], current: 's0', tip: 's1' }
  const [second, first] = begun.steps
  const noted = { ...second, note: 'Here.' }
  const kept = [
    { ...begun, steps: [first], tip: 's0' },
    { ...begun, steps: [noted, first] },
  ]
    .map((after) => changeBetween(begun, after))
    .reduce((thread, change) => (change ? applyChange(thread, change) : thread), begun)
  expect(kept.steps).toEqual([noted, first])
})

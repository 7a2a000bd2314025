/** Whatever is done to a thread, it stays one; and what is written of it is enough to make it again. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyChange, changeBetween } from '#shared/thread/change'
import { readThread } from '#shared/thread/schema'
import {
  arrive,
  emptyThread,
  mark,
  pathTo,
  removeStep,
  rowsOf,
  sound,
  type Thread,
  walk,
} from '#shared/thread/thread'

const some = fc.integer({ min: 0, max: 12 })
const act = fc.oneof(
  fc.record({ kind: fc.constant('arrive' as const), place: some, bound: some }),
  fc.record({ kind: fc.constantFrom('walk' as const, 'remove' as const, 'pin' as const), at: some }),
)

function doAll(
  acts: readonly (typeof act extends fc.Arbitrary<infer Act> ? Act : never)[],
): readonly Thread[] {
  const states: Thread[] = [emptyThread('t')]
  for (const [index, one] of acts.entries()) {
    const thread = states.at(-1) ?? emptyThread('t')
    const idAt = (at: number): string => thread.steps[at % Math.max(1, thread.steps.length)]?.id ?? ''
    if (one.kind === 'arrive')
      states.push(
        arrive(thread, {
          bound: one.bound % 3 === 0 ? idAt(one.bound) : '',
          newId: `s${index}`,
          place: `/logs?query=${one.place}`,
          facts: { signal: 'log', title: '', sources: [], query: String(one.place), count: '' },
          atMs: index,
        }),
      )
    else if (one.kind === 'walk') states.push(walk(thread, idAt(one.at)))
    else if (one.kind === 'remove') states.push(removeStep(thread, idAt(one.at)))
    else states.push(mark(thread, idAt(one.at), { isPinned: true }))
  }
  return states
}

test('a thread stays a tree whose current step lies on the way that is shown, and every step has a row', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      for (const thread of doAll(acts)) {
        expect(sound(thread)).toEqual(thread)
        const way = pathTo(thread, thread.tip).map(({ id }) => id)
        expect(thread.steps.length === 0 || way.includes(thread.current)).toBe(true)
        expect(
          rowsOf(thread)
            .map(({ step }) => step.id)
            .toSorted(),
        ).toEqual(thread.steps.map(({ id }) => id).toSorted())
      }
    }),
  )
})

test('the changes, one after the other and through JSON, make the thread again', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const states = doAll(acts)
      let kept = emptyThread('t')
      for (const [index, after] of states.entries()) {
        const change = changeBetween(states[index - 1] ?? kept, after)
        if (change) kept = applyChange(kept, JSON.parse(JSON.stringify(change)))
        expect(kept).toEqual(after)
      }
      expect(readThread(JSON.parse(JSON.stringify(kept)))).toEqual({ thread: kept, lost: 0 })
    }),
  )
})

test('two windows that go on from the same thread lose nothing of each other', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      const begun = doAll(acts).at(-1) ?? emptyThread('t')
      const own = (window: string): Thread =>
        arrive(begun, {
          bound: '',
          newId: window,
          place: `/logs?query=${window}`,
          facts: { signal: 'log', title: '', sources: [], query: '', count: '' },
          atMs: 1_000,
        })
      const kept = ['one', 'other'].reduce((thread, window) => {
        const change = changeBetween(begun, own(window))
        return change ? applyChange(thread, change) : thread
      }, begun)
      expect(kept.steps.map(({ id }) => id).toSorted()).toEqual(
        [...begun.steps.map(({ id }) => id), 'one', 'other'].toSorted(),
      )
    }),
  )
})

test('anything at all can be read as a thread, and nothing in it throws', () => {
  const oddStep = fc.record(
    { id: fc.string(), parent: fc.string(), place: fc.anything(), atMs: fc.anything() },
    { requiredKeys: [] },
  )
  const odd = fc.oneof(fc.anything(), fc.record({ steps: fc.array(fc.oneof(oddStep, fc.anything())) }))
  fc.assert(
    fc.property(odd, (value) => {
      const { thread } = readThread(value)
      expect(sound(thread)).toEqual(thread)
    }),
  )
})

import { expect, test } from 'vitest'
import { readThread } from '#shared/thread/schema'

const step = {
  id: 'a',
  parent: '',
  place: '/logs?query=a',
  signal: 'log',
  title: 'Lines',
  sources: ['Loki'],
  query: 'a',
  window: { startMs: 1, endMs: 2 },
  count: '3 lines',
  atMs: 1,
  name: '',
  note: '',
  isPinned: false,
}

test('one damaged step costs itself, not the others, and is counted', () => {
  const { thread, lost } = readThread({
    id: 't',
    name: 'Checkout',
    summary: '',
    current: 'a',
    tip: 'a',
    steps: [step, { ...step, id: 'b', parent: 'a', place: 7 }, { ...step, id: 'c', parent: 'b' }, 'nothing'],
  })
  expect(thread.steps.map(({ id, parent }) => [id, parent])).toEqual([
    ['a', ''],
    ['c', ''],
  ])
  expect({ name: thread.name, lost }).toEqual({ name: 'Checkout', lost: 2 })
})

test('what a newer Clew wrote beside the known fields stays', () => {
  const { thread } = readThread({ id: 't', steps: [{ ...step, mood: 'good' }], colour: 'red' })
  expect(thread).toMatchObject({ colour: 'red', steps: [{ id: 'a', mood: 'good' }], current: 'a' })
})

test.each([
  'https://evil.test/',
  '//evil.test/',
  '/\\evil.test/',
  '/\t/evil.test/',
  '/\r\n\\evil.test/',
  'javascript:alert(1)',
  '',
])('a step leads nowhere but within the application: not to “%j”', (place) => {
  expect(readThread({ id: 't', steps: [{ ...step, place }] })).toMatchObject({
    thread: { steps: [] },
    lost: 1,
  })
})

import { expect, test } from 'vitest'
import type { SpanTableAnswer } from '../state/span-table'
import { tableStep } from './table-keys'

/** Three groups; the second is open and has two spans: lines 0, 1, (2, 3), 4. */
const table = {
  length: 3,
  first: Int32Array.of(0, 1, 4),
  groupAt: Int32Array.of(0, 1, 1, 1, 2),
  open: [{ at: 1, rows: Int32Array.of(3, 1) }],
} as unknown as SpanTableAnswer

function step(key: string, index: number): string {
  const done = tableStep(key, table, index, 3)
  if (done === undefined) return 'nothing'
  return done.kind === 'focus' ? `focus ${done.index}` : `${done.kind} ${done.line.kind} ${done.line.row}`
}

test('arrows, pages, Home and End walk the lines, and stop at the ends', () => {
  expect([step('ArrowDown', 1), step('ArrowUp', 1), step('PageDown', 0), step('PageUp', 4)]).toEqual([
    'focus 2',
    'focus 0',
    'focus 2',
    'focus 2',
  ])
  expect([step('ArrowUp', 0), step('ArrowDown', 4), step('Home', 3), step('End', 0)]).toEqual([
    'focus 0',
    'focus 4',
    'focus 0',
    'focus 4',
  ])
  expect(step('ArrowDown', -1)).toBe('focus 0')
})

test('right opens a group, then goes into it; left goes to the group, then closes it', () => {
  expect([step('ArrowRight', 0), step('ArrowRight', 1), step('ArrowRight', 2)]).toEqual([
    'open group 0',
    'focus 2',
    'nothing',
  ])
  expect([step('ArrowLeft', 3), step('ArrowLeft', 1), step('ArrowLeft', 0)]).toEqual([
    'focus 1',
    'close group 1',
    'nothing',
  ])
})

test('Enter and space open and close a group, and select a span', () => {
  expect([step('Enter', 0), step(' ', 1), step('Enter', 2), step('Enter', -1), step('x', 2)]).toEqual([
    'open group 0',
    'close group 1',
    'select span 3',
    'nothing',
    'nothing',
  ])
})

import { expect, test } from 'vitest'
import type { SpanTableAnswer } from '../state/span-table'
import { lineAt, lineCount, lineOfGroup, lineOfSpan } from './table-lines'

/** Four groups; the second and the last are open. */
const table = {
  length: 4,
  first: Int32Array.of(0, 1, 2, 5),
  groupAt: Int32Array.of(0, 1, 2, 1, -1, 3),
  open: [
    { at: 1, rows: Int32Array.of(3, 1) },
    { at: 3, rows: Int32Array.of(5) },
  ],
} as unknown as SpanTableAnswer

test('groups stand in order, and under each open one its spans', () => {
  const lines = Array.from({ length: lineCount(table) }, (_, index) => lineAt(table, index))
  expect(lines.map((line) => `${line?.kind} ${line?.at} ${line?.row}`)).toEqual([
    'group 0 0',
    'group 1 1',
    'span 1 3',
    'span 1 1',
    'group 2 2',
    'group 3 5',
    'span 3 5',
  ])
  expect([lineAt(table, -1), lineAt(table, 7)]).toEqual([undefined, undefined])
})

test('a group and a span are found again by their line', () => {
  expect([0, 1, 2, 3].map((at) => lineOfGroup(table, at))).toEqual([0, 1, 4, 5])
  expect([3, 1, 5].map((row) => lineOfSpan(table, row))).toEqual([2, 3, 6])
})

test('a span whose group is closed is at its group, and one that is taken out nowhere', () => {
  expect([0, 2].map((row) => lineOfSpan(table, row))).toEqual([0, 4])
  expect([4, 99].map((row) => lineOfSpan(table, row))).toEqual([-1, -1])
})

import { expect, test } from 'vitest'
import { spanIdOfRow } from '#shared/derive/span-ids'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { maxOpenGroups } from '../state/table-location'
import { openedWith, sameTable } from './table-view'

const { spans } = traceFromText(
  Array.from({ length: 4 }, (_, at) => `shop: step ${at}..${at + 1}`).join('\n'),
)
const id = (row: number): string => spanIdOfRow(spans, row)
/** Rows 0 and 1 are of the first group, 2 and 3 of the second. */
const groupAt = Int32Array.of(0, 0, 1, 1)

test('a group is opened once and closed whichever of its spans named it', () => {
  expect(openedWith(spans, [id(1)], groupAt, 2, 1, true)).toEqual([id(1), id(2)])
  expect(openedWith(spans, [id(1), id(2)], groupAt, 0, 0, true)).toEqual([id(2), id(0)])
  expect(openedWith(spans, [id(1), id(2)], groupAt, 0, 0, false)).toEqual([id(2)])
})

test('past the most, those opened first close', () => {
  const others = Array.from({ length: maxOpenGroups }, (_, index) =>
    (index + 100).toString(16).padStart(16, '0'),
  )
  const open = openedWith(spans, others, groupAt, 0, 0, true)
  expect([open.length, open[0], open.at(-1)]).toEqual([maxOpenGroups, others[1], id(0)])
})

test('views are the same when a link says the same of them', () => {
  const view = {
    by: { kind: 'attribute', key: 'a' },
    sort: { column: 'total', descending: true },
    filter: '',
    open: [id(0)],
  } as const
  expect(sameTable(view, { ...view, by: { ...view.by }, open: [id(0)] })).toBe(true)
  const changes = [
    { by: { kind: 'attribute', key: 'b' } },
    { sort: { column: 'total', descending: false } },
    { filter: 'x' },
    { open: [] },
  ] as const
  expect(changes.map((change) => sameTable(view, { ...view, ...change }))).toEqual(changes.map(() => false))
})

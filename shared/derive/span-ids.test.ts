import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { rowOfSpanId, rowsOfSpanIds, spanIdOfRow } from '#shared/derive/span-ids'

// Low halves alike, so that only the high halves tell some of them apart.
const { spans } = traceFromText(`
  a: one     0..9  id=1000000000000007
    a: two   1..8  id=2000000000000007
    a: three 2..7  id=f0e1d2c3b4a59687
    a: four  3..6  id=7
    a: five  4..5  id=2000000000000007
`)

test('a row has an id, and the id leads back to the row', () => {
  expect(Array.from({ length: 5 }, (_, row) => rowOfSpanId(spans, spanIdOfRow(spans, row)))).toEqual([
    0, 1, 2, 3, 1,
  ])
  expect(spanIdOfRow(spans, 2)).toBe('f0e1d2c3b4a59687')
})

test('duplicates are all found, in order, whatever the order of the ids', () => {
  expect(rowsOfSpanIds(spans, ['2000000000000007', '1000000000000007'])).toEqual([0, 1, 4])
})

test('what is not there, or is no id, is not found', () => {
  expect(rowOfSpanId(spans, '3000000000000007')).toBe(-1)
  expect(rowOfSpanId(spans, '7')).toBe(-1)
  expect(rowsOfSpanIds(spans, ['', 'xyz', '3000000000000007'])).toEqual([])
})

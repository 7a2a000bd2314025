import { expect, test } from 'vitest'
import { countOf, countText } from './count-text.ts'

test('thousands are set apart by a narrow space', () => {
  expect([0, 999, 1_000, 1_234_567].map(countText)).toEqual(['0', '999', '1\u202f000', '1\u202f234\u202f567'])
})

test('one thing is not many', () => {
  expect([1, 2, 0, 1_000].map((count) => countOf(count, 'span'))).toEqual([
    '1 span',
    '2 spans',
    '0 spans',
    '1\u202f000 spans',
  ])
})

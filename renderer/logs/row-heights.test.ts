import { expect, it } from 'vitest'
import { evenHeights, unevenHeights } from './row-heights'

it.each([
  [
    'rows of one height with two that are higher',
    evenHeights(
      5,
      20,
      new Map([
        [1, 120],
        [3, 60],
        [9, 500],
      ]),
    ),
  ],
  ['rows of any height', unevenHeights(Float64Array.of(20, 120, 20, 60, 20))],
])('%s stand one under the other', (_, heights) => {
  expect(Array.from({ length: 6 }, (__, row) => heights.topOf(row))).toEqual([0, 20, 140, 160, 220, 240])
  expect(heights.totalPx).toBe(240)
  expect([-5, 0, 19, 20, 139, 140, 239, 999].map((px) => heights.rowAt(px))).toEqual([0, 0, 0, 1, 1, 2, 4, 4])
})

it('no rows have no height', () => {
  expect([evenHeights(0, 20).totalPx, evenHeights(0, 20).rowAt(5)]).toEqual([0, 0])
})

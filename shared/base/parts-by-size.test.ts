import { expect, test } from 'vitest'
import { partsBySize } from './parts-by-size.ts'

test.each<{ sizes: number[]; parts: number[][] }>([
  { sizes: [], parts: [] },
  { sizes: [1, 2, 3], parts: [[1, 2, 3]] },
  { sizes: [4, 3, 1, 9, 2], parts: [[4], [3, 1], [9], [2]] },
  { sizes: [6, 0, 1], parts: [[6, 0], [1]] },
])('$sizes in parts of at most 6: $parts', ({ sizes, parts }) => {
  expect(partsBySize(sizes, 6, (size) => size)).toEqual(parts)
})

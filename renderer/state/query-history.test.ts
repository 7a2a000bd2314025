import { expect, test } from 'vitest'
import { withQuery } from './query-history'

test('a query that was asked comes first, once; very long ones are not kept', () => {
  expect(withQuery(['a', 'b', 'c'], 'b')).toEqual(['b', 'a', 'c'])
  expect(withQuery(['a'], 'x'.repeat(5_000))).toEqual(['a'])
  expect(
    withQuery(
      Array.from({ length: 100 }, (_, index) => String(index)),
      'new',
    ),
  ).toHaveLength(100)
})

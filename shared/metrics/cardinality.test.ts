import { expect, test } from 'vitest'
import { withoutQuery } from './cardinality'

test('a label is quoted only where its name needs it: before 3.0 Prometheus read no other', () => {
  expect(withoutQuery('requests_total', 'user_id')).toBe(
    'count(count without (user_id) ({__name__="requests_total"}))',
  )
  expect(withoutQuery('requests', 'user.id')).toBe('count(count without ("user.id") ({__name__="requests"}))')
})

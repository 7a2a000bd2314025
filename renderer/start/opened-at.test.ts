import { expect, test } from 'vitest'
import { openedAt } from './opened-at'

const now = Date.UTC(2026, 10, 21, 9, 30)

test.each([
  [Date.UTC(2026, 10, 21, 0, 5), 'today 00:05'],
  [Date.UTC(2026, 10, 20, 23, 59), 'yesterday'],
  [Date.UTC(2026, 10, 17, 12), '17 Nov'],
  [Date.UTC(2025, 11, 3, 12), '3 Dec 2025'],
])('%d was opened %s', (timeMs, expected) => {
  expect(openedAt(timeMs, now, 'utc')).toBe(expected)
})

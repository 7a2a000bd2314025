import { expect, test } from 'vitest'
import { formatMark, readMark } from './chart-mark'

test.each([
  { startMs: 1_700_000_000_000.25, endMs: 1_700_000_004_500, name: 'payment-service POST /charge ~ 2' },
  { startMs: 1, endMs: 1, name: '' },
])('the mark %j comes back from its URL', (mark) => {
  expect(readMark(new URLSearchParams({ mark: formatMark(mark) }))).toEqual(mark)
})

test.each(['', '1', 'a~b~c', '5~4~backwards', '1~2'])('%j is no mark', (mark) => {
  expect(readMark(new URLSearchParams({ mark }))).toBeUndefined()
})

test('a long name is cut', () => {
  expect(formatMark({ startMs: 1, endMs: 2, name: 'x'.repeat(500) }).length).toBe(124)
})

import { expect, test } from 'vitest'
import { momentOf } from './figures'

const minuteMs = 60_000
/** Half an hour, of which figures tell the last three minutes. */
const window = { startMs: 0, endMs: 30 * minuteMs }
const at = (startMinute: number, endMinute: number) => ({
  startMs: startMinute * minuteMs,
  endMs: endMinute * minuteMs,
})

test.each([
  ['a marked stretch lies within what is counted up to there', at(15, 15), 16.5 * minuteMs],
  ['the end of the window is as late as it gets', at(29, 29.5), 30 * minuteMs],
  ['what the window does not hold is no moment of it', at(40, 41), undefined],
])('%s', (_, mark, moment) => {
  expect(momentOf(window, mark)).toBe(moment)
})

test('nothing marked is no moment', () => {
  expect(momentOf(window, undefined)).toBeUndefined()
})

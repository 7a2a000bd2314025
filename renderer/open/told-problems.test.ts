import { expect, test } from 'vitest'
import type { Problem } from '#shared/trace/table'
import { toldProblems } from './told-problems'

const problem = (kind: Problem['kind'], message: string): Problem => ({ kind, count: 1, message, rows: [] })
const cut = problem('cut-off', 'a.json ends in the middle.')
const unread = problem('unreadable-span', '1 span could not be read.')
const error = (kind: 'cut-off' | 'too-large') => ({
  kind,
  message: 'a.json is …',
  detail: undefined,
  advice: '',
  status: undefined,
})

test('that a file is cut off is told once', () => {
  expect(toldProblems({ error: error('cut-off'), problems: [cut, unread], spans: 1 }, 0)).toEqual([unread])
  expect(toldProblems({ error: error('too-large'), problems: [cut], spans: 1 }, 0)).toEqual([cut])
  expect(toldProblems({ error: undefined, problems: [cut], spans: 1 }, 0)).toEqual([cut])
})

test('a line of a log that could not be read is told once; beside spans it is another fault', () => {
  expect(toldProblems({ error: undefined, problems: [unread], spans: 0 }, 1)).toEqual([])
  expect(toldProblems({ error: undefined, problems: [unread], spans: 0 }, 0)).toEqual([unread])
  expect(toldProblems({ error: undefined, problems: [unread], spans: 3 }, 1)).toEqual([unread])
})

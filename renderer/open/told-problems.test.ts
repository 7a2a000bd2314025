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
  expect(toldProblems({ error: error('cut-off'), problems: [cut, unread] })).toEqual([unread])
  expect(toldProblems({ error: error('too-large'), problems: [cut] })).toEqual([cut])
  expect(toldProblems({ error: undefined, problems: [cut] })).toEqual([cut])
})

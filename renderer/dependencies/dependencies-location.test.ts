import { expect, test } from 'vitest'
import { dependenciesLocation, type DependenciesLocation } from './dependencies-location'

test('what is shown comes back from its URL', () => {
  const state: DependenciesLocation = {
    range: { from: 'now-7d', to: 'now' },
    rangeProblem: undefined,
    filter: 'order & co',
    within: true,
    sort: { column: 'child', descending: false },
  }
  expect(dependenciesLocation.parse(dependenciesLocation.format(state))).toEqual(state)
})

test('a bare address shows the last day, most calls first, and is written bare', () => {
  const bare = dependenciesLocation.parse(new URLSearchParams('sort=nonsense'))
  expect(bare).toEqual({
    range: { from: 'now-24h', to: 'now' },
    rangeProblem: undefined,
    filter: '',
    within: false,
    sort: { column: 'calls', descending: true },
  })
  expect(dependenciesLocation.format(bare).toString()).toBe('')
})

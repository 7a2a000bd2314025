import { expect, test } from 'vitest'
import { titlesOf } from './panel-titles'

test('charts that ask the same are numbered from the second on', () => {
  const panels = ['up', ' up ', '', 'rate(x[5m])', '', 'up'].map((query) => ({ query }))
  expect(titlesOf(panels)).toEqual(['up', 'up (2)', 'New chart', 'rate(x[5m])', 'New chart (2)', 'up (3)'])
})

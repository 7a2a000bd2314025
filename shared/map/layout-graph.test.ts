import { expect, test } from 'vitest'
import { heaviest } from './layout-graph'

test('of many calls the heaviest are laid out, and for each service the heaviest that reaches it', () => {
  const edges = [
    { parent: 'a', child: 'b', weight: 9 },
    { parent: 'a', child: 'c', weight: 1 },
    { parent: 'b', child: 'c', weight: 5 },
    { parent: 'c', child: 'd', weight: 0 },
    { parent: 'a', child: 'd', weight: 0.1 },
  ]
  const kept = heaviest(edges, 4).map(({ parent, child }) => parent + child)
  expect(kept).toEqual(['ab', 'bc', 'ad', 'ac'])
})

import { expect, test } from 'vitest'
import { graphOf, heaviest } from './layout-graph'

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

test('the same services and calls are laid out alike, whichever source answered first', () => {
  const nodes = ['b', 'a', 'c'].map((id) => ({ id, group: id === 'c' ? 'shop' : '' }))
  const edges = [
    { parent: 'b', child: 'c', weight: 1 },
    { parent: 'a', child: 'b', weight: 2 },
    { parent: 'a', child: 'c', weight: 3 },
  ]
  const asked = graphOf(nodes, edges)
  expect(graphOf(nodes.toReversed(), edges.toReversed())).toEqual(asked)
  expect(asked.edges?.map(({ sources, targets }) => [...sources, ...targets].join())).toEqual([
    'n:a,n:b',
    'n:a,n:c',
    'n:b,n:c',
  ])
})

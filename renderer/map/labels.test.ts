import { expect, test } from 'vitest'
import { type MapEdge, unknownFigures } from '#shared/map/graph'
import { curvesOf } from './curves'
import { wearing } from './labels'

const box = (x: number, y: number) => ({ x, y, width: 148, height: 48 })
const call = (parent: string, calls: number, errors = 0): MapEdge => ({
  id: parent,
  parent,
  child: 'db',
  figures: { ...unknownFigures, calls, errors },
  told: [],
})
const edges = [call('a', 10), call('b', 900), call('c', 20, 0.5), call('d', 800), call('e', 1)]
const places = new Map([
  ...edges.map(({ parent }, at) => [parent, box(0, 76 * at)] as const),
  ['db', box(252, 152)] as const,
])
const curves = curvesOf(edges, places)
const wornBy = (chosen: string) => wearing(edges, curves, ({ id }) => id === chosen).map(({ id }) => id)

test('figures of calls to one service do not lie on each other: what fails and what is called most keeps them', () => {
  const worn = wornBy('')
  expect(worn).toContain('c')
  expect(worn.length).toBeLessThan(5)
  const heights = worn.map((id) => curves.get(id)?.to.y ?? 0).sort((one, other) => one - other)
  const gaps = heights.slice(1).map((y, at) => y - heights[at])
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(11)
})

test('what is chosen wears its figures whatever lies beside it', () => {
  expect(wornBy('e')).toContain('e')
  expect(wornBy('b')).toContain('b')
})

test('where there is room all of them wear theirs', () => {
  expect(wearing(edges.slice(0, 3), curvesOf(edges.slice(0, 3), places), () => false)).toHaveLength(3)
})

import { expect, test } from 'vitest'
import type { MapEdge, MapNode } from '#shared/map/graph'
import { alone, without } from './apart'
import type { Picture } from './draw-map'
import { curvesOf } from './curves'

const box = (x: number, y: number) => ({ x, y, width: 100, height: 40 })
const places = new Map([
  ['a', box(0, 0)],
  ['b', box(200, 0)],
  ['c', box(400, 100)],
])
const edges = [
  ['a', 'b'],
  ['b', 'c'],
  ['b', 'b'],
  ['a', 'c'],
].map(([parent, child]) => ({ id: `${parent}>${child}`, parent, child }) as MapEdge)
const picture = {
  nodes: ['a', 'b', 'c'].map((name) => ({ name }) as MapNode),
  edges,
  places,
  groups: new Map([['all', box(0, 0)]]),
  curves: curvesOf(edges, places),
} as unknown as Picture
const idsOf = ({ nodes, edges: calls }: Picture) => [nodes.map(({ name }) => name), calls.map(({ id }) => id)]

test('what is dragged is drawn apart from the others, each once', () => {
  expect(idsOf(without(picture, 'b'))).toEqual([['a', 'c'], ['a>c']])
  expect(idsOf(alone(picture, 'b', { x: 0, y: 0 }))).toEqual([['b'], ['a>b', 'b>c', 'b>b']])
})

test('its calls hang on to it: what leads to itself goes along whole', () => {
  const { places: moved, curves, groups } = alone(picture, 'b', { x: 10, y: -5 })
  expect([moved.get('b'), groups.size]).toEqual([box(210, -5), 0])
  const ends = (id: string) => {
    const [from, to] = [picture, { curves }].map((one) => one.curves.get(id)!)
    return [
      [to.from.x - from.from.x, to.from.y - from.from.y],
      [to.to.x - from.to.x, to.to.y - from.to.y],
    ]
  }
  expect([ends('a>b'), ends('b>c'), ends('b>b')]).toEqual([
    [
      [0, 0],
      [10, -5],
    ],
    [
      [10, -5],
      [0, 0],
    ],
    [
      [10, -5],
      [10, -5],
    ],
  ])
})

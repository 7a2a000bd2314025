import { expect, test } from 'vitest'
import { clearOfMoved, withMoved } from './moved-boxes'

test('a service is where it was moved to, and one that is called as what every object has stays where it is', () => {
  const box = { x: 1, y: 2, width: 3, height: 4 }
  const nodes = new Map(['shop', 'constructor', '__proto__'].map((name) => [name, box]))
  expect([...withMoved(nodes, { shop: [7, 8] })]).toEqual([
    ['shop', { ...box, x: 7, y: 8 }],
    ['constructor', box],
    ['__proto__', box],
  ])
})

const at = (x: number, y: number) => ({ x, y, width: 100, height: 40 })

test('what a new layout puts where a service was moved to gives way, and so does what lies below that', () => {
  const nodes = new Map([
    ['moved', at(0, 500)],
    ['below', at(50, 50)],
    ['above', at(0, 0)],
    ['beside', at(200, 0)],
  ])
  const moved = { moved: [0, 10] } as const
  const cleared = clearOfMoved(nodes, moved)
  expect(Object.fromEntries(withMoved(cleared, moved))).toEqual({
    moved: at(0, 10),
    above: at(0, 64),
    below: at(50, 118),
    beside: at(200, 0),
  })
})

test('where nothing was moved, nothing gives way', () => {
  const nodes = new Map([['a', at(0, 0)]])
  expect(clearOfMoved(nodes, { gone: [0, 0] })).toBe(nodes)
})

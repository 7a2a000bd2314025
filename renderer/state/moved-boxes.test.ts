import { expect, test } from 'vitest'
import { withMoved } from './moved-boxes'

test('a service is where it was moved to, and one that is called as what every object has stays where it is', () => {
  const box = { x: 1, y: 2, width: 3, height: 4 }
  const nodes = new Map(['shop', 'constructor', '__proto__'].map((name) => [name, box]))
  expect([...withMoved(nodes, { shop: [7, 8] })]).toEqual([
    ['shop', { ...box, x: 7, y: 8 }],
    ['constructor', box],
    ['__proto__', box],
  ])
})

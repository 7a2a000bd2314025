import { expect, test } from 'vitest'
import { colorOfNode } from './node-color'

test('only services have a colour of their own: what else there is has none, also where its name is that of a service', () => {
  const none = colorOfNode('orders', 'queue')
  expect([colorOfNode('payments-db', 'database'), colorOfNode('order', 'outside')]).toEqual([none, none])
  expect([colorOfNode('orders', 'service'), colorOfNode('pay', 'service')]).not.toContain(none)
})

import type { Process } from '../engine/simulation.ts'
import { seconds } from '../engine/units.ts'
import type { Operation } from '../parts/operation.ts'
import type { World } from '../parts/world.ts'
import type { createEdgeGateway } from './edge-gateway.ts'
import type { createOrder } from './order.ts'
import type { Cart, Line } from './vocabulary.ts'

/** People who use the shop, each independent of the others: so many a second, on average, of each kind of request. */
const perSecond = { listItems: 0.4, findItems: 0.4, addToCart: 0.25, checkout: 0.3, readOrder: 0.1 }

const words = ['lamp', 'kettle', 'desk', 'gloves', 'headphones', 'rain+jacket', 'notebook', 'tent']

/** Sends requests to the shop's door for as long as the simulation runs. */
export function startShoppers(
  world: World,
  edge: ReturnType<typeof createEdgeGateway>,
  order: ReturnType<typeof createOrder>,
): void {
  const random = world.random('shoppers')
  const user = (): number => random.integer(0, 4_999)
  const line = (): Line => ({
    // Some things are bought far more often than others.
    sku: Math.floor(random.fraction() ** 2 * 400),
    quantity: random.integer(1, 3),
  })
  const cart = (): Cart => ({
    user: user(),
    lines: Array.from({ length: 1 + Math.min(13, random.exponential(3.4)) }, line),
    coupon: random.chance(0.3),
  })

  arrive(edge.listItems, perSecond.listItems, () => ({
    user: user(),
    page: Math.floor(random.fraction() ** 2 * 40),
  }))
  arrive(edge.findItems, perSecond.findItems, () => ({ user: user(), words: random.pick(words) }))
  arrive(edge.addToCart, perSecond.addToCart, () => ({ user: user(), line: line() }))
  arrive(edge.checkout, perSecond.checkout, cart)
  arrive(edge.readOrder, perSecond.readOrder, () => ({
    user: user(),
    number: order.newest() - Math.min(400, random.exponential(30)),
  }))

  function arrive<Settings, Input>(
    operation: Operation<Settings, Input, void>,
    perSecond: number,
    next: () => Input,
  ): void {
    const gaps = world.random(`arrivals of ${operation.name}`)
    world.simulation.start(comeOneByOne())

    function* comeOneByOne(): Process {
      for (;;) {
        yield gaps.exponential(seconds(1 / perSecond))
        world.simulation.start(operation.answer(undefined, next()))
      }
    }
  }
}

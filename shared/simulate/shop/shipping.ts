import { ms } from '../engine/units.ts'
import { callOutside } from '../parts/call.ts'
import type { World } from '../parts/world.ts'
import type { Backing } from './backing.ts'

/** Prints labels at the carrier, one at a time: a trace of its own that links to the order's, for it may be a while. */
export function createShipping(world: World, { orderEvents, carrier }: Backing) {
  const service = world.service({
    name: 'shipping-service',
    instances: 2,
    workers: 8,
    idleMegabytes: 91,
    release: { version: '2.0.5', settings: {} },
  })
  orderEvents.subscribe({
    group: 'ship',
    service,
    workers: 1,
    trace: 'own',
    *handle(context, { order, paid }) {
      yield* context.work(ms(5))
      if (!paid) {
        context.log('INFO', 'labels', `order=${order.number} is not paid, no label`, { order: order.number })
        return
      }
      yield* callOutside(context, carrier)
      context.log('INFO', 'labels', `label printed order=${order.number}`, { order: order.number })
    },
  })
  return { service }
}

import { ms } from '../engine/units.ts'
import { callOutside } from '../parts/call.ts'
import type { World } from '../parts/world.ts'
import type { Backing } from './backing.ts'
import { userText } from './vocabulary.ts'

/** Writes to the customer; part of the order's trace, for it follows within a second or so. */
export function createNotification(world: World, { orderEvents, mail }: Backing) {
  const service = world.service({
    name: 'notification-service',
    instances: 2,
    workers: 8,
    idleMegabytes: 102,
    release: { version: '1.9.2', settings: {} },
  })
  orderEvents.subscribe({
    group: 'notify',
    service,
    workers: 4,
    trace: 'same',
    *handle(context, { order, paid }) {
      yield* context.within('template.render', (inner) => inner.work(ms(30)))
      yield* callOutside(context, mail)
      context.log(
        'INFO',
        'mail',
        `${paid ? 'confirmation' : 'payment failed'} sent to ${userText(order.user)} order=${order.number}`,
        {
          order: order.number,
        },
      )
    },
  })
  return { service }
}

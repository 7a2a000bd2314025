import { ms } from '../engine/units.ts'
import { Operation } from '../parts/operation.ts'
import type { World } from '../parts/world.ts'
import { euros, type Cart } from './vocabulary.ts'

export function createPricing(world: World) {
  const service = world.service({
    name: 'pricing-service',
    instances: 3,
    workers: 16,
    idleMegabytes: 140,
    release: { version: '1.18.4', settings: {} },
  })
  /** What a cart costs, in cents. */
  const quote = new Operation<unknown, Cart, number>(world, {
    service,
    protocol: { kind: 'http', method: 'POST', route: '/quote' },
    *handler(context, { lines, coupon }) {
      yield* context.within('rules.load', (inner) => inner.work(ms(6)))
      const cents = yield* context.within(
        'quote.compute',
        function* (inner) {
          yield* inner.work(ms(4) + lines.length * ms(2.2))
          const full = lines.reduce((sum, { sku, quantity }) => sum + quantity * (590 + (sku % 37) * 210), 0)
          return coupon ? Math.round(full * 0.9) : full
        },
        { own: { 'pricing.lines': lines.length, 'pricing.coupon': coupon } },
      )
      context.log('INFO', 'quote', `${lines.length} lines quoted at ${euros(cents)} EUR`, {
        'pricing.lines': lines.length,
      })
      return cents
    },
  })
  return { service, quote }
}

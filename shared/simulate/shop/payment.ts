import { ms, seconds, us } from '../engine/units.ts'
import { withConnection } from '../parts/connection.ts'
import { Failure } from '../parts/failure.ts'
import { Operation } from '../parts/operation.ts'
import type { Release } from '../parts/service.ts'
import type { World } from '../parts/world.ts'
import type { Backing } from './backing.ts'
import { startReconcileJob } from './reconcile-job.ts'
import { euros, type Order } from './vocabulary.ts'

export interface PaymentSettings {
  readonly poolMax: number
  readonly poolTimeoutNs: number
  /** Statement pages the reconciliation works on at a time, each with a connection of its own. */
  readonly reconcileLanes: number
}

export const paymentRelease: Release<PaymentSettings> = {
  version: '2.13.4',
  settings: { poolMax: 40, poolTimeoutNs: ms(1000), reconcileLanes: 4 },
}

export function createPayment(world: World, backing: Backing) {
  const { paymentsDb } = backing
  const service = world.service<PaymentSettings>({
    name: 'payment-service',
    instances: 6,
    workers: 64,
    idleMegabytes: 158,
    release: paymentRelease,
    pools: ({ poolMax, poolTimeoutNs }) => [{ database: paymentsDb, max: poolMax, timeoutNs: poolTimeoutNs }],
  })
  const charge = new Operation<PaymentSettings, Order, void>(world, {
    service,
    protocol: { kind: 'http', method: 'POST', route: '/payments/charge' },
    attributes: ({ number }) => ({ 'app.order.number': number, 'payment.method': 'card' }),
    *handler(context, order) {
      const begunNs = world.simulation.now
      context.log('INFO', 'http.charge', `POST /payments/charge order=${order.number}`, {
        order: order.number,
      })
      yield* context.within('fraud.score', function* (inner) {
        for (const check of ['velocity', 'address', 'device'])
          yield* inner.within(`fraud.${check}`, (innermost) => innermost.work(us(700)))
      })
      yield* withConnection(context, paymentsDb, function* (connection) {
        yield* connection.query(context, {
          operation: 'SELECT',
          table: 'payment_methods',
          text: 'SELECT id, brand, token FROM payment_methods WHERE user_id = $1',
          medianNs: ms(2.1),
        })
        yield* connection.query(context, {
          operation: 'INSERT',
          table: 'ledger_entries',
          text: 'INSERT INTO ledger_entries (order_id, cents, currency) VALUES ($1, $2, $3)',
          medianNs: ms(3.4),
        })
      })
      if (service.random.chance(0.015))
        throw new Failure(402, 'CardDeclined', `card declined for order ${order.number}`)
      const took = Math.round((world.simulation.now - begunNs) / ms(1))
      context.log(
        'INFO',
        'http.charge',
        `charge accepted order=${order.number} amount=${euros(order.cents)} currency=EUR took=${took}ms`,
        { order: order.number, amount: order.cents / 100 },
      )
    },
  })
  service.onEach((instance) => startReconcileJob(world, backing, instance, seconds(45)))
  return { service, charge }
}

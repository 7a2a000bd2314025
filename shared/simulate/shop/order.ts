import { type Process } from '../engine/simulation.ts'
import { ms, seconds } from '../engine/units.ts'
import { call } from '../parts/call.ts'
import { withConnection } from '../parts/connection.ts'
import type { Context } from '../parts/context.ts'
import type { Statement } from '../parts/database.ts'
import { Failure } from '../parts/failure.ts'
import { Operation } from '../parts/operation.ts'
import type { World } from '../parts/world.ts'
import type { Backing } from './backing.ts'
import type { createInventory } from './inventory.ts'
import type { createPayment } from './payment.ts'
import type { createPricing } from './pricing.ts'
import type { Cart, Order } from './vocabulary.ts'

export interface OrderSettings {
  /** Whether the program of this release reads a field of coupons that not all carts have. */
  readonly couponBug: boolean
}

interface Needs {
  readonly inventory: ReturnType<typeof createInventory>
  readonly pricing: ReturnType<typeof createPricing>
  readonly payment: ReturnType<typeof createPayment>
}

export function createOrder(
  world: World,
  { ordersDb, orderEvents }: Backing,
  { inventory, pricing, payment }: Needs,
) {
  const service = world.service<OrderSettings>({
    name: 'order-service',
    instances: 4,
    workers: 64,
    idleMegabytes: 212,
    release: { version: '5.1.7', settings: { couponBug: false } },
    pools: () => [{ database: ordersDb, max: 20, timeoutNs: seconds(2) }],
  })
  let lastNumber = 81_000

  const place = new Operation<OrderSettings, Cart, void>(world, {
    service,
    protocol: { kind: 'http', method: 'POST', route: '/orders' },
    attributes: ({ lines, coupon }) => ({ 'app.order.lines': lines.length, 'app.order.coupon': coupon }),
    *handler(context, cart) {
      yield* context.within('validateOrder', (inner) => validate(inner, cart))
      yield* call(context, inventory.reserve, cart, { timeoutNs: seconds(3) })
      const cents = yield* call(context, pricing.quote, cart, { timeoutNs: ms(900) })
      const order: Order = { ...cart, number: ++lastNumber, cents }
      context.set({ 'app.order.number': order.number, 'app.order.total': cents / 100 })
      yield* statement(context, insertOrder)
      const failure = yield* charge(context, order)
      yield* statement(context, updateOrder)
      yield* orderEvents.send(context, order.number, { order, paid: failure === undefined })
      if (failure) throw failure
      context.log('INFO', 'orders', `order ${order.number} placed`, { order: order.number })
    },
  })

  function* validate(context: Context<OrderSettings>, { coupon }: Cart): Process {
    yield* context.work(ms(4))
    if (coupon && context.settings.couponBug) {
      const text = "Cannot read properties of undefined (reading 'percent')"
      context.log('ERROR', 'orders', `TypeError: ${text}`, { 'exception.type': 'TypeError' })
      throw new Failure(500, 'TypeError', text, [
        'discountOf (coupon.ts:31)',
        'validateOrder (order-handler.ts:64)',
        'OrderHandler.placeOrder (order-handler.ts:118)',
      ])
    }
  }

  /** Why the order could not be paid; undefined when it was. */
  function* charge(context: Context, order: Order): Process<Failure | undefined> {
    try {
      yield* call(context, payment.charge, order, { timeoutNs: seconds(8) })
      return undefined
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      const text = `charge failed: ${error.message}, order ${order.number} set to PAYMENT_FAILED`
      context.log(error.status >= 500 ? 'ERROR' : 'WARN', 'orders', text, { order: order.number })
      return new Failure(error.status, 'PaymentFailed', text, [
        'OrderHandler.placeOrder (order-handler.ts:141)',
      ])
    }
  }

  function statement(context: Context, statement: Statement): Process {
    return withConnection(context, ordersDb, (connection) => connection.query(context, statement))
  }

  const read = new Operation<OrderSettings, number, void>(world, {
    service,
    protocol: { kind: 'http', method: 'GET', route: '/orders/{orderId}' },
    path: (number) => `/orders/${number}`,
    *handler(context, number) {
      yield* context.work(ms(2))
      if (number > lastNumber || number <= 81_000)
        throw new Failure(404, 'NotFound', `there is no order ${number}`)
      yield* statement(context, selectOrder)
    },
  })
  /** The number of the order that was placed last. */
  const newest = (): number => lastNumber
  return { service, place, read, newest }
}

const insertOrder: Statement = {
  operation: 'INSERT',
  table: 'orders',
  text: 'INSERT INTO orders (id, user_id, cents, state) VALUES ($1, $2, $3, $4)',
  medianNs: ms(3.6),
}
const updateOrder: Statement = {
  operation: 'UPDATE',
  table: 'orders',
  text: 'UPDATE orders SET state = $2, updated_at = now() WHERE id = $1',
  medianNs: ms(3.1),
}
const selectOrder: Statement = {
  operation: 'SELECT',
  table: 'orders',
  text: 'SELECT id, cents, state, updated_at FROM orders WHERE id = $1',
  medianNs: ms(1.9),
}

import { World } from '../parts/world.ts'
import { createAuth } from './auth.ts'
import { createBacking } from './backing.ts'
import { createCart } from './cart.ts'
import { createCatalog } from './catalog.ts'
import { createEdgeGateway } from './edge-gateway.ts'
import { createInventory } from './inventory.ts'
import { createNotification } from './notification.ts'
import { createOrder } from './order.ts'
import { createPayment } from './payment.ts'
import { createPricing } from './pricing.ts'
import { createSearch } from './search.ts'
import { createShipping } from './shipping.ts'
import { startShoppers } from './shoppers.ts'
import { createWebBff } from './web-bff.ts'

/**
 * A shop at work.
 *
 * ```
 *  edge-gateway ─ web-bff ┬ auth ─ redis
 *                         ├ cart ─ redis
 *                         ├ catalog ─ redis, catalog-db
 *                         ├ search
 *                         └ order ┬ inventory ─ inventory-db
 *                                 ├ pricing
 *                                 ├ payment ─ payments-db
 *                                 ├ orders-db
 *                                 └ order-events ┬ notification
 *                                                └ shipping
 * ```
 */
export function createShop(seed: number) {
  const world = new World(seed)
  const backing = createBacking(world)
  const auth = createAuth(world, backing)
  const cart = createCart(world, backing)
  const catalog = createCatalog(world, backing)
  const search = createSearch(world)
  const inventory = createInventory(world, backing)
  const pricing = createPricing(world)
  const payment = createPayment(world, backing)
  const order = createOrder(world, backing, { inventory, pricing, payment })
  createNotification(world, backing)
  createShipping(world, backing)
  const bff = createWebBff(world, { auth, cart, catalog, order, search })
  const edge = createEdgeGateway(world, bff)
  startShoppers(world, edge, order)
  return { world, backing, search, inventory, pricing, payment, order }
}

/** The parts of the shop that a scenario meddles with. */
export type Shop = ReturnType<typeof createShop>

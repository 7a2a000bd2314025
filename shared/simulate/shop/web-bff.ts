import { all, type Process } from '../engine/simulation.ts'
import { ms, seconds } from '../engine/units.ts'
import { call } from '../parts/call.ts'
import type { Context } from '../parts/context.ts'
import { Operation } from '../parts/operation.ts'
import type { World } from '../parts/world.ts'
import type { createAuth } from './auth.ts'
import type { createCart } from './cart.ts'
import type { createCatalog } from './catalog.ts'
import type { createOrder } from './order.ts'
import type { createSearch } from './search.ts'
import type { Cart, Line } from './vocabulary.ts'

interface Needs {
  readonly auth: ReturnType<typeof createAuth>
  readonly cart: ReturnType<typeof createCart>
  readonly catalog: ReturnType<typeof createCatalog>
  readonly order: ReturnType<typeof createOrder>
  readonly search: ReturnType<typeof createSearch>
}

/** What each request of a browser needs, put together from the services. */
export type Visit<More> = More & { readonly user: number }

const facets = ['items', 'brands', 'related'] as const

export function createWebBff(world: World, { auth, cart, catalog, order, search }: Needs) {
  const service = world.service({
    name: 'web-bff',
    instances: 4,
    workers: 128,
    idleMegabytes: 188,
    release: { version: '9.12.0', settings: {} },
  })

  function* begin(context: Context, user: number): Process {
    yield* context.work(ms(1.2))
    yield* call(context, auth.verifyToken, user)
  }

  const listItems = new Operation<unknown, Visit<{ readonly page: number }>, void>(world, {
    service,
    protocol: { kind: 'http', method: 'GET', route: '/products' },
    *handler(context, { user, page }) {
      yield* begin(context, user)
      yield* call(context, catalog.listItems, page)
      yield* context.within('page.render', (inner) => inner.work(ms(4)))
    },
  })

  const findItems = new Operation<unknown, Visit<{ readonly words: string }>, void>(world, {
    service,
    protocol: { kind: 'http', method: 'GET', route: '/search' },
    attributes: ({ words }) => ({ 'search.words': words }),
    *handler(context, { user, words }) {
      yield* begin(context, user)
      // Asked up to eight times, soon after one another: harmless while search is quick.
      const ask = (facet: string): Process =>
        call(context, search.query, { words, facet }, { timeoutNs: ms(1000), attempts: 8, backoffNs: ms(20) })
      yield* all(world.simulation, facets.map(ask))
      yield* context.within('page.render', (inner) => inner.work(ms(5)))
    },
  })

  const addToCart = new Operation<unknown, Visit<{ readonly line: Line }>, void>(world, {
    service,
    protocol: { kind: 'http', method: 'POST', route: '/cart/items' },
    *handler(context, visit) {
      yield* begin(context, visit.user)
      yield* call(context, catalog.getItem, visit.line.sku)
      yield* call(context, cart.add, visit)
    },
  })

  const checkout = new Operation<unknown, Cart, void>(world, {
    service,
    protocol: { kind: 'http', method: 'POST', route: '/checkout' },
    *handler(context, visit) {
      yield* begin(context, visit.user)
      yield* call(context, cart.read, visit)
      for (const { sku } of visit.lines) yield* call(context, catalog.getItem, sku)
      yield* context.work(ms(3))
      yield* call(context, order.place, visit, { timeoutNs: seconds(15) })
    },
  })

  const readOrder = new Operation<unknown, Visit<{ readonly number: number }>, void>(world, {
    service,
    protocol: { kind: 'http', method: 'GET', route: '/orders/{orderId}' },
    path: ({ number }) => `/orders/${number}`,
    *handler(context, { user, number }) {
      yield* begin(context, user)
      yield* call(context, order.read, number)
    },
  })
  return { service, listItems, findItems, addToCart, checkout, readOrder }
}

import { Database, type DatabaseOptions } from '../parts/database.ts'
import { Topic } from '../parts/topic.ts'
import type { Outside } from '../parts/call.ts'
import type { World } from '../parts/world.ts'
import { ms } from '../engine/units.ts'
import type { OrderEvent } from './vocabulary.ts'

/** What the services stand on: databases, the cache, the message queue, and servers of others. */
export function createBacking(world: World) {
  const database = (options: DatabaseOptions): Database =>
    new Database(world.simulation, world.random(options.name), options)
  const postgres = (name: string, workers: number): Database =>
    database({ name, system: 'postgresql', address: `${name}-0.shop.svc`, port: 5432, workers })
  return {
    ordersDb: postgres('orders-db', 16),
    paymentsDb: postgres('payments-db', 16),
    inventoryDb: postgres('inventory-db', 16),
    catalogDb: postgres('catalog-db', 8),
    redis: database({ name: 'redis', system: 'redis', address: 'redis-0.shop.svc', port: 6379, workers: 1 }),
    orderEvents: new Topic<OrderEvent>(world, 'order-events'),
    bank: outside('statements.bank.example', '/v2/statements/page', ms(14_000), 0.35),
    mail: outside('smtp.mail.example', '/send', ms(620), 0.35),
    carrier: outside('api.carrier.example', '/labels', ms(700), 0.3),
    suppliers: outside('feed.suppliers.example', '/stock/page', ms(800), 0.3),
  }
}

function outside(address: string, path: string, medianNs: number, spread: number): Outside {
  return {
    spanName: `POST ${path}`,
    attributes: {
      'http.request.method': 'POST',
      'url.full': `https://${address}${path}`,
      'server.address': address,
      'server.port': 443,
    },
    medianNs,
    spread,
  }
}

export type Backing = ReturnType<typeof createBacking>

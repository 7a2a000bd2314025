import { seconds, us } from '../engine/units.ts'
import { withConnection } from '../parts/connection.ts'
import type { Context } from '../parts/context.ts'
import { Operation } from '../parts/operation.ts'
import { Cache, redisCommand } from '../parts/redis.ts'
import type { Process } from '../engine/simulation.ts'
import { ms } from '../engine/units.ts'
import type { World } from '../parts/world.ts'
import type { Backing } from './backing.ts'
import { skuText } from './vocabulary.ts'

/** Items are read through Redis: what is not there comes from the database and stays for ten minutes. */
export function createCatalog(world: World, { redis, catalogDb }: Backing) {
  const service = world.service({
    name: 'catalog-service',
    instances: 4,
    workers: 32,
    idleMegabytes: 118,
    release: { version: '6.0.3', settings: {} },
    pools: () => [{ database: catalogDb, max: 10, timeoutNs: seconds(2) }],
  })
  const cache = new Cache(world.simulation, seconds(600))

  function* readThrough(
    context: Context,
    prefix: 'item' | 'page',
    id: string,
    text: string,
    medianNs: number,
  ): Process {
    const key = `${prefix}:${id}`
    yield* redisCommand(context, redis, 'GET', prefix, id)
    if (cache.has(key)) return
    context.log('DEBUG', 'cache', `${key} not in cache`, { 'cache.key': key })
    yield* withConnection(context, catalogDb, (connection) =>
      connection.query(context, { operation: 'SELECT', table: 'items', text, medianNs }),
    )
    yield* redisCommand(context, redis, 'SETEX', prefix, id)
    cache.set(key)
  }

  const getItem = new Operation<unknown, number, void>(world, {
    service,
    protocol: { kind: 'grpc', method: 'Catalog/GetItem' },
    attributes: (sku) => ({ 'catalog.sku': skuText(sku) }),
    *handler(context, sku) {
      yield* context.work(us(400))
      yield* readThrough(
        context,
        'item',
        skuText(sku),
        'SELECT sku, title, cents, image FROM items WHERE sku = $1',
        ms(1.6),
      )
    },
  })
  const listItems = new Operation<unknown, number, void>(world, {
    service,
    protocol: { kind: 'grpc', method: 'Catalog/ListItems' },
    *handler(context, page) {
      yield* context.work(ms(1.5))
      yield* readThrough(
        context,
        'page',
        String(page),
        'SELECT sku, title, cents, image FROM items ORDER BY rank LIMIT 24 OFFSET $1',
        ms(9),
      )
      context.log('DEBUG', 'catalog', `page ${page} listed`, { 'catalog.page': page })
    },
  })
  return { service, getItem, listItems }
}

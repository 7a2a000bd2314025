import type { Process } from '../engine/simulation.ts'
import { ms, seconds, us } from '../engine/units.ts'
import { withConnection } from '../parts/connection.ts'
import type { Context } from '../parts/context.ts'
import type { Statement } from '../parts/database.ts'
import { Operation } from '../parts/operation.ts'
import { Cache, RedisCommand } from '../parts/redis.ts'
import type { World } from '../parts/world.ts'
import type { Backing } from './backing.ts'
import { skuText } from './vocabulary.ts'

/** Items and pages are read through Redis: what is not there comes from the database and stays for ten minutes. */
export function createCatalog(world: World, { redis, catalogDb }: Backing) {
  const service = world.service({
    name: 'catalog-service',
    instances: 4,
    workers: 32,
    idleMegabytes: 118,
    release: { version: '6.0.3', settings: {} },
    pools: () => [{ database: catalogDb, max: 10, timeoutNs: seconds(2) }],
  })

  function cached(prefix: string, statement: Statement) {
    const cache = new Cache(world.simulation, seconds(600))
    const get = new RedisCommand(redis, 'GET', prefix)
    const set = new RedisCommand(redis, 'SETEX', prefix)
    return function* read(context: Context, key: string): Process {
      yield* get.send(context, key)
      if (cache.has(key)) return
      context.log('DEBUG', 'cache', `${prefix}:${key} not in cache`, { 'cache.key': `${prefix}:${key}` })
      yield* withConnection(context, catalogDb, (connection) => connection.query(context, statement))
      yield* set.send(context, key)
      cache.set(key)
    }
  }
  const readItem = cached('item', selectItem)
  const readPage = cached('page', selectPage)

  const getItem = new Operation<unknown, number, void>(world, {
    service,
    protocol: { kind: 'grpc', method: 'Catalog/GetItem' },
    attributes: (sku) => ({ 'catalog.sku': skuText(sku) }),
    *handler(context, sku) {
      yield* context.work(us(400))
      yield* readItem(context, skuText(sku))
    },
  })
  const listItems = new Operation<unknown, number, void>(world, {
    service,
    protocol: { kind: 'grpc', method: 'Catalog/ListItems' },
    *handler(context, page) {
      yield* context.work(ms(1.5))
      yield* readPage(context, String(page))
      context.log('DEBUG', 'catalog', `page ${page} listed`, { 'catalog.page': page })
    },
  })
  return { service, getItem, listItems }
}

const selectItem: Statement = {
  operation: 'SELECT',
  table: 'items',
  text: 'SELECT sku, title, cents, image FROM items WHERE sku = $1',
  medianNs: ms(1.6),
}
const selectPage: Statement = {
  operation: 'SELECT',
  table: 'items',
  text: 'SELECT sku, title, cents, image FROM items ORDER BY rank LIMIT 24 OFFSET $1',
  medianNs: ms(9),
}

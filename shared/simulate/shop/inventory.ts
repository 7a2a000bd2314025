import { type Process } from '../engine/simulation.ts'
import { ms, seconds, us } from '../engine/units.ts'
import { withConnection, type Connection } from '../parts/connection.ts'
import { callOutside } from '../parts/call.ts'
import { Context } from '../parts/context.ts'
import type { Statement } from '../parts/database.ts'
import { Operation } from '../parts/operation.ts'
import type { World } from '../parts/world.ts'
import type { Backing } from './backing.ts'
import type { Cart } from './vocabulary.ts'

export interface InventorySettings {
  /** All stock of a cart in one statement, or a statement for each of its lines in each warehouse. */
  readonly stockQuery: 'at-once' | 'one-by-one'
  /** The stock of the suppliers is written warehouse by warehouse, or all in one transaction. */
  readonly syncCommits: 'each' | 'once'
}

const warehouses = 12
const syncEveryNs = seconds(20)

export function createInventory(world: World, { inventoryDb, suppliers }: Backing) {
  const service = world.service<InventorySettings>({
    name: 'inventory-service',
    instances: 3,
    workers: 32,
    idleMegabytes: 176,
    release: { version: '3.8.0', settings: { stockQuery: 'at-once', syncCommits: 'each' } },
    pools: () => [{ database: inventoryDb, max: 15, timeoutNs: seconds(2) }],
  })
  const reserve = new Operation<InventorySettings, Cart, void>(world, {
    service,
    protocol: { kind: 'grpc', method: 'Inventory/Reserve' },
    *handler(context, cart) {
      yield* context.work(ms(2.5))
      yield* withConnection(context, inventoryDb, function* (connection) {
        yield* readStock(context, connection, cart)
        yield* connection.query(context, writeStock(cart.user % warehouses, ms(2.4)))
      })
      context.log(
        'INFO',
        'reserve',
        `${cart.lines.length} lines reserved in warehouse ${cart.user % warehouses}`,
        {
          'inventory.lines': cart.lines.length,
        },
      )
    },
  })

  function* readStock(context: Context<InventorySettings>, connection: Connection, cart: Cart): Process {
    if (context.settings.stockQuery === 'at-once') {
      yield* connection.query(context, {
        operation: 'SELECT',
        table: 'stock_levels',
        text: 'SELECT sku, warehouse, on_hand FROM stock_levels WHERE sku = ANY($1)',
        medianNs: ms(3.1),
      })
      return
    }
    for (let line = 0; line < cart.lines.length; line++)
      for (let warehouse = 0; warehouse < warehouses; warehouse++)
        yield* connection.query(context, {
          operation: 'SELECT',
          table: 'stock_levels',
          text: 'SELECT sku, on_hand, reserved FROM stock_levels WHERE sku = $1 AND warehouse = $2',
          medianNs: us(800),
        })
  }

  /** Writes what the suppliers say they have, page by page, one page for each warehouse. */
  function* sync(context: Context<InventorySettings>): Process {
    if (context.settings.syncCommits === 'each') {
      for (let warehouse = 0; warehouse < warehouses; warehouse++) {
        yield* callOutside(context, suppliers)
        yield* withConnection(context, inventoryDb, (connection) =>
          connection.query(context, writeStock(warehouse, ms(11))),
        )
      }
      return
    }
    yield* withConnection(context, inventoryDb, function* (connection) {
      for (let warehouse = 0; warehouse < warehouses; warehouse++) {
        yield* connection.query(context, writeStock(warehouse, ms(11)))
        yield* callOutside(context, suppliers)
      }
    })
  }

  /** One instance, the first, does it for all. */
  function* syncNowAndThen(): Process {
    for (;;) {
      yield service.random.around(syncEveryNs, 0.1)
      const [instance] = service.ready
      const span = world.recorder.begin({ instance, name: 'StockSync.run', kind: 'internal' })
      const context = new Context(world, instance, span)
      instance.busy++
      yield* sync(context)
      instance.busy--
      context.log('INFO', 'stock-sync', `stock of ${warehouses} warehouses written`, {
        'sync.commits': instance.settings.syncCommits,
      })
      context.end()
    }
  }
  world.simulation.start(syncNowAndThen())
  return { service, reserve }
}

function writeStock(warehouse: number, medianNs: number): Statement {
  return {
    operation: 'UPDATE',
    table: 'stock_levels',
    text: 'UPDATE stock_levels SET reserved = reserved + $1 WHERE warehouse = $2 AND sku = ANY($3)',
    medianNs,
    locks: [`stock_levels/warehouse-${warehouse}`],
  }
}

import { Channel } from '../engine/channel.ts'
import { all, type Process } from '../engine/simulation.ts'
import { ms } from '../engine/units.ts'
import { callOutside } from '../parts/call.ts'
import { withConnection } from '../parts/connection.ts'
import { Context } from '../parts/context.ts'
import type { Instance } from '../parts/service.ts'
import type { World } from '../parts/world.ts'
import type { Backing } from './backing.ts'
import type { PaymentSettings } from './payment.ts'

const pages = 40

/**
 * Every instance compares its ledger with the bank's statement, page by page. A lane holds its connection while the bank is asked, which
 * takes long: lanes are cheap where connections are plenty.
 */
export function startReconcileJob(
  world: World,
  backing: Backing,
  instance: Instance<PaymentSettings>,
  everyNs: number,
): void {
  world.simulation.start(runNowAndThen())

  function* runNowAndThen(): Process {
    const { random } = instance.service
    yield random.exponential(everyNs / 2)
    while (!instance.draining) {
      yield* run()
      yield random.around(everyNs, 0.2)
    }
  }

  function* run(): Process {
    const { reconcileLanes: lanes } = instance.settings
    const span = world.recorder.begin({
      instance,
      name: 'ReconcileJob.run',
      kind: 'internal',
      own: { 'reconcile.lanes': lanes, 'reconcile.pages': pages },
    })
    const context = new Context(world, instance, span)
    instance.busy++
    const work = new Channel<number>()
    for (let page = 1; page <= pages; page++) work.put(page)
    context.log('INFO', 'reconcile', `ReconcileJob.run: ${pages} pages in ${lanes} lanes`, {
      'reconcile.lanes': lanes,
    })
    yield* all(
      world.simulation,
      Array.from({ length: lanes }, () => lane(context, work)),
    )
    context.log('INFO', 'reconcile', `ReconcileJob.run: ${pages} pages, 0 mismatched`)
    instance.busy--
    context.end()
  }

  function* lane(context: Context<PaymentSettings>, work: Channel<number>): Process {
    while (work.length > 0) {
      const page = yield* work.take()
      yield* context.within(
        'reconcile.page',
        (inner) =>
          withConnection(
            inner,
            backing.paymentsDb,
            function* (connection) {
              yield* connection.query(inner, {
                operation: 'SELECT',
                table: 'ledger_entries',
                text: 'SELECT order_id, cents FROM ledger_entries WHERE booked_on = $1 OFFSET $2 LIMIT 500',
                medianNs: ms(6),
              })
              yield* callOutside(inner, backing.bank)
            },
            { patient: true },
          ),
        { own: { 'reconcile.page': page } },
      )
    }
  }
}

/**
 * What can go wrong in the shop. A scenario changes one cause at one moment (told in #shared/api/demo-scenarios); everything else follows
 * from queues, pools and time limits.
 */
import { ms, seconds } from './engine/units.ts'
import { paymentRelease } from './shop/payment.ts'
import type { Shop } from './shop/shop.ts'

export interface Scenario {
  readonly name: string
  /** What a person sees first. */
  readonly symptom: string
  /** When the cause comes about, as a part of the whole time. */
  readonly at: number
  readonly bring: (shop: Shop) => void
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'healthy',
    symptom: 'Nothing: this is what the shop looks like on a good day.',
    at: 0,
    bring: () => {},
  },
  {
    name: 'pool-exhaustion',
    symptom: 'Checkout is slow or fails: payment-service waits, though its database is as quick as ever.',
    at: 0.42,
    bring: ({ world, payment }) => {
      const release = {
        version: '2.14.0',
        settings: { ...paymentRelease.settings, poolMax: 20, poolTimeoutNs: ms(4500), reconcileLanes: 40 },
      }
      world.simulation.start(payment.service.deploy(release))
    },
  },
  {
    name: 'n-plus-one',
    symptom: 'Checkout takes longer the more is in the cart.',
    at: 0.42,
    bring: ({ world, inventory }) => {
      const release = {
        version: '3.9.0',
        settings: { stockQuery: 'one-by-one', syncCommits: 'each' },
      } as const
      world.simulation.start(inventory.service.deploy(release))
    },
  },
  {
    name: 'retry-storm',
    symptom: 'Search fails, and goes on failing long after what slowed it down is over.',
    at: 0.5,
    bring: ({ world, search }) => {
      for (const instance of search.service.ready)
        world.simulation.start(search.merge(instance, seconds(120), { sliceNs: ms(600), pauseNs: 0 }))
    },
  },
  {
    name: 'slow-consumer',
    symptom: 'Parcels leave half an hour late; no request is slow, nothing fails.',
    at: 0.05,
    bring: ({ backing }) => {
      backing.carrier.medianNs = seconds(26)
    },
  },
  {
    name: 'bad-instance',
    symptom: 'One checkout in three is slow or fails.',
    at: 0.42,
    bring: ({ pricing }) => {
      pricing.service.ready[1].slowness = 40
    },
  },
  {
    name: 'bad-deploy',
    symptom: 'Checkout fails at once, but only for some.',
    at: 0.42,
    bring: ({ world, order }) =>
      void world.simulation.start(order.service.deploy({ version: '5.2.0', settings: { couponBug: true } })),
  },
  {
    name: 'lock-contention',
    symptom: 'Now and then a reservation takes seconds, and checkout fails for it.',
    at: 0.42,
    bring: ({ world, inventory }) => {
      const release = { version: '3.8.1', settings: { stockQuery: 'at-once', syncCommits: 'once' } } as const
      world.simulation.start(inventory.service.deploy(release))
    },
  },
  {
    name: 'clock-skew',
    symptom: 'Spans of one instance of inventory-service seem to begin before they were asked for.',
    at: 0.1,
    bring: ({ world, inventory }) => {
      inventory.service.ready[1].drift = { perSecond: -ms(0.1), sinceNs: world.simulation.now }
    },
  },
]

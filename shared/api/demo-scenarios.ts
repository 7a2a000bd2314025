/** The demo shop as a person chooses it: what each scenario shows, where one begins to look, and what is behind it. How it is brought about stands in shared/simulate. */
import type { DemoChoice } from '#shared/api/contract'

export interface DemoScenario {
  readonly name: string
  /** What is noticed first, for a list. */
  readonly title: string
  /** What one will see; never why. */
  readonly sees: string
  /** The search that shows it. */
  readonly search: {
    readonly service: string
    readonly operation: string
    readonly minDurationNs?: number
    readonly errorsOnly?: boolean
  }
  /** PromQL of the chart on which it is noticed, where the story begins with one. */
  readonly chart?: string
  /** What is behind it, and where that is seen at last: among what moved first, or in a trace. None on a good day. */
  readonly cause?: { readonly text: string; readonly seenIn: 'moves' | 'trace' }
}

const seconds = 1e9
const checkout = { service: 'edge-gateway', operation: 'POST /api/checkout' }

/** The first is the one that is offered. */
export const demoScenarios: readonly DemoScenario[] = [
  {
    name: 'pool-exhaustion',
    title: 'Checkout became slow',
    sees: 'Some checkouts take four seconds or fail; everything else in the shop is as quick as ever.',
    search: { ...checkout, minDurationNs: 1 * seconds },
    chart:
      'histogram_quantile(0.99, sum by (le) (rate(http_server_request_duration_seconds_bucket{job="order-service"}[1m])))',
    cause: {
      text: 'payment-service 2.14.0 keeps 20 connections to its database where 2.13.4 kept 40, and a job that came with it takes all of them: payments wait for one.',
      seenIn: 'moves',
    },
  },
  {
    name: 'n-plus-one',
    title: 'Full carts take longer',
    sees: 'Checkout takes longer the more is in the cart; nothing fails.',
    search: { ...checkout, minDurationNs: 0.2 * seconds },
    cause: {
      text: 'inventory-service 3.9.0 asks for the stock of each line of the cart in each warehouse in a statement of its own.',
      seenIn: 'moves',
    },
  },
  {
    name: 'retry-storm',
    title: 'Search does not recover',
    sees: 'Searching takes many seconds, and fails for minutes.',
    search: { service: 'edge-gateway', operation: 'GET /api/search', minDurationNs: 1.5 * seconds },
    cause: {
      text: 'every instance of search-service merged its index for two minutes; callers gave up and asked again, while what they gave up on was still worked on. Follow search-service in that list to its traces: slowest first, IndexMerge.run stands on top.',
      seenIn: 'moves',
    },
  },
  {
    name: 'slow-consumer',
    title: 'Parcels leave late',
    sees: 'Orders are taken at once; parcels leave half an hour late.',
    search: {
      service: 'shipping-service',
      operation: 'process order-events',
      minDurationNs: 10 * seconds,
    },
    cause: {
      text: 'the carrier takes many times as long for a label, so shipping-service falls behind on order-events, and ever more messages wait.',
      seenIn: 'moves',
    },
  },
  {
    name: 'bad-instance',
    title: 'One checkout in three fails',
    sees: 'About every third checkout is slow or fails.',
    search: { ...checkout, minDurationNs: 0.4 * seconds },
    cause: {
      text: 'one of the three instances of pricing-service got a fortieth of a core instead of a whole one.',
      seenIn: 'moves',
    },
  },
  {
    name: 'bad-deploy',
    title: 'Checkout fails for some',
    sees: 'Some checkouts fail at once, others succeed as always.',
    search: { ...checkout, errorsOnly: true },
    cause: {
      text: 'order-service 5.2.0 throws where a cart has a coupon.',
      seenIn: 'moves',
    },
  },
  {
    name: 'lock-contention',
    title: 'Checkout hangs now and then',
    sees: 'For some moments checkouts take seconds and fail.',
    search: { ...checkout, minDurationNs: 1 * seconds },
    cause: {
      text: 'inventory-service 3.8.1 writes the stock of all warehouses in one transaction, and keeps them locked while it waits for the suppliers.',
      seenIn: 'moves',
    },
  },
  {
    name: 'clock-skew',
    title: 'Times that cannot be',
    sees: 'Some spans seem to begin before they were asked for; about one checkout in three has such.',
    search: checkout,
    cause: {
      text: 'the clock of one machine of inventory-service is not set any more, and loses a tenth of a millisecond each second.',
      seenIn: 'trace',
    },
  },
  {
    name: 'healthy',
    title: 'A good day',
    sees: 'Nothing is wrong: what the shop looks like at its best.',
    search: checkout,
  },
]

/** The incident that is offered where there is nothing else. */
export const [offeredScenario] = demoScenarios
export const offeredChoice: DemoChoice = { scenario: offeredScenario.name, seed: 1 }

/** Undefined where there is none of that name. */
export function findScenario(name: string): DemoScenario | undefined {
  return demoScenarios.find((scenario) => scenario.name === name)
}

/** Reads `SCENARIO[:SEED]`; a sentence where it is none. */
export function readDemoChoice(text: string): DemoChoice | string {
  const [scenario, seed = '1', ...rest] = text.split(':')
  if (findScenario(scenario) === undefined)
    return `There is no scenario “${scenario}”; there are ${demoScenarios.map(({ name }) => name).join(', ')}.`
  if (rest.length > 0 || !/^\d{1,9}$/.test(seed))
    return `A seed is a whole number up to 999999999, as in ${scenario}:7; “${text}” has none.`
  return { scenario, seed: Number(seed) }
}

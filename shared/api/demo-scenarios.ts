/** The demo shop as a person chooses it: what each scenario shows, and where one begins to look. The causes stand in shared/simulate. */
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
  },
  {
    name: 'n-plus-one',
    title: 'Full carts take longer',
    sees: 'Checkout takes longer the more is in the cart; nothing fails.',
    search: { ...checkout, minDurationNs: 0.2 * seconds },
  },
  {
    name: 'retry-storm',
    title: 'Search does not recover',
    sees: 'Searching takes many seconds, and fails for minutes.',
    search: { service: 'edge-gateway', operation: 'GET /api/search', minDurationNs: 1.5 * seconds },
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
  },
  {
    name: 'bad-instance',
    title: 'One checkout in three fails',
    sees: 'About every third checkout is slow or fails.',
    search: { ...checkout, minDurationNs: 0.4 * seconds },
  },
  {
    name: 'bad-deploy',
    title: 'Checkout fails for some',
    sees: 'Some checkouts fail at once, others succeed as always.',
    search: { ...checkout, errorsOnly: true },
  },
  {
    name: 'lock-contention',
    title: 'Checkout hangs now and then',
    sees: 'For some moments checkouts take seconds and fail.',
    search: { ...checkout, minDurationNs: 1 * seconds },
  },
  {
    name: 'clock-skew',
    title: 'Times that cannot be',
    sees: 'Some spans seem to begin before they were asked for.',
    search: checkout,
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
    return `A seed is a whole number, as in ${scenario}:7; “${text}” has none.`
  return { scenario, seed: Number(seed) }
}

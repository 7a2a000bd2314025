/** What fires in each scenario at its end, and nothing on a good day. */
import { expect, test } from 'vitest'
import { simulate } from '#shared/simulate/run'
import { demoMetrics } from './demo-metrics.ts'
import { createMetricStore } from './metric-store.ts'

const endMs = 1_793_000_000_000

async function rulesOf(scenario: string, lengthMinutes = 24) {
  const run = simulate({ scenario, seed: 1, endNs: BigInt(endMs) * 1_000_000n, lengthMinutes })
  return createMetricStore(demoMetrics(run)).rules()
}

test.each<[scenario: string, firing: string[]]>([
  ['healthy', []],
  ['pool-exhaustion', ['CheckoutSlow', 'RequestsFail', 'ConnectionsWaitedForInVain']],
  ['n-plus-one', ['CheckoutSlow']],
  ['bad-deploy', ['RequestsFail']],
  ['slow-consumer', ['ConsumerBehind']],
  ['bad-instance', ['CheckoutSlow', 'RequestsFail']],
  ['lock-contention', ['CheckoutSlow', 'RequestsFail']],
])('%s: %j', async (scenario, firing) => {
  const rules = await rulesOf(scenario)
  expect(rules.filter(({ state }) => state === 'firing').map(({ name }) => name)).toEqual(firing)
})

// A storm of which a run ends in the middle, however long it has lasted.
test.each([24, 45])('retry-storm still lasts at the end of %i minutes, and is alerted', async (minutes) => {
  const rules = await rulesOf('retry-storm', minutes)
  expect(rules.filter(({ state }) => state === 'firing').map(({ name }) => name)).toEqual([
    'SearchSlow',
    'RequestsFail',
  ])
})

test('an alert says of what it is, since when, and what was to be', async () => {
  const [{ alerts }] = await rulesOf('pool-exhaustion')
  const [checkout] = alerts
  expect(checkout).toMatchObject({
    labels: { alertname: 'CheckoutSlow' },
    annotations: { summary: expect.stringMatching(/^p95 of \/api\/checkout is \d\.\d+ s, over 220 ms$/) },
    state: 'firing',
  })
  const sinceEndMs = endMs - (checkout.sinceMs ?? 0)
  // The cause came at 0.42 of 24 minutes.
  expect(sinceEndMs).toBeGreaterThan(120_000)
  expect(sinceEndMs).toBeLessThan(0.58 * 24 * 60_000)
})

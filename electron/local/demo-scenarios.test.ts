/** What the start page promises of a scenario is there to be found, and only there. */
import { beforeAll, expect, test } from 'vitest'
import { demoScenarios } from '#shared/api/demo-scenarios'
import { simulate } from '#shared/simulate/run'
import { scenarios } from '#shared/simulate/scenarios'
import { traceQuery } from '../../test/builders/trace-query.ts'
import { createTraceStore, type TraceStore } from './trace-store.ts'

const endMs = 1_793_000_000_000
const lengthMinutes = 24

function storeOf(scenario: string): TraceStore {
  return createTraceStore(simulate({ scenario, seed: 1, endNs: BigInt(endMs) * 1_000_000n, lengthMinutes }))
}

async function found(store: TraceStore, { search }: (typeof demoScenarios)[number]): Promise<number> {
  const startMs = endMs - lengthMinutes * 60_000
  const { traces } = await store.search(traceQuery(startMs, endMs, { limit: 10_000, ...search }))
  return traces.length
}

const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name).sort()

let healthy: TraceStore
beforeAll(() => {
  healthy = storeOf('healthy')
})

test('what can be chosen is what can be simulated', () => {
  expect(names(demoScenarios)).toEqual(names(scenarios))
})

test.each(demoScenarios)('the search of $name shows its incident', async (scenario) => {
  const count = await found(storeOf(scenario.name), scenario)
  expect(count).toBeGreaterThan(8)
  const isNarrow = scenario.search.minDurationNs !== undefined || scenario.search.errorsOnly
  if (isNarrow) expect(await found(healthy, scenario)).toBeLessThan(count / 5)
})

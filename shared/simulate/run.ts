import { seconds } from './engine/units.ts'
import { Sampler, type SampledSeries } from './metrics/sampler.ts'
import type { LogLine, Measurement, RecordedTrace } from './parts/record.ts'
import type { Instance } from './parts/service.ts'
import { scenarios } from './scenarios.ts'
import { createShop } from './shop/shop.ts'

export interface RunOptions {
  /** The name of a scenario; an unknown one throws. */
  readonly scenario: string
  readonly seed: number
  /** The moment at which the run ends, in nanoseconds since 1970. */
  readonly endNs: bigint
  readonly lengthMinutes?: number
}

/** What a shop left behind in one run. The same options give the same run. */
export interface Run {
  /** When it began, in nanoseconds since 1970; all its times count from there. */
  readonly epochNs: bigint
  readonly lengthNs: number
  /** In order of their beginning; what had not ended is left out. */
  readonly traces: readonly RecordedTrace[]
  /** In order of time. */
  readonly lines: readonly LogLine[]
  readonly measurements: readonly Measurement[]
  /** What was read every `intervalNs`. */
  readonly sampled: readonly SampledSeries[]
  readonly intervalNs: number
  /** Every instance there was. */
  readonly instances: readonly Instance[]
}

const intervalNs = seconds(15)

/** Lets the shop run for so long, with what the scenario brings. */
export function simulate({ scenario, seed, endNs, lengthMinutes = 45 }: RunOptions): Run {
  const chosen = scenarios.find(({ name }) => name === scenario)
  if (chosen === undefined) throw new Error(`there is no scenario “${scenario}”`)
  const lengthNs = seconds(60 * lengthMinutes)
  const shop = createShop(seed)
  const { simulation, recorder, services } = shop.world
  simulation.after(Math.round(chosen.at * lengthNs), () => chosen.bring(shop))
  const sampler = new Sampler(shop.world, shop.backing.orderEvents.subscriptions)
  simulation.start(sampler.run(intervalNs))
  simulation.run(lengthNs)
  recorder.finish()
  return {
    epochNs: endNs - BigInt(lengthNs),
    lengthNs,
    traces: recorder.traces,
    lines: recorder.lines,
    measurements: recorder.measurements,
    sampled: sampler.series,
    intervalNs,
    instances: services.flatMap(({ instances }) => instances),
  }
}

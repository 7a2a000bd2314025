import type { Process } from '../engine/simulation.ts'
import type { Attributes } from '../parts/record.ts'
import type { Instance } from '../parts/service.ts'
import type { Subscription } from '../parts/topic.ts'
import type { World } from '../parts/world.ts'
import { samples, type SampledInstrument } from './instruments.ts'

/** A number of one instance, read at every step of its life. */
export interface SampledSeries {
  readonly instrument: SampledInstrument
  readonly instance: Instance
  readonly attributes: Attributes
  /** The step of the first value. Step 0 is one interval after the beginning. */
  readonly firstStep: number
  readonly values: number[]
}

interface Probe extends SampledSeries {
  readonly read: () => number
}

const bytesPerMegabyte = 1_048_576
/** What a request takes of memory while it is answered. */
const megabytesPerRequest = 0.6

/** Reads what there is to read of every instance, one interval after the other. */
export class Sampler {
  readonly series: SampledSeries[] = []
  readonly #world: World
  readonly #subscriptions: readonly Subscription[]
  readonly #probes = new Map<Instance, readonly Probe[]>()

  constructor(world: World, subscriptions: readonly Subscription[]) {
    this.#world = world
    this.#subscriptions = subscriptions
  }

  *run(intervalNs: number): Process {
    for (let step = 0; ; step++) {
      yield intervalNs
      for (const { instances } of this.#world.services)
        for (const instance of instances)
          if (instance.endedNs === Infinity)
            for (const { values, read } of this.#probesOf(instance, step)) values.push(read())
    }
  }

  #probesOf(instance: Instance, step: number): readonly Probe[] {
    let probes = this.#probes.get(instance)
    if (probes === undefined) {
      probes = readings(instance, this.#subscriptions).map(({ instrument, attributes = {}, read }) => ({
        instrument,
        instance,
        attributes,
        firstStep: step,
        values: [],
        read,
      }))
      this.#probes.set(instance, probes)
      this.series.push(...probes)
    }
    return probes
  }
}

interface Reading {
  readonly instrument: SampledInstrument
  readonly attributes?: Attributes
  readonly read: () => number
}

function readings(instance: Instance, subscriptions: readonly Subscription[]): Reading[] {
  return [
    { instrument: samples.activeRequests, read: () => instance.activeRequests },
    {
      instrument: samples.cpuTime,
      attributes: { 'cpu.mode': 'user' },
      read: () => instance.cpuNs / 1e9,
    },
    { instrument: samples.cpuLimit, read: () => 1 / instance.slowness },
    {
      instrument: samples.memory,
      read: () =>
        Math.round(
          (instance.service.options.idleMegabytes + instance.busy * megabytesPerRequest) * bytesPerMegabyte,
        ),
    },
    ...instance.pools.flatMap((pool): Reading[] => {
      const attributes = { 'db.client.connection.pool.name': pool.database.options.name }
      const inState = (state: string, read: () => number): Reading => ({
        instrument: samples.connections,
        attributes: { ...attributes, 'db.client.connection.state': state },
        read,
      })
      return [
        inState('used', () => pool.used),
        inState('idle', () => pool.capacity - pool.used),
        { instrument: samples.connectionsMax, attributes, read: () => pool.capacity },
        { instrument: samples.connectionsPending, attributes, read: () => pool.waiting },
        { instrument: samples.connectionTimeouts, attributes, read: () => pool.timeouts },
      ]
    }),
    ...subscriptions
      .filter((subscription) => subscription.instance === instance)
      .map(({ topic, group, lag }) => ({
        instrument: samples.lag,
        attributes: { 'messaging.destination.name': topic, 'messaging.consumer.group.name': group },
        read: lag,
      })),
  ]
}

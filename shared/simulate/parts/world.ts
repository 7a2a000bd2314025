import { Random } from '../engine/random.ts'
import { Simulation } from '../engine/simulation.ts'
import { Recorder } from './record.ts'
import { Service, type ServiceOptions } from './service.ts'

/** Everything that is simulated together. */
export class World {
  readonly simulation = new Simulation()
  readonly recorder: Recorder
  readonly services: Service[] = []
  readonly network: Random
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seed
    this.recorder = new Recorder(this.simulation, this.random('ids'))
    this.network = this.random('network')
  }

  /** A stream of chance of its own. */
  random(stream: string): Random {
    return new Random(this.#seed, stream)
  }

  service<Settings>(options: ServiceOptions<Settings>): Service<Settings> {
    const service = new Service(this.simulation, this.random(options.name), options)
    this.services.push(service)
    return service
  }
}

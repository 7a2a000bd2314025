import type { Random } from '../engine/random.ts'
import { Pool } from '../engine/pool.ts'
import type { Process, Simulation } from '../engine/simulation.ts'
import { seconds } from '../engine/units.ts'
import { ConnectionPool, type PoolLimits } from './connection-pool.ts'
import type { Database } from './database.ts'
import { podName, replicaSetName } from './pod-names.ts'

/** One version of a service's program and its configuration. */
export interface Release<Settings> {
  readonly version: string
  readonly settings: Settings
}

/** What a service is made of. */
export interface ServiceOptions<Settings> {
  readonly name: string
  readonly instances: number
  /** Requests one instance answers at a time; more wait in its queue. */
  readonly workers: number
  /** Memory of an instance that does nothing. */
  readonly idleMegabytes: number
  readonly release: Release<Settings>
  /** The pools of connections each instance keeps. */
  pools?(settings: Settings): readonly PoolLimits[]
}

/** Written as a method, so that a service with settings passes for one of which the settings are not known. */
interface Starter<Settings> {
  act(instance: Instance<Settings>): void
}

/** A service: several instances of one program behind a balancer that goes round. */
export class Service<Settings = unknown> {
  readonly name: string
  readonly options: ServiceOptions<Settings>
  readonly random: Random
  /** Every instance there ever was, oldest first. */
  readonly instances: Instance<Settings>[] = []
  readonly #simulation: Simulation
  /** Those that take new requests. */
  readonly #ready: Instance<Settings>[] = []
  readonly #starters: Starter<Settings>[] = []
  #turn = 0

  constructor(simulation: Simulation, random: Random, options: ServiceOptions<Settings>) {
    this.#simulation = simulation
    this.name = options.name
    this.options = options
    this.random = random
    const replicaSet = replicaSetName(random)
    for (let count = 0; count < options.instances; count++)
      this.#ready.push(this.#add(options.release, replicaSet))
  }

  /** The instance the next request goes to. */
  next(): Instance<Settings> {
    this.#turn = (this.#turn + 1) % this.#ready.length
    return this.#ready[this.#turn]
  }

  /** Those that take requests now. */
  get ready(): readonly Instance<Settings>[] {
    return this.#ready
  }

  /** Does something with every instance, those there are and those that will be started. */
  onEach(act: (instance: Instance<Settings>) => void): void {
    this.#starters.push({ act })
    for (const instance of this.#ready) act(instance)
  }

  /** Replaces the instances by those of another release, one after the other, as a rolling update does. */
  *deploy(release: Release<Settings>, apartNs = seconds(20)): Process {
    const replicaSet = replicaSetName(this.random)
    for (const [place, old] of [...this.#ready].entries()) {
      const started = this.#add(release, replicaSet)
      this.#ready[place] = started
      for (const starter of this.#starters) starter.act(started)
      this.#simulation.start(this.#drain(old))
      yield apartNs
    }
  }

  #add(release: Release<Settings>, replicaSet: string): Instance<Settings> {
    const instance = new Instance(
      this.#simulation,
      this,
      release,
      podName(this.name, replicaSet, this.random),
    )
    this.instances.push(instance)
    return instance
  }

  /** An instance that gets no new requests ends when the last is answered. */
  *#drain(instance: Instance<Settings>): Process {
    instance.draining = true
    while (instance.busy > 0) yield seconds(1)
    instance.endedNs = this.#simulation.now
  }
}

/** One running copy of a service. */
export class Instance<Settings = unknown> {
  readonly service: Service<Settings>
  readonly version: string
  readonly settings: Settings
  /** Its pod, which is its `service.instance.id`. */
  readonly name: string
  readonly startedNs: number
  /** When it was gone; Infinity while it lives. */
  endedNs = Infinity
  /** Takes no new work. */
  draining = false
  /** Answers requests; what finds no worker waits. */
  readonly workers: Pool
  readonly pools: readonly ConnectionPool[]
  /** Requests and jobs it has begun and not ended. */
  busy = 0
  /** Requests it is answering or has in its queue. */
  activeRequests = 0
  readonly core: Pool
  /** Processor time it has used, in nanoseconds. */
  cpuNs = 0
  /** How much longer than usual its core takes: 10 where the container's limit is a tenth of a core. */
  slowness = 1
  /** How fast its clock goes wrong, in nanoseconds per second, and since when. */
  drift: { readonly perSecond: number; readonly sinceNs: number } | undefined

  constructor(simulation: Simulation, service: Service<Settings>, release: Release<Settings>, name: string) {
    this.service = service
    this.version = release.version
    this.settings = release.settings
    this.name = name
    this.startedNs = simulation.now
    this.core = new Pool(simulation, 1)
    this.workers = new Pool(simulation, service.options.workers)
    this.pools = (service.options.pools?.(release.settings) ?? []).map(
      (limits) => new ConnectionPool(simulation, limits),
    )
  }

  /** Its connections to a database; throws where it keeps none. */
  poolOf(database: Database): ConnectionPool {
    for (const pool of this.pools) if (pool.database === database) return pool
    throw new Error(`${this.service.name} has no pool for ${database.options.name}`)
  }

  /** What its clock shows at that moment. */
  clock(atNs: number): number {
    if (this.drift === undefined || atNs <= this.drift.sinceNs) return atNs
    return atNs + Math.round(((atNs - this.drift.sinceNs) / 1e9) * this.drift.perSecond)
  }
}

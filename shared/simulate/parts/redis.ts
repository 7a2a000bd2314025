import type { Process, Simulation } from '../engine/simulation.ts'
import { us } from '../engine/units.ts'
import type { Context } from './context.ts'
import type { Database } from './database.ts'
import type { Attributes } from './record.ts'

/** What a cache remembers for a while; reading it again does not make it stay longer. */
export class Cache {
  readonly #simulation: Simulation
  readonly #keepNs: number
  readonly #until = new Map<string, number>()

  constructor(simulation: Simulation, keepNs: number) {
    this.#simulation = simulation
    this.#keepNs = keepNs
  }

  has(key: string): boolean {
    return (this.#until.get(key) ?? 0) > this.#simulation.now
  }

  set(key: string): void {
    this.#until.set(key, this.#simulation.now + this.#keepNs)
  }
}

/** A command that is sent again and again, with other keys: `GET` for keys that begin with `session:`. */
export class RedisCommand {
  readonly #redis: Database
  readonly #text: string
  readonly #spanName: string
  readonly #attributes: Attributes

  constructor(redis: Database, command: string, prefix: string) {
    const { system, address, port } = redis.options
    this.#redis = redis
    this.#text = `${command} ${prefix}:`
    this.#spanName = `${command} ${prefix}:*`
    this.#attributes = {
      'db.system.name': system,
      'db.operation.name': command,
      'server.address': address,
      'server.port': port,
    }
  }

  /** Sends it, in a client span. */
  *send(context: Context, key: string): Process {
    const inner = context.open(this.#spanName, {
      kind: 'client',
      common: this.#attributes,
      own: { 'db.query.text': this.#text + key },
    })
    yield context.world.network.around(us(220))
    yield* this.#redis.work(us(90), 0.5)
    inner.end()
  }
}

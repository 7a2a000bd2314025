import { Pool } from '../engine/pool.ts'
import type { Simulation } from '../engine/simulation.ts'
import type { Database } from './database.ts'
import type { Attributes } from './record.ts'

/** How a service is configured to keep connections to a database. */
export interface PoolLimits {
  readonly database: Database
  readonly max: number
  /** How long a request waits for a connection before it gives up. */
  readonly timeoutNs: number
}

/** The connections of one instance to one database. */
export class ConnectionPool extends Pool {
  readonly database: Database
  readonly timeoutNs: number
  /** The name of the spans of those that wait for one. */
  readonly spanName: string
  /** What every span says that waits for a connection of it. */
  readonly attributes: Attributes
  /** What is said of how long one of its connections was held. */
  readonly heldAttributes: Attributes
  readonly #free: number[]

  constructor(simulation: Simulation, { database, max, timeoutNs }: PoolLimits) {
    super(simulation, max)
    this.database = database
    this.timeoutNs = timeoutNs
    this.spanName = `${database.options.name} pool.acquire`
    this.attributes = {
      'db.system.name': database.options.system,
      'db.client.connection.pool.name': database.options.name,
      'server.address': database.options.address,
      'server.port': database.options.port,
    }
    this.heldAttributes = { 'db.client.connection.pool.name': database.options.name }
    this.#free = Array.from({ length: max }, (_, place) => max - place)
  }

  /** The number of a connection that was taken, from 1. */
  takeNumber(): number {
    return this.#free.pop() ?? 0
  }

  giveNumber(number: number): void {
    this.#free.push(number)
    this.give()
  }
}

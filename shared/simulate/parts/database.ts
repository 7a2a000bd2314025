import { Pool } from '../engine/pool.ts'
import type { Random } from '../engine/random.ts'
import type { Simulation } from '../engine/simulation.ts'
import type { Attributes } from './record.ts'

export interface DatabaseOptions {
  readonly name: string
  readonly system: 'postgresql' | 'redis'
  readonly address: string
  readonly port: number
  /** Statements it works on at a time; more wait. */
  readonly workers: number
}

/** What all spans of like statements have in common. */
export interface StatementKind {
  readonly spanName: string
  readonly attributes: Attributes
}

/** A server of data: works on so many statements at a time, and keeps locks on rows. */
export class Database {
  readonly options: DatabaseOptions
  readonly random: Random
  readonly workers: Pool
  readonly #simulation: Simulation
  readonly #kinds = new Map<string, Map<string, StatementKind>>()
  readonly #locks = new Map<string, Pool>()

  constructor(simulation: Simulation, random: Random, options: DatabaseOptions) {
    this.#simulation = simulation
    this.random = random
    this.options = options
    this.workers = new Pool(simulation, options.workers)
  }

  /** The kind of a statement on a table, or on keys that begin alike. Made once: there are few kinds and many statements. */
  kindOf(operation: string, target: string): StatementKind {
    let kinds = this.#kinds.get(target)
    if (kinds === undefined) this.#kinds.set(target, (kinds = new Map()))
    let kind = kinds.get(operation)
    if (kind === undefined) kinds.set(operation, (kind = this.#describe(operation, target)))
    return kind
  }

  #describe(operation: string, target: string): StatementKind {
    const { system, name, address, port } = this.options
    const isTable = system === 'postgresql'
    return {
      spanName: isTable ? `${operation} ${target}` : `${operation} ${target}:*`,
      attributes: {
        'db.system.name': system,
        ...(isTable && { 'db.namespace': name, 'db.collection.name': target }),
        'db.operation.name': operation,
        'server.address': address,
        'server.port': port,
      },
    }
  }

  /** The lock on a row or table of that name; one transaction has it at a time. */
  lock(name: string): Pool {
    const known = this.#locks.get(name)
    if (known) return known
    const lock = new Pool(this.#simulation, 1)
    this.#locks.set(name, lock)
    return lock
  }
}

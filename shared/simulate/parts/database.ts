import { Pool } from '../engine/pool.ts'
import type { Random } from '../engine/random.ts'
import type { Process, Simulation } from '../engine/simulation.ts'
import type { Attributes } from './record.ts'

export interface DatabaseOptions {
  readonly name: string
  readonly system: 'postgresql' | 'redis'
  readonly address: string
  readonly port: number
  /** Statements it works on at a time; more wait. */
  readonly workers: number
}

/** A statement for a relational database. */
export interface Statement {
  readonly operation: 'SELECT' | 'INSERT' | 'UPDATE'
  readonly table: string
  readonly text: string
  /** What the database needs for it, without waiting. */
  readonly medianNs: number
  /** Rows it changes, by name: locked until the transaction ends. */
  readonly locks?: readonly string[]
}

/** What all spans of like statements have in common. */
export interface StatementKind {
  readonly spanName: string
  readonly attributes: Attributes
}

/** A server of data: works on so many statements at a time, and keeps locks on rows. */
export class Database {
  readonly options: DatabaseOptions
  readonly #random: Random
  readonly #workers: Pool
  readonly #simulation: Simulation
  readonly #kinds = new Map<string, StatementKind>()
  readonly #locks = new Map<string, Pool>()

  constructor(simulation: Simulation, random: Random, options: DatabaseOptions) {
    this.#simulation = simulation
    this.#random = random
    this.options = options
    this.#workers = new Pool(simulation, options.workers)
  }

  /** What spans of such a statement say. Made once: there are few texts of statements, and many statements. */
  kindOf({ text, operation, table }: Statement): StatementKind {
    let kind = this.#kinds.get(text)
    if (kind === undefined) {
      const { system, name, address, port } = this.options
      kind = {
        spanName: `${operation} ${table}`,
        attributes: {
          'db.system.name': system,
          'db.namespace': name,
          'db.collection.name': table,
          'db.operation.name': operation,
          'db.query.text': text,
          'server.address': address,
          'server.port': port,
        },
      }
      this.#kinds.set(text, kind)
    }
    return kind
  }

  /** Works on a statement, with one of its workers and after waiting for it. */
  *work(medianNs: number, spread: number): Process {
    if (!this.#workers.takeAtOnce()) yield* this.#workers.take()
    yield this.#random.around(medianNs, spread)
    this.#workers.give()
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

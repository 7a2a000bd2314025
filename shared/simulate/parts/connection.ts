import type { Pool } from '../engine/pool.ts'
import type { Process } from '../engine/simulation.ts'
import { ms, seconds, us } from '../engine/units.ts'
import type { ConnectionPool } from './connection-pool.ts'
import type { Context } from './context.ts'
import type { Database, Statement } from './database.ts'
import { Failure } from './failure.ts'
import { statementWords } from './span-words.ts'

/** A pool logs the stack of whoever holds a connection for longer. */
const leakNs = seconds(30)
/** PostgreSQL's deadlock_timeout: a longer wait for a lock is logged. */
const longLockWaitNs = seconds(1)

/** A connection to a database, taken from the pool of an instance. What is locked through it stays locked until it is given back. */
export class Connection {
  readonly number: number
  readonly #pool: ConnectionPool
  readonly #takenNs: number
  readonly #locks: Pool[] = []
  /** The span in which it was taken. */
  readonly #owner: Context

  constructor(pool: ConnectionPool, owner: Context) {
    this.#pool = pool
    this.#owner = owner
    this.number = pool.takeNumber()
    this.#takenNs = owner.world.simulation.now
  }

  /** Runs a statement in a client span, as the caller sees it: with the time it waits for locks and for a worker of the database. */
  *query(context: Context, statement: Statement): Process {
    const { database } = this.#pool
    const { spanName, attributes } = database.kindOf(statement)
    const inner = context.open(spanName, { kind: 'client', common: attributes })
    yield context.world.network.around(us(180))
    if (statement.locks) for (const name of statement.locks) yield* this.#lock(inner, name)
    yield* database.work(statement.medianNs, 0.45)
    inner.end()
    inner.logEnd('DEBUG', 'sql', statementWords)
  }

  *#lock(context: Context, name: string): Process {
    const { simulation } = context.world
    const lock = this.#pool.database.lock(name)
    const begunNs = simulation.now
    if (lock.used > 0) context.event('lock.wait', { 'lock.name': name, 'lock.waiters': lock.waiting + 1 })
    yield* lock.take()
    this.#locks.push(lock)
    const waitedNs = simulation.now - begunNs
    if (waitedNs > longLockWaitNs)
      context.log(
        'WARN',
        'postgres',
        `acquired ExclusiveLock on ${name} after ${Math.round(waitedNs / ms(1))} ms`,
        {
          'lock.name': name,
          'lock.wait_ms': Math.round(waitedNs / ms(1)),
        },
      )
  }

  /** Ends the transaction, and puts the connection back into its pool. */
  giveBack(): void {
    for (const lock of this.#locks) lock.give()
    const { world, span } = this.#owner
    const heldNs = world.simulation.now - this.#takenNs
    const pool = this.#pool.database.options.name
    world.recorder.measure(heldNs, this.#pool.heldAttributes, span)
    if (heldNs > leakNs)
      this.#owner.log(
        'WARN',
        `pool.${pool}`,
        `leak suspected: connection ${this.number} held ${Math.round(heldNs / seconds(1))}s by ${span.name}, stack recorded`,
        { 'pool.connection': this.number },
      )
    this.#pool.giveNumber(this.number)
  }
}

/**
 * Takes a connection from the instance's pool, for as long as `body` runs. Waiting for it is a span of its own; whoever waits longer than
 * the pool's limit fails. Background work is patient and waits for as long as it takes.
 */
export function* withConnection<Settings, Result>(
  context: Context<Settings>,
  database: Database,
  body: (connection: Connection) => Process<Result>,
  { patient = false }: { patient?: boolean } = {},
): Process<Result> {
  const pool = context.instance.poolOf(database)
  const inner = context.open(pool.spanName, { common: pool.attributes })
  if (!pool.takeAtOnce()) yield* wait(inner, pool, patient ? Infinity : pool.timeoutNs)
  // A connection is tried before it is used.
  yield context.world.network.around(us(350), 0.4)
  inner.end()
  const connection = new Connection(pool, context)
  try {
    return yield* body(connection)
  } finally {
    connection.giveBack()
  }
}

/** Waits for a connection to be given back; throws, and ends the span, when that takes too long. */
function* wait(context: Context, pool: ConnectionPool, timeoutNs: number): Process {
  const { name } = pool.database.options
  const waiting = pool.waiting + 1
  context.event('pool.wait', { 'pool.waiters': waiting, 'pool.max': pool.capacity })
  context.set({
    'db.client.connection.state': `used ${pool.used} of ${pool.capacity}`,
    'db.client.connection.pending': waiting,
  })
  context.log(
    'WARN',
    `pool.${name}`,
    `pool ${name}: ${pool.used}/${pool.capacity} in use, ${waiting} waiting`,
    {
      'pool.active': pool.used,
      'pool.max': pool.capacity,
      'pool.waiting': waiting,
    },
  )
  if (yield* pool.take(timeoutNs)) return
  const text = `connection pool exhausted, waited ${timeoutNs / ms(1)}ms for available connection`
  context.log('ERROR', `pool.${name}`, text, {
    'pool.active': pool.used,
    'pool.max': pool.capacity,
    'pool.waiting': pool.waiting,
  })
  const failure = new Failure(503, 'PoolTimeoutError', text, [
    'Pool.acquire (pool.ts:204)',
    'withConnection (pool.ts:261)',
  ])
  context.fail(failure)
  context.end()
  throw failure
}

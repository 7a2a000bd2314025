import type { Process, Simulation } from '../engine/simulation.ts'
import { us } from '../engine/units.ts'
import type { Context } from './context.ts'
import type { Database } from './database.ts'

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

/** Sends Redis one command about one key, in a client span. Keys have two parts, such as `cart` and `u-20417`. */
export function redisCommand(
  context: Context,
  redis: Database,
  command: string,
  prefix: string,
  id: string,
): Process {
  const { spanName, attributes } = redis.kindOf(command, prefix)
  return context.within(spanName, (inner) => execute(inner, redis), {
    kind: 'client',
    common: attributes,
    own: { 'db.query.text': `${command} ${prefix}:${id}` },
  })
}

function* execute(context: Context, redis: Database): Process {
  yield context.world.network.around(us(220))
  if (!redis.workers.takeAtOnce()) yield* redis.workers.take()
  yield redis.random.around(us(90), 0.5)
  redis.workers.give()
}

import { SourceError } from './source-error.ts'

/** How long an API that was not there is not asked for again: servers are upgraded while Clew runs. */
const rememberedMs = 5 * 60_000

/** Picks, among several generations of an API, the first that the server has, and remembers which it has not. */
export interface Generations {
  /** Tries in order; an attempt that rejects because its route is absent makes way for the next. */
  first<Result>(attempts: Readonly<Record<string, () => Promise<Result>>>): Promise<Result>
}

/** `isAbsent` tells a route that is not there from one that failed. */
export function createGenerations(isAbsent: (error: SourceError) => boolean): Generations {
  const absentSinceMs = new Map<string, number>()

  return {
    async first(attempts) {
      const names = Object.keys(attempts)
      const known = names.filter(
        (name) => performance.now() - (absentSinceMs.get(name) ?? -Infinity) > rememberedMs,
      )
      let last: unknown
      // When every one is thought absent, what was remembered may be wrong: all are asked again.
      for (const name of known.length > 0 ? known : names) {
        try {
          const result = await attempts[name]()
          absentSinceMs.delete(name)
          return result
        } catch (thrown) {
          if (!(thrown instanceof SourceError) || !isAbsent(thrown)) throw thrown
          absentSinceMs.set(name, performance.now())
          last = thrown
        }
      }
      throw last
    },
  }
}

/** A route that is not there: 404 or 405 in words that speak of no trace, or a web page with 200 (the UI answers for everything). */
export function isAbsentRoute({ error }: SourceError): boolean {
  if (error.kind === 'wrong-product') return error.status === 200
  return (error.status === 404 || error.status === 405) && !/trace/i.test(error.detail ?? '')
}

/** A list; empty where the server has no route for it, as older ones and relatives may not. */
export async function orNone<Item>(asking: Promise<readonly Item[]>): Promise<readonly Item[]> {
  try {
    return await asking
  } catch (thrown) {
    if (thrown instanceof SourceError && isAbsentRoute(thrown)) return []
    throw thrown
  }
}

/** Calls between services as servers counted them, in a file of their own: `{"kind":"clew-calls","told":[…]}`. They follow from no trace that is saved. */
import * as z from 'zod/mini'
import type { Dependency } from '#shared/api/contract'

const kind = 'clew-calls'

/** What one server told of a stretch of time. */
export interface ToldCalls {
  /** Milliseconds since 1970. */
  readonly startMs: number
  readonly endMs: number
  readonly calls: readonly Dependency[]
}

const seconds = z.object({ p50: z.number(), p95: z.number(), p99: z.number() })
const dependency = z.object({
  parent: z.string(),
  child: z.string(),
  callCount: z.number(),
  errorCount: z.optional(z.number()),
  parentKind: z.optional(z.literal('queue')),
  childKind: z.optional(z.enum(['database', 'queue', 'outside'])),
  sampledOf: z.optional(z.number()),
  seconds: z.optional(seconds),
})
const told = z.object({ startMs: z.number(), endMs: z.number(), calls: z.array(z.unknown()) })

/** The document of what was told. */
export const callsDocument = (all: readonly ToldCalls[]): object => ({ kind, told: all })

/** What a document tells; undefined where it is something else. What is damaged of it is left out. */
export function readCalls(value: Readonly<Record<string, unknown>>): readonly ToldCalls[] | undefined {
  if (value['kind'] !== kind) return undefined
  const all = Array.isArray(value['told']) ? (value['told'] as readonly unknown[]) : []
  return all.flatMap((one): ToldCalls[] => {
    const read = told.safeParse(one)
    if (!read.success) return []
    const calls = read.data.calls.flatMap((call) => {
      const { data } = dependency.safeParse(call)
      return data ? [{ ...data, errorCount: data.errorCount }] : []
    })
    return [{ ...read.data, calls }]
  })
}

/** Windows of one page differ by what the clock went on meanwhile. */
const sameWithinMs = 1_000

/** Who counted all calls knows more than who counted those of a few traces. */
const knowledge = ({ errorCount, seconds: quantiles, sampledOf }: Dependency): number =>
  (sampledOf === undefined ? 4 : 0) + (errorCount === undefined ? 0 : 1) + (quantiles === undefined ? 0 : 1)

/** The calls of a stretch of time; undefined where nobody was asked for just that. Of a pair, what the server told that knew most of it. */
export function callsWithin(
  all: readonly ToldCalls[],
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): readonly Dependency[] | undefined {
  const same = all.filter(
    (one) => Math.abs(one.startMs - startMs) <= sameWithinMs && Math.abs(one.endMs - endMs) <= sameWithinMs,
  )
  if (same.length === 0) return undefined
  const best = new Map<string, Dependency>()
  for (const call of same.flatMap(({ calls }) => calls)) {
    const pair = `${call.parent}\n${call.child}`
    const known = best.get(pair)
    if (known === undefined || knowledge(call) > knowledge(known)) best.set(pair, call)
  }
  return [...best.values()]
}

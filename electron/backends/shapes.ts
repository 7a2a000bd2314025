/** Shapes that several servers' answers have in common. */
import * as z from 'zod/mini'

/** Go writes an empty list as null. */
export const texts = z.pipe(
  z.nullish(z.array(z.string())),
  z.transform((list) => list ?? []),
)

/** A version, which must be there; builds from source leave it empty. */
export const version = z.pipe(
  z.string(),
  z.transform((text) => (text === '' ? undefined : text)),
)

/** Build info as Loki and Tempo send it, without an envelope. */
export const bareBuildInfo = z.object({ version, revision: z.string() })

/** A number, or its decimal digits: protobuf's JSON writes 64-bit numbers as text; absent means 0. */
export const count = z.pipe(
  z.nullish(z.union([z.number(), z.string()])),
  z.transform((value) => (Number.isFinite(Number(value)) ? Number(value ?? 0) : 0)),
)

/** Decimal nanoseconds, kept as text because a number would round them; absent means 0. */
export const nanoseconds = z.pipe(
  z.nullish(z.union([z.string().check(z.regex(/^\d+$/)), z.number()])),
  z.transform((value) => String(value ?? '0')),
)

/** Sorted as people expect, each once, without empty ones. */
export function namesOf(list: readonly string[]): readonly string[] {
  return [...new Set(list)].filter((name) => name !== '').sort((a, b) => a.localeCompare(b, 'en'))
}

/** `ProbeReport.seen` of a list: at most 1,000 names. */
export function seenOf<What extends 'services' | 'labels' | 'metrics'>(what: What, list: readonly string[]) {
  const names = namesOf(list)
  return { what, names: names.slice(0, 1000), total: names.length }
}

import * as z from 'zod/mini'
import type { DependencyAnswer } from '#shared/api/contract'
import { countOf } from '#shared/base/count-text'

const name = z.string().check(z.minLength(1))
/** Protobuf's JSON writes 64-bit numbers as text. */
const calls = z.pipe(
  z.union([z.number(), z.string().check(z.regex(/^\d+$/))]),
  z.pipe(z.transform(Number), z.number().check(z.nonnegative())),
)
const link = z.object({ parent: name, child: name, callCount: calls, errorCount: z.optional(calls) })

/** The calls between services in the lists that Jaeger and Zipkin send. One that cannot be read is left out, and counted in a note. */
export function readToldCalls(list: readonly unknown[]): DependencyAnswer {
  const read = list.flatMap((one) => {
    const { data } = link.safeParse(one)
    return data ? [{ ...data, errorCount: data.errorCount }] : []
  })
  const lost = list.length - read.length
  return {
    calls: read,
    notes:
      lost === 0
        ? []
        : [
            `${countOf(lost, 'call')} of ${list.length} cannot be read: a name is missing, or a count is none.`,
          ],
  }
}

/** Trace summaries of Jaeger's v3 API, from v2.19 on. */
import * as z from 'zod/mini'
import type { SearchAnswer } from '#shared/api/contract'
import { count, nanoseconds } from './shapes.ts'

/** `GET /api/v3/trace-summaries`; what is zero may be absent. */
export const summariesShape = z.object({
  summaries: z.nullish(
    z.array(
      z.object({
        traceId: z.optional(z.string()),
        // Some builds wrote it so.
        traceID: z.optional(z.string()),
        rootServiceName: z.optional(z.string()),
        rootOperationName: z.optional(z.string()),
        minStartTimeUnixNano: nanoseconds,
        maxEndTimeUnixNano: nanoseconds,
        spanCount: count,
        errorSpanCount: count,
        services: z.nullish(z.array(z.object({ name: z.string(), spanCount: count }))),
      }),
    ),
  ),
})

/** Summaries of an answer; `limit` is how many were asked for. */
export function readSummaries(answer: z.output<typeof summariesShape>, limit: number): SearchAnswer {
  const list = answer.summaries ?? []
  return {
    traces: list.flatMap((summary) => {
      const traceId = summary.traceId ?? summary.traceID
      if (traceId === undefined || !/^[0-9a-f]{1,32}$/i.test(traceId)) return []
      const { minStartTimeUnixNano, maxEndTimeUnixNano, errorSpanCount } = summary
      return {
        traceId: traceId.toLowerCase().padStart(32, '0'),
        rootService: summary.rootServiceName ?? '',
        rootName: summary.rootOperationName ?? '',
        startNs: minStartTimeUnixNano,
        durationNs: Math.max(0, Number(BigInt(maxEndTimeUnixNano) - BigInt(minStartTimeUnixNano))),
        spanCount: summary.spanCount,
        errorCount: errorSpanCount,
        failed: errorSpanCount > 0,
        services: (summary.services ?? []).toSorted((a, b) => b.spanCount - a.spanCount),
        matched: undefined,
      }
    }),
    limitReached: list.length >= limit,
    notes: [],
  }
}

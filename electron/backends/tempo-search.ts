/** What Tempo answers to a search, and the summaries it means. */
import * as z from 'zod/mini'
import type { SearchAnswer } from '#shared/api/contract'
import type { MatchedSpan, TraceSummary } from '#shared/trace/table'
import { count, nanoseconds } from './shapes.ts'

const spanSet = z.object({
  spans: z.nullish(
    z.array(z.object({ spanID: z.string(), name: z.nullish(z.string()), durationNanos: count })),
  ),
})

const traceShape = z.object({
  traceID: z.string(),
  rootServiceName: z.nullish(z.string()),
  rootTraceName: z.nullish(z.string()),
  startTimeUnixNano: nanoseconds,
  durationMs: count,
  spanSets: z.nullish(z.array(spanSet)),
  spanSet: z.nullish(spanSet),
  serviceStats: z.nullish(z.record(z.string(), z.object({ spanCount: count, errorCount: count }))),
})

/** `GET /api/search`; everything that is zero may be absent. */
export const tempoSearchShape = z.object({
  traces: z.nullish(z.array(traceShape)),
  metrics: z.nullish(z.object({ completedJobs: count, totalJobs: count })),
  status: z.nullish(z.string()),
  message: z.nullish(z.string()),
})

/** Tempo's words for a trace whose root has not arrived (yet). */
const noRootYet = '<root span not yet received>'

/** Summaries of an answer; `limit` is how many were asked for, and `wantsSpans` whether single spans were. */
export function readTempoSearch(
  answer: z.output<typeof tempoSearchShape>,
  limit: number,
  name: string,
  wantsSpans = false,
): SearchAnswer {
  const list = answer.traces ?? []
  const notes: string[] = []
  const { completedJobs = 0, totalJobs = 0 } = answer.metrics ?? {}
  if (list.length < limit && completedJobs < totalJobs) {
    notes.push(
      `${name} looked through ${completedJobs} of ${totalJobs} parts of this time range: there may be more.`,
    )
  }
  if (answer.status === 'PARTIAL' || (answer.message ?? '') !== '') {
    notes.push(`${name} sent a part of the answer${answer.message ? `: ${answer.message}` : ''}.`)
  }
  return {
    traces: list.flatMap((trace) => {
      const summary = readTrace(trace, wantsSpans)
      return summary === undefined ? [] : [summary]
    }),
    limitReached: list.length >= limit,
    notes,
  }
}

function readTrace(trace: z.output<typeof traceShape>, wantsSpans: boolean): TraceSummary | undefined {
  // Leading zeros are stripped by most versions: https://github.com/grafana/tempo/issues/5517
  if (!/^[0-9a-f]{1,32}$/i.test(trace.traceID)) return undefined
  const stats = trace.serviceStats ? Object.entries(trace.serviceStats) : undefined
  const rootService = trace.rootServiceName ?? ''
  const errorCount = stats?.reduce((sum, [, service]) => sum + service.errorCount, 0)
  const spans = matchedSpans(trace)
  return {
    traceId: trace.traceID.toLowerCase().padStart(32, '0'),
    rootService: rootService === noRootYet ? '' : rootService,
    rootName: trace.rootTraceName ?? '',
    startNs: trace.startTimeUnixNano,
    durationNs: trace.durationMs * 1e6,
    spanCount: stats?.reduce((sum, [, service]) => sum + service.spanCount, 0),
    errorCount,
    failed: errorCount === undefined ? undefined : errorCount > 0,
    services: (stats ?? [])
      .map(([service, { spanCount }]) => ({ name: service, spanCount }))
      .sort((a, b) => b.spanCount - a.spanCount),
    matched: spans.at(0),
    ...(wantsSpans ? { spans } : {}),
  }
}

/** The longest first. */
function matchedSpans(trace: z.output<typeof traceShape>): readonly MatchedSpan[] {
  const sets = trace.spanSets ?? (trace.spanSet ? [trace.spanSet] : [])
  return sets
    .flatMap((set) => set.spans ?? [])
    .map(({ spanID, name, durationNanos }) => ({
      spanId: spanID.toLowerCase().padStart(16, '0'),
      name: name ?? '',
      durationNs: durationNanos,
    }))
    .sort((one, other) => other.durationNs - one.durationNs)
}

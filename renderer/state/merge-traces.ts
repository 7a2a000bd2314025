/** The same trace answered by several sources is one trace. */
import type { TraceSummary } from '#shared/trace/table'

export interface SourceName {
  readonly id: string
  readonly name: string
}

/** A trace of the list, and who holds it. */
export interface FoundTrace {
  readonly summary: TraceSummary
  /** In the order the sources were asked; never empty. */
  readonly sources: readonly SourceName[]
}

const largest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b)

/** What a server writes where it has not seen the root (Tempo says so in words). */
const isUnknownRoot = (summary: TraceSummary): boolean =>
  summary.rootName === '' || summary.rootName.startsWith('<')

/** What two sources together say: the fuller one's words, the larger counts; a source may hold only half of a trace. */
export function mergeSummaries(a: TraceSummary, b: TraceSummary): TraceSummary {
  const fuller = (b.spanCount ?? 0) > (a.spanCount ?? 0) ? b : a
  const other = fuller === a ? b : a
  const root = isUnknownRoot(fuller) && !isUnknownRoot(other) ? other : fuller
  const aEnd = BigInt(a.startNs) + BigInt(Math.round(a.durationNs))
  const bEnd = BigInt(b.startNs) + BigInt(Math.round(b.durationNs))
  const start = BigInt(a.startNs) < BigInt(b.startNs) ? BigInt(a.startNs) : BigInt(b.startNs)
  return {
    traceId: a.traceId,
    rootService: root.rootService,
    rootName: root.rootName,
    startNs: String(start),
    durationNs: Number((aEnd > bEnd ? aEnd : bEnd) - start),
    spanCount: largest(a.spanCount, b.spanCount),
    errorCount: largest(a.errorCount, b.errorCount),
    failed:
      a.failed === undefined && b.failed === undefined ? undefined : a.failed === true || b.failed === true,
    services: fuller.services.length >= other.services.length ? fuller.services : other.services,
    matched: fuller.matched ?? other.matched,
  }
}

/** One entry per trace id, in order of first appearance. Cost: proportional to all summaries. */
export function mergeTraces(
  answers: readonly { readonly source: SourceName; readonly traces: readonly TraceSummary[] }[],
): readonly FoundTrace[] {
  const found = new Map<string, { summary: TraceSummary; sources: SourceName[] }>()
  for (const { source, traces } of answers)
    for (const summary of traces) {
      const known = found.get(summary.traceId)
      if (!known) found.set(summary.traceId, { summary, sources: [source] })
      else {
        known.summary = mergeSummaries(known.summary, summary)
        if (!known.sources.some((one) => one.id === source.id)) known.sources.push(source)
      }
    }
  return [...found.values()]
}

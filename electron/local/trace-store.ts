import type { Dependency, SearchAnswer, TraceQuery } from '#shared/api/contract'
import { traceIdText, spanIdText } from '#shared/simulate/otlp/json-text'
import { tracesDocument } from '#shared/simulate/otlp/traces'
import type { RecordedTrace, Span } from '#shared/simulate/parts/record'
import type { Run } from '#shared/simulate/run'
import type { TraceSummary } from '#shared/trace/table'
import type { TagScope, TagValue, TimeWindow } from '../backends/backend.ts'
import { attributesOf, durationOf, hasFailed, spanMatcher } from './span-matcher.ts'

/** The traces of a run, to be asked as a server is. Everything in it is made when asked for; a search looks at every span. */
export interface TraceStore {
  services(): readonly string[]
  /** Of a service, or with an empty name of all. */
  operations(service: string): readonly string[]
  tags(): readonly TagScope[]
  /** At most 1,000. */
  tagValues(tag: string): readonly TagValue[]
  /** Traces that began within the window, newest first. */
  search(query: TraceQuery): SearchAnswer
  /** OTLP JSON; undefined when there is no such trace. */
  trace(traceId: string): Uint8Array<ArrayBuffer> | undefined
  dependencies(window: TimeWindow): readonly Dependency[]
}

const mostValues = 1000

/** A trace and when it was, in nanoseconds from the run's beginning, as the clocks of its instances showed it. */
interface TimedTrace {
  readonly trace: RecordedTrace
  readonly startNs: number
  readonly endNs: number
}

export function createTraceStore(run: Run): TraceStore {
  const timed = run.traces.map(withTimes).sort((one, other) => other.startNs - one.startNs)
  const byId = new Map(run.traces.map((trace) => [traceIdText(trace), trace]))
  const encoder = new TextEncoder()

  /** Those that began within a window of milliseconds since 1970, newest first. */
  function within({ startMs, endMs }: TimeWindow): readonly TimedTrace[] {
    const [fromNs, toNs] = [fromEpoch(startMs), fromEpoch(endMs)]
    return timed.filter(({ startNs }) => startNs >= fromNs && startNs <= toNs)
  }

  function fromEpoch(ms: number): number {
    return Number(BigInt(Math.round(ms * 1000)) * 1000n - run.epochNs)
  }

  const allSpans = (): Iterable<Span> => spansOf(run.traces)

  return {
    services: () => sortedNames(run.instances.map(({ service }) => service.name)),
    operations(service) {
      const names = new Set<string>()
      for (const { instance, name } of allSpans())
        if (service === '' || instance.service.name === service) names.add(name)
      return sortedNames(names)
    },
    tags() {
      const ofSpans = new Set<string>()
      const ofResources = new Set<string>()
      for (const span of allSpans()) {
        const [own, common, resource] = attributesOf(span)
        for (const key in own) ofSpans.add(key)
        for (const key in common) ofSpans.add(key)
        for (const key in resource) ofResources.add(key)
      }
      return [
        { scope: 'span', tags: sortedNames(ofSpans) },
        { scope: 'resource', tags: sortedNames(ofResources) },
      ]
    },
    tagValues(tag) {
      const values = new Map<string, TagValue>()
      for (const span of allSpans()) {
        if (values.size >= mostValues) break
        for (const attributes of attributesOf(span))
          if (tag in attributes) {
            const value = attributes[tag]
            values.set(String(value), { type: typeof value, value: String(value) })
          }
      }
      return [...values.values()].toSorted((one, other) => (one.value < other.value ? -1 : 1))
    },
    search(query) {
      const matches = spanMatcher(query)
      const traces: TraceSummary[] = []
      let limitReached = false
      for (const one of within(query)) {
        const matched = matches && longest(one.trace.spans.filter(matches))
        if (matches && matched === undefined) continue
        limitReached = traces.length >= query.limit
        if (limitReached) break
        traces.push(summaryOf(one, matched, run.epochNs))
      }
      return { traces, limitReached, notes: [] }
    },
    trace(traceId) {
      const trace = byId.get(traceId)
      return trace && encoder.encode(tracesDocument(run, trace.spans))
    },
    dependencies: (window) => callsBetween(spansOf(within(window).map(({ trace }) => trace))),
  }
}

function withTimes(trace: RecordedTrace): TimedTrace {
  let startNs = Infinity
  let endNs = -Infinity
  for (const { instance, startNs: start, endNs: end } of trace.spans) {
    startNs = Math.min(startNs, instance.clock(start))
    endNs = Math.max(endNs, instance.clock(end))
  }
  return { trace, startNs, endNs }
}

function* spansOf(traces: Iterable<RecordedTrace>): Generator<Span> {
  for (const { spans } of traces) yield* spans
}

function sortedNames(names: Iterable<string>): string[] {
  return [...new Set(names)].sort()
}

function longest(spans: readonly Span[]): Span | undefined {
  let found: Span | undefined
  for (const span of spans) if (!found || durationOf(span) > durationOf(found)) found = span
  return found
}

function summaryOf(
  { trace, startNs, endNs }: TimedTrace,
  matched: Span | undefined,
  epochNs: bigint,
): TraceSummary {
  const [root] = trace.spans
  const counts = new Map<string, number>()
  for (const { instance } of trace.spans)
    counts.set(instance.service.name, (counts.get(instance.service.name) ?? 0) + 1)
  return {
    traceId: traceIdText(trace),
    rootService: root.instance.service.name,
    rootName: root.name,
    startNs: String(epochNs + BigInt(startNs)),
    durationNs: endNs - startNs,
    spanCount: trace.spans.length,
    errorCount: trace.spans.filter(hasFailed).length,
    failed: undefined,
    services: [...counts]
      .map(([name, spanCount]) => ({ name, spanCount }))
      .sort((one, other) => other.spanCount - one.spanCount),
    matched: matched && {
      spanId: spanIdText(matched),
      name: matched.name,
      durationNs: durationOf(matched),
    },
  }
}

/** Who called whom, over the wire or by a message: a span in another service than the one that led to it. */
function callsBetween(spans: Iterable<Span>): readonly Dependency[] {
  const calls = new Map<string, { parent: string; child: string; callCount: number; errorCount: number }>()
  for (const span of spans) {
    const child = span.instance.service.name
    for (const cause of span.parent ? [span.parent] : span.links) {
      const parent = cause.instance.service.name
      if (parent === child) continue
      const key = `${parent}\n${child}`
      const call = calls.get(key) ?? { parent, child, callCount: 0, errorCount: 0 }
      call.callCount++
      if (hasFailed(span)) call.errorCount++
      calls.set(key, call)
    }
  }
  return [...calls.values()]
}

import type { MetricAnswer } from '#shared/api/metrics'
import { type Dependency, mostSpansEach, type SearchAnswer, type TraceQuery } from '#shared/api/contract'
import { traceqlOf } from '#shared/api/traceql'
import { CallCounter, callOfService, sentTo, takenFrom, type Call } from '#shared/map/call-counter'
import { dependenciesOf } from '#shared/map/dependencies-of'
import { destinationKey } from '#shared/map/trace-calls'
import type { BreathOptions } from '#shared/query/breath'
import { compileField } from '#shared/query/traceql/look-up'
import { parseTraceql, readField } from '#shared/query/traceql/parse'
import { searchTraces } from '#shared/query/traceql/search'
import { TraceAtHand } from '#shared/query/traceql/trace-at-hand'
import type { TraceSpans } from '#shared/query/traceql/traces'
import { valueText } from '#shared/query/traceql/value'
import { traceIdText, spanIdText } from '#shared/simulate/otlp/json-text'
import { tracesDocument } from '#shared/simulate/otlp/traces'
import type { RecordedTrace, Span } from '#shared/simulate/parts/record'
import type { Run } from '#shared/simulate/run'
import type { MatchedSpan, TraceSummary } from '#shared/trace/table'
import type { TagScope, TagValue, TimeWindow } from '../backends/backend.ts'
import { durationOf, hasFailed, RecordedSpans, resourceOf } from './recorded-spans.ts'
import { seriesOfTraces } from './trace-series.ts'

/** The traces of a run, to be asked as a server is. Everything in it is made when asked for; a search looks at every span. */
export interface TraceStore {
  services(): readonly string[]
  /** Of a service, or with an empty name of all. */
  operations(service: string): readonly string[]
  tags(): readonly TagScope[]
  /** At most 1,000; `tag` is a field of TraceQL, or the name of an attribute of any scope. */
  tagValues(tag: string): readonly TagValue[]
  /** Traces that began within the window, newest first. Throws TraceqlError for a query that is none, and the signal's reason when given up. */
  search(query: TraceQuery, options?: BreathOptions): Promise<SearchAnswer>
  /** What a query that ends in `rate()` or its like counts. Throws as `search` does. */
  metric(query: string, window: TimeWindow, stepMs: number, options?: BreathOptions): Promise<MetricAnswer>
  /** OTLP JSON; undefined when there is no such trace. */
  trace(traceId: string): Uint8Array<ArrayBuffer> | undefined
  dependencies(window: TimeWindow): readonly Dependency[]
}

const mostValues = 1000

/** What a form means that asks for nothing. */
export const everything = '{}'

export function createTraceStore(run: Run): TraceStore {
  const traces = run.traces
    .map((trace) => new RecordedSpans(trace))
    .sort((one, other) => other.beganNs - one.beganNs)
  const byId = new Map(run.traces.map((trace) => [traceIdText(trace), trace]))
  const encoder = new TextEncoder()

  /** Those that began within a window of milliseconds since 1970, newest first. */
  function within({ startMs, endMs }: TimeWindow): readonly RecordedSpans[] {
    const [fromNs, toNs] = [fromEpoch(startMs), fromEpoch(endMs)]
    return traces.filter(({ beganNs }) => beganNs >= fromNs && beganNs <= toNs)
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
      const [ofSpans, ofResources, ofEvents] = [new Set<string>(), new Set<string>(), new Set<string>()]
      for (const { own, common, instance, events } of allSpans()) {
        for (const key in own) ofSpans.add(key)
        for (const key in common) ofSpans.add(key)
        for (const key in resourceOf(instance)) ofResources.add(key)
        for (const { attributes } of events) for (const key in attributes) ofEvents.add(key)
      }
      return [
        { scope: 'span', tags: sortedNames(ofSpans) },
        { scope: 'resource', tags: sortedNames(ofResources) },
        { scope: 'event', tags: sortedNames(ofEvents) },
      ]
    },
    tagValues: (tag) => valuesOfField(tag, traces),
    async search(query, options) {
      const asked = traceqlOf(query)
      const found: TraceSummary[] = []
      let limitReached = false
      for await (const { trace, spansets } of searchTraces(parseTraceql(asked), within(query), options)) {
        limitReached = found.length >= query.limit
        if (limitReached) break
        const spans = spansets.flatMap((spanset) => spanset.spans.map((span) => trace.recorded.spans[span]))
        const summary = summaryOf(trace, asked === everything ? undefined : longest(spans), run.epochNs)
        found.push(
          query.spanKind === undefined
            ? summary
            : { ...summary, spans: spans.slice(0, mostSpansEach).map(matchedSpan) },
        )
      }
      return { traces: found, limitReached, notes: [] }
    },
    metric: (query, window, stepMs, options) =>
      seriesOfTraces(query, { traces, epochNs: run.epochNs }, window, stepMs, options),
    trace(traceId) {
      const trace = byId.get(traceId)
      return trace && encoder.encode(tracesDocument(run, trace.spans))
    },
    dependencies: (window) => callsBetween(spansOf(within(window).map(({ recorded }) => recorded))),
  }
}

/** At most 1,000 values of a field of TraceQL, or of an attribute of any scope. */
export function valuesOfField(tag: string, traces: readonly TraceSpans[]): readonly TagValue[] {
  const valueOf = compileField(readField(tag) ?? { intrinsic: undefined, scope: 'any', name: tag })
  const values = new Map<string, TagValue>()
  for (const trace of traces) {
    const atHand = new TraceAtHand(trace)
    for (let span = 0; span < trace.length && values.size < mostValues; span++) {
      const value = valueOf(atHand, span)
      if (value === undefined) continue
      const text = valueText(value)
      values.set(text, { type: value.type, value: text })
    }
  }
  return [...values.values()].toSorted((one, other) => (one.value < other.value ? -1 : 1))
}

function* spansOf(traces: Iterable<RecordedTrace>): Generator<Span> {
  for (const { spans } of traces) yield* spans
}

/** Each once. */
export function sortedNames(names: Iterable<string>): string[] {
  return [...new Set(names)].sort()
}

function longest(spans: readonly Span[]): Span | undefined {
  let found: Span | undefined
  for (const span of spans) if (!found || durationOf(span) > durationOf(found)) found = span
  return found
}

function summaryOf(
  { recorded, beganNs, endedNs }: RecordedSpans,
  matched: Span | undefined,
  epochNs: bigint,
): TraceSummary {
  const { spans } = recorded
  const [root] = spans
  const counts = new Map<string, number>()
  for (const { instance } of spans)
    counts.set(instance.service.name, (counts.get(instance.service.name) ?? 0) + 1)
  return {
    traceId: traceIdText(recorded),
    rootService: root.instance.service.name,
    rootName: root.name,
    startNs: String(epochNs + BigInt(beganNs)),
    durationNs: endedNs - beganNs,
    spanCount: spans.length,
    errorCount: spans.filter(hasFailed).length,
    failed: undefined,
    services: [...counts]
      .map(([name, spanCount]) => ({ name, spanCount }))
      .sort((one, other) => other.spanCount - one.spanCount),
    matched: matched && matchedSpan(matched),
  }
}

const matchedSpan = (span: Span): MatchedSpan => ({
  spanId: spanIdText(span),
  name: span.name,
  durationNs: durationOf(span),
})

/** Who called whom: a span in another service than the one that led to it; a message to or from a queue; a statement in a database. */
function callsBetween(spans: Iterable<Span>): readonly Dependency[] {
  const counter = new CallCounter()
  for (const span of spans) {
    const service = span.instance.service.name
    const count = (call: Call) => counter.add(call, durationOf(span), hasFailed(span))
    const queue = span.common[destinationKey]
    if (queue !== undefined && span.kind === 'producer') count(sentTo(String(queue), service))
    if (queue !== undefined && span.kind === 'consumer') count(takenFrom(String(queue), service))
    else
      for (const cause of span.parent ? [span.parent] : span.links)
        if (cause.instance.service.name !== service)
          count(callOfService(cause.instance.service.name, service))
    const database = span.kind === 'client' ? databaseOf(span) : undefined
    if (database !== undefined) count({ ...callOfService(service, database), childKind: 'database' })
  }
  return dependenciesOf(counter.calls())
}

function databaseOf({ common }: Span): string | undefined {
  const name = common['db.namespace'] ?? common['db.system.name']
  return name === undefined ? undefined : String(name)
}

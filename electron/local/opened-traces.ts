/** The traces of opened files, to be asked as a server is. */
import { type Dependency, mostSpansEach } from '#shared/api/contract'
import { CallCounter, callOfService, sentTo, takenFrom, type Call } from '#shared/map/call-counter'
import { dependenciesOf } from '#shared/map/dependencies-of'
import { destinationKey } from '#shared/map/trace-calls'
import { traceqlOf } from '#shared/api/traceql'
import { callsWithin, type ToldCalls } from '#shared/investigation/calls-document'
import { otlpOfTrace } from '#shared/import/write-otlp'
import { parseTraceql } from '#shared/query/traceql/parse'
import { searchTraces } from '#shared/query/traceql/search'
import type { MatchedSpan, TraceSummary } from '#shared/trace/table'
import type { TimeWindow } from '../backends/backend.ts'
import type { OpenedSpans, OpenedTrace } from './opened-spans.ts'
import { seriesOfTraces } from './trace-series.ts'
import { everything, sortedNames, type TraceStore, valuesOfField } from './trace-store.ts'

/** Sums up every trace at once; the rest is made when asked for. */
export function createOpenedTraces(all: OpenedSpans, told: readonly ToldCalls[] = []): TraceStore {
  const { source, attributes, epochSeconds } = all
  const traces = all.traces()
  const encoder = new TextEncoder()

  /** Those that began within a window of milliseconds since 1970, newest first. */
  function within({ startMs, endMs }: TimeWindow): readonly OpenedTrace[] {
    const [fromNs, toNs] = [fromEpoch(startMs), fromEpoch(endMs)]
    return traces.filter(({ beganNs }) => beganNs >= fromNs && beganNs <= toNs)
  }

  function fromEpoch(ms: number): number {
    return (ms - epochSeconds * 1000) * 1e6
  }

  return {
    services: () => sortedNames(source.arrived.services.texts),
    operations(service) {
      if (service === '') return sortedNames(source.arrived.names.texts)
      const { spans, scopes, names, services } = source.arrived
      const found = new Set<number>()
      for (let row = 0; row < spans.length; row++)
        if (services.texts[scopes[spans.scope[row]].service] === service) found.add(spans.name[row])
      return sortedNames([...found].map((name) => names.texts[name]))
    },
    tags: () => [
      { scope: 'span', tags: sortedNames(attributes.keys) },
      { scope: 'resource', tags: sortedNames(all.resourceKeys()) },
      { scope: 'event', tags: sortedNames(attributes.eventKeys) },
    ],
    tagValues: (tag) => valuesOfField(tag, traces),
    async search(query, options) {
      const asked = traceqlOf(query)
      const found: TraceSummary[] = []
      let limitReached = false
      for await (const { trace, spansets } of searchTraces(parseTraceql(asked), within(query), options)) {
        limitReached = found.length >= query.limit
        if (limitReached) break
        const spans = spansets.flatMap((spanset) => spanset.spans)
        found.push({
          ...trace.summary,
          matched: asked === everything ? undefined : longest(trace, spans),
          ...(query.spanKind === undefined
            ? {}
            : { spans: spans.slice(0, mostSpansEach).map((span) => matchedSpan(trace, span)) }),
        })
      }
      return { traces: found, limitReached, notes: [] }
    },
    metric: (query, window, stepMs, options) =>
      seriesOfTraces(
        query,
        { traces, epochNs: BigInt(epochSeconds) * 1_000_000_000n },
        window,
        stepMs,
        options,
      ),
    trace(traceId) {
      const trace = source.build(traceId, { adjustSkew: false })
      return trace && encoder.encode(otlpOfTrace(source.store, trace))
    },
    // What servers counted says more than the traces that were saved.
    dependencies: (window) => callsWithin(told, window) ?? callsBetween(within(window)),
  }
}

function longest(trace: OpenedTrace, spans: readonly number[]): TraceSummary['matched'] {
  let found = -1
  for (const span of spans) if (found < 0 || trace.durationNs(span) > trace.durationNs(found)) found = span
  return found < 0 ? undefined : matchedSpan(trace, found)
}

const matchedSpan = (trace: OpenedTrace, span: number): MatchedSpan => ({
  spanId: trace.spanId(span),
  name: trace.name(span),
  durationNs: trace.durationNs(span),
})

/** Who called whom: a span in another service than its parent; a message to or from a queue. */
function callsBetween(traces: readonly OpenedTrace[]): readonly Dependency[] {
  const counter = new CallCounter()
  for (const trace of traces)
    for (const [span, of] of trace.parents().entries()) {
      const count = (call: Call) => counter.add(call, trace.durationNs(span), trace.status(span) === 'error')
      const [kind, service] = [trace.kind(span), trace.service(span)]
      const caller = of < 0 ? undefined : trace.service(of)
      // Taking a message may be several spans, one within the other.
      if (kind === 'consumer' && caller === service && trace.kind(of) === kind) continue
      const named =
        kind === 'producer' || kind === 'consumer' ? trace.attribute(span, destinationKey) : undefined
      const queue = typeof named === 'string' ? named : undefined
      if (queue !== undefined) count(kind === 'producer' ? sentTo(queue, service) : takenFrom(queue, service))
      if (caller !== undefined && caller !== service && (kind !== 'consumer' || queue === undefined))
        count(callOfService(caller, service))
    }
  return dependenciesOf(counter.calls())
}

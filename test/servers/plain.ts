/** Imported traces, and fed ones, as plain values that can be compared: everything a span says, by its id. */
import type { TraceImport } from '#shared/import/index'
import type { Attribute, AttributeValue } from '#shared/trace/detail'
import { SpanFlag, SpanKind, type Trace } from '#shared/trace/table'

import { instrumentation, resourceOf } from './story/otlp.ts'
import type { Attributes, FedTrace } from './story/span.ts'

export interface PlainSpan {
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly service: string
  readonly name: string
  readonly kind: string
  readonly startNs: bigint
  readonly durationNs: number
  readonly error: boolean
  readonly statusMessage: string | undefined
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly events: readonly {
    name: string
    timeNs: bigint
    attributes: Readonly<Record<string, AttributeValue>>
  }[]
  readonly links: readonly {
    traceId: string
    spanId: string
    attributes: Readonly<Record<string, AttributeValue>>
  }[]
  readonly resource: Readonly<Record<string, AttributeValue>>
  readonly scope: string
}

const kindNames = Object.entries(SpanKind)

/** What was imported, in order of id, then kind (Zipkin's shared ids); events in order of time (Jaeger sorts them by name). */
export function importedSpans(traces: TraceImport, trace: Trace): PlainSpan[] {
  const { spans } = trace
  return Array.from({ length: spans.length }, (_, row) => {
    const detail = traces.detail(trace, row)
    const parent = spans.parent[row]
    return {
      spanId: detail.spanId,
      parentSpanId: parent === -1 ? undefined : traces.detail(trace, parent).spanId,
      service: trace.services[spans.service[row]],
      name: trace.names[spans.name[row]],
      kind: kindNames.find(([, number]) => number === spans.kind[row])?.[0] ?? '?',
      startNs: trace.epochNs + BigInt(spans.start[row]),
      durationNs: spans.duration[row],
      error: (spans.flags[row] & SpanFlag.error) !== 0,
      statusMessage: detail.statusMessage,
      attributes: record(detail.attributes),
      events: detail.events
        .map(({ name, timeNs, attributes }) => ({ name, timeNs, attributes: record(attributes) }))
        .toSorted((one, other) => Number(one.timeNs - other.timeNs)),
      links: detail.links.map(({ traceId, spanId, attributes }) => ({
        traceId,
        spanId,
        attributes: record(attributes),
      })),
      resource: record(detail.resource),
      scope: detail.scope === undefined ? '' : `${detail.scope.name} ${detail.scope.version}`,
    }
  }).toSorted(byIdAndKind)
}

/** What was fed, in the same order. */
export function fedSpans(trace: FedTrace): PlainSpan[] {
  return trace.spans
    .map((span) => ({
      spanId: span.spanId,
      parentSpanId: span.parentSpanId,
      service: span.service,
      name: span.name,
      kind: span.kind,
      startNs: span.startNs,
      durationNs: Number(span.endNs - span.startNs),
      error: span.error !== undefined,
      statusMessage: span.error,
      attributes: plainAttributes(span.attributes),
      events: span.events.map(({ name, timeNs, attributes }) => ({
        name,
        timeNs,
        attributes: plainAttributes(attributes),
      })),
      links: span.links.map(({ traceId, spanId, attributes }) => ({
        traceId,
        spanId,
        attributes: plainAttributes(attributes),
      })),
      resource: plainAttributes(resourceOf(span.service)),
      scope: `${instrumentation.name} ${instrumentation.version}`,
    }))
    .toSorted(byIdAndKind)
}

export function byIdAndKind(one: PlainSpan, other: PlainSpan): number {
  return one.spanId.localeCompare(other.spanId) || one.kind.localeCompare(other.kind)
}

function record(attributes: readonly Attribute[]): Record<string, AttributeValue> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value]))
}

function plainAttributes(attributes: Attributes): Record<string, AttributeValue> {
  return { ...attributes }
}

import type { Run } from '../run.ts'
import type { Span, SpanEvent, SpanKind } from '../parts/record.ts'
import {
  attributesText,
  Clock,
  commonAttributesText,
  joined,
  quoted,
  resourceText,
  spanIdText,
  traceIdText,
} from './json-text.ts'

/** Who made the spans, as OTLP says it. */
export const scopeName = 'shop'

const kinds: Readonly<Record<SpanKind, number>> = {
  internal: 1,
  server: 2,
  client: 3,
  producer: 4,
  consumer: 5,
}

// Sampled, and whether the parent is known to be in the same process or known to be in another.
const localParent = 0x101
const remoteParent = 0x301

/** Spans as an ExportTraceServiceRequest, which is also a TracesData: one resource for each instance. */
export function tracesDocument({ epochNs }: Run, spans: readonly Span[]): string {
  const clock = new Clock(epochNs)
  const resources = [...Map.groupBy(spans, ({ instance }) => instance)].map(
    ([instance, own]) =>
      `{"resource":${resourceText(instance)},"scopeSpans":[{"scope":{"name":"${scopeName}","version":${quoted(instance.version)}},` +
      `"spans":[${own.map((span) => spanText(span, clock)).join()}]}]}`,
  )
  return `{"resourceSpans":[${resources.join()}]}`
}

function spanText(span: Span, clock: Clock): string {
  const { instance, parent, events, links, error } = span
  const attributes = joined(commonAttributesText(span.common), attributesText(span.own))
  return (
    `{"traceId":"${traceIdText(span.trace)}","spanId":"${spanIdText(span)}",` +
    (parent === undefined ? '' : `"parentSpanId":"${spanIdText(parent)}",`) +
    `"flags":${parent !== undefined && parent.instance !== instance ? remoteParent : localParent},"name":${quoted(span.name)},"kind":${kinds[span.kind]},` +
    `"startTimeUnixNano":"${clock.text(span.startNs, instance)}","endTimeUnixNano":"${clock.text(span.endNs, instance)}",` +
    `"attributes":[${attributes}]` +
    (events.length === 0
      ? ''
      : `,"events":[${events.map((event) => eventText(event, span, clock)).join()}]`) +
    (links.length === 0 ? '' : `,"links":[${links.map(linkText).join()}]`) +
    (error === undefined ? ',"status":{}}' : `,"status":{"code":2,"message":${quoted(error)}}}`)
  )
}

function eventText({ name, atNs, attributes }: SpanEvent, { instance }: Span, clock: Clock): string {
  return `{"timeUnixNano":"${clock.text(atNs, instance)}","name":${quoted(name)},"attributes":[${attributesText(attributes)}]}`
}

function linkText(span: Span): string {
  return `{"traceId":"${traceIdText(span.trace)}","spanId":"${spanIdText(span)}"}`
}

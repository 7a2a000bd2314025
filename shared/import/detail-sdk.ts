/** A span that an SDK printed on a console, in full. */
import type { Attribute, SpanEvent, SpanLink } from '#shared/trace/detail'
import {
  asCount,
  asList,
  asObject,
  asText,
  isList,
  toAttributeValue,
  toId,
  toNanoseconds,
  valueText,
} from './detail-values.ts'
import type { DocumentDetail } from './detail.ts'
import type { JsonObject, JsonValue } from './json-value.ts'

/** Decodes a span of Go's or Python's. */
export function sdkDetail(span: JsonObject, resource: JsonValue, scope: JsonValue): DocumentDetail {
  const context = asObject(span.SpanContext ?? span.context)
  const status = asObject(span.Status ?? span.status)
  const state = asText(context.TraceState ?? context.trace_state)
  const scopeObject = asObject(scope)
  return {
    parentSpanId: toId(asObject(span.Parent).SpanID ?? span.parent_id, 16),
    // Python prints an empty one as the list it is.
    traceState: state === '[]' ? undefined : state,
    statusMessage: asText(status.Description ?? status.description),
    attributes: attributesOf(span.Attributes ?? span.attributes),
    events: asList(span.Events ?? span.events)
      .map(asObject)
      .map(eventOf),
    links: asList(span.Links ?? span.links)
      .map(asObject)
      .map(linkOf),
    resource: resourceOf(resource),
    scope:
      scope === undefined
        ? undefined
        : {
            name: asText(scopeObject.Name) ?? '',
            version: asText(scopeObject.Version) ?? '',
            attributes: attributesOf(scopeObject.Attributes),
          },
    warnings: [],
    dropped: {
      attributes: asCount(span.DroppedAttributes),
      events: asCount(span.DroppedEvents),
      links: asCount(span.DroppedLinks),
    },
  }
}

/** The service that a resource names. */
export function sdkServiceName(resource: JsonValue): string | undefined {
  const name = resourceOf(resource).find(({ key }) => key === 'service.name')?.value
  return name === undefined || name === '' ? undefined : valueText(name)
}

/** Python's resource had no `attributes` around it until version 1.12. */
function resourceOf(resource: JsonValue): Attribute[] {
  return attributesOf(asObject(resource).attributes ?? resource)
}

function eventOf(event: JsonObject): SpanEvent {
  return {
    name: asText(event.Name ?? event.name) ?? '',
    timeNs: toNanoseconds(event.Time ?? event.timestamp, 9),
    attributes: attributesOf(event.Attributes ?? event.attributes),
  }
}

function linkOf(link: JsonObject): SpanLink {
  const context = asObject(link.SpanContext ?? link.context)
  return {
    traceId: toId(context.TraceID ?? context.trace_id, 32) ?? '0'.repeat(32),
    spanId: toId(context.SpanID ?? context.span_id, 16) ?? '0'.repeat(16),
    attributes: attributesOf(link.Attributes ?? link.attributes),
  }
}

function attributesOf(attributes: JsonValue): Attribute[] {
  if (!isList(attributes))
    return Object.entries(asObject(attributes)).map(([key, value]) => ({
      key,
      value: toAttributeValue(value),
    }))
  return attributes.map(asObject).map(({ Key, Value }) => ({
    key: asText(Key) ?? '',
    value: toAttributeValue(asObject(Value).Value),
  }))
}

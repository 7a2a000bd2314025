/** A span of OTLP JSON (or of protobuf, turned into it) in full. */
import type { Attribute, AttributeValue, SpanEvent, SpanLink } from '#shared/trace/detail'
import {
  asCount,
  asList,
  asObject,
  asText,
  toAttributeValue,
  toBytes,
  toId,
  toInteger,
  toNanoseconds,
  valueText,
} from './detail-values.ts'
import type { DocumentDetail } from './detail.ts'
import type { JsonObject, JsonValue } from './json-value.ts'

/** Where Jaeger's v3 API puts the warnings that its v1 API has a field for. */
const JAEGER_WARNINGS = '@jaeger@warnings'

/** Decodes a span, its resource and its instrumentation scope. */
export function otlpDetail(span: JsonObject, resource: JsonValue, scope: JsonValue): DocumentDetail {
  const scopeObject = asObject(scope)
  const status = asObject(span.status)
  const attributes = attributesOf(span.attributes)
  const warnings = attributes.find(({ key }) => key === JAEGER_WARNINGS)?.value
  return {
    parentSpanId: toId(pick(span, 'parentSpanId', 'parent_span_id'), 16),
    traceState: asText(pick(span, 'traceState', 'trace_state')),
    statusMessage: asText(status.message),
    attributes: attributes.filter(({ key }) => key !== JAEGER_WARNINGS),
    events: asList(span.events).map(asObject).map(eventOf),
    links: asList(span.links).map(asObject).map(linkOf),
    resource: attributesOf(asObject(resource).attributes),
    scope:
      scope === undefined
        ? undefined
        : {
            name: asText(scopeObject.name) ?? '',
            version: asText(scopeObject.version) ?? '',
            attributes: attributesOf(scopeObject.attributes),
          },
    warnings: Array.isArray(warnings)
      ? warnings.map(valueText)
      : warnings === undefined
        ? []
        : [valueText(warnings)],
    dropped: {
      attributes: asCount(pick(span, 'droppedAttributesCount', 'dropped_attributes_count')),
      events: asCount(pick(span, 'droppedEventsCount', 'dropped_events_count')),
      links: asCount(pick(span, 'droppedLinksCount', 'dropped_links_count')),
    },
  }
}

function pick(object: JsonObject, camel: string, snake: string): JsonValue {
  return object[camel] ?? object[snake]
}

function eventOf(event: JsonObject): SpanEvent {
  return {
    name: asText(event.name) ?? '',
    timeNs: toNanoseconds(pick(event, 'timeUnixNano', 'time_unix_nano'), 9),
    attributes: attributesOf(event.attributes),
  }
}

function linkOf(link: JsonObject): SpanLink {
  return {
    traceId: toId(pick(link, 'traceId', 'trace_id'), 32) ?? '0'.repeat(32),
    spanId: toId(pick(link, 'spanId', 'span_id'), 16) ?? '0'.repeat(16),
    attributes: attributesOf(link.attributes),
  }
}

function attributesOf(list: JsonValue): Attribute[] {
  return asList(list).map((entry) => {
    const { key, value } = asObject(entry)
    return { key: asText(key) ?? '', value: anyValue(value) }
  })
}

/** An AnyValue; a plain JSON value where some exporter left the wrapping out. */
function anyValue(value: JsonValue): AttributeValue {
  const wrapped = asObject(value)
  const [kind, inner] = Object.entries(wrapped)[0] ?? ['', value]
  switch (kind) {
    case 'intValue':
    case 'int_value':
      return toInteger(inner)
    case 'doubleValue':
    case 'double_value':
      return typeof inner === 'string' ? Number(inner) : toAttributeValue(inner)
    case 'bytesValue':
    case 'bytes_value':
      return toBytes(inner)
    case 'arrayValue':
    case 'array_value':
      return asList(asObject(inner).values).map(anyValue)
    case 'kvlistValue':
    case 'kvlist_value':
      return Object.fromEntries(
        asList(asObject(inner).values).map((entry) => {
          const { key, value: entryValue } = asObject(entry)
          return [asText(key) ?? '', anyValue(entryValue)]
        }),
      )
    case 'stringValue':
    case 'string_value':
    case 'boolValue':
    case 'bool_value':
      return toAttributeValue(inner)
    default:
      return toAttributeValue(value)
  }
}

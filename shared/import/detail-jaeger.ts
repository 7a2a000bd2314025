/** A span of Jaeger's JSON in full; tags that stand for OpenTelemetry fields become those fields. */
import type { Attribute, AttributeValue, SpanEvent, SpanLink } from '#shared/trace/detail'
import {
  asList,
  asObject,
  asText,
  attributeOf,
  toAttributeValue,
  toBytes,
  toId,
  toInteger,
  toNanoseconds,
  valueText,
} from './detail-values.ts'
import type { DocumentDetail } from './detail.ts'
import type { JsonObject, JsonValue } from './json-value.ts'

/** Tags that say what another field of the detail says; https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/jaeger/ */
const FIELD_TAGS = new Set([
  'span.kind',
  'otel.status_code',
  'otel.status_description',
  'otel.scope.name',
  'otel.scope.version',
  'otel.library.name',
  'otel.library.version',
  'w3c.tracestate',
])

/** Decodes a span and its process. */
export function jaegerDetail(span: JsonObject, process: JsonValue): DocumentDetail {
  const tags = tagsOf(span.tags)
  const text = (...keys: string[]): string | undefined => {
    const found = tags.find(({ key }) => keys.includes(key))
    return found === undefined || found.value === '' ? undefined : valueText(found.value)
  }
  const scopeName = text('otel.scope.name', 'otel.library.name')
  const { parentSpanId, links } = referencesOf(span)
  const processObject = asObject(process)
  return {
    parentSpanId,
    traceState: text('w3c.tracestate'),
    statusMessage: text('otel.status_description'),
    attributes: tags.filter(({ key, value }) => !FIELD_TAGS.has(key) && !(key === 'error' && value === true)),
    events: asList(span.logs).map(asObject).map(eventOf),
    links,
    resource: [...attributeOf('service.name', processObject.serviceName), ...tagsOf(processObject.tags)],
    scope:
      scopeName === undefined
        ? undefined
        : {
            name: scopeName,
            version: text('otel.scope.version', 'otel.library.version') ?? '',
            attributes: [],
          },
    warnings: asList(span.warnings).flatMap((warning) => asText(warning) ?? []),
    dropped: { attributes: 0, events: 0, links: 0 },
  }
}

function tagsOf(list: JsonValue): Attribute[] {
  return asList(list).map((entry) => {
    const tag = asObject(entry)
    return { key: asText(tag.key) ?? '', value: tagValue(tag.type, tag.value) }
  })
}

function tagValue(type: JsonValue, value: JsonValue): AttributeValue {
  switch (type) {
    case 'int64':
      return toInteger(value)
    case 'float64':
      return typeof value === 'string' && value !== '' ? Number(value) : toAttributeValue(value)
    case 'bool':
      return value === 'true' || value === 'false' ? value === 'true' : toAttributeValue(value)
    case 'binary':
      return toBytes(value)
    default:
      return toAttributeValue(value)
  }
}

/** A log becomes an event: its field `event`, or else `message`, is the name. */
function eventOf(log: JsonObject): SpanEvent {
  const fields = tagsOf(log.fields)
  const named = fields.find(({ key }) => key === 'event') ?? fields.find(({ key }) => key === 'message')
  return {
    name: named === undefined ? 'log' : valueText(named.value),
    timeNs: toNanoseconds(log.timestamp, 6),
    attributes: fields.filter((field) => field !== named),
  }
}

/** The parent is the first CHILD_OF within the trace, or else the first FOLLOWS_FROM; all others are links. */
function referencesOf(span: JsonObject): { parentSpanId: string | undefined; links: SpanLink[] } {
  const traceId = toId(span.traceID, 32)
  const references = asList(span.references).map((entry) => {
    const reference = asObject(entry)
    return {
      isChild: reference.refType !== 'FOLLOWS_FROM',
      traceId: toId(reference.traceID, 32) ?? traceId ?? '0'.repeat(32),
      spanId: toId(reference.spanID, 16),
    }
  })
  const within = references.filter(
    (reference) => reference.spanId !== undefined && (traceId === undefined || reference.traceId === traceId),
  )
  const parent = within.find(({ isChild }) => isChild) ?? within[0]
  return {
    parentSpanId: parent?.spanId ?? toId(span.parentSpanID, 16),
    links: references
      .filter((reference) => reference !== parent)
      .flatMap(({ traceId: linked, spanId }) =>
        spanId === undefined ? [] : [{ traceId: linked, spanId, attributes: [] }],
      ),
  }
}

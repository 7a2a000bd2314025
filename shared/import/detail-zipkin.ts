/** A span of Zipkin v2 in full, in OpenTelemetry's words. */
import type { Attribute } from '#shared/trace/detail'
import { asList, asObject, asText, attributeOf, toId, toNanoseconds } from './detail-values.ts'
import type { DocumentDetail } from './detail.ts'
import type { JsonObject, JsonValue } from './json-value.ts'

/** Decodes a span; `endpoint` is its localEndpoint. */
export function zipkinDetail(span: JsonObject, endpoint: JsonValue): DocumentDetail {
  const tags = Object.entries(asObject(span.tags))
  const error = asText(asObject(span.tags).error)
  return {
    parentSpanId: toId(span.parentId, 16),
    traceState: undefined,
    // Zipkin keeps the message in the tag that says that it failed.
    statusMessage: error === 'true' || error === 'false' ? undefined : error,
    attributes: [
      ...tags.flatMap(([key, value]) => attributeOf(key, value)),
      ...endpointAttributes(asObject(span.remoteEndpoint), 'peer.service', 'network.peer'),
    ],
    events: asList(span.annotations)
      .map(asObject)
      .map(({ timestamp, value }) => ({
        name: asText(value) ?? '',
        timeNs: toNanoseconds(timestamp, 6),
        attributes: [],
      })),
    links: [],
    resource: endpointAttributes(asObject(endpoint), 'service.name', 'network.local'),
    scope: undefined,
    warnings: [],
    dropped: { attributes: 0, events: 0, links: 0 },
  }
}

/** Who somebody is, and where. */
export function endpointAttributes(endpoint: JsonObject, nameKey: string, prefix: string): Attribute[] {
  return [
    ...attributeOf(nameKey, endpoint.serviceName),
    ...attributeOf(`${prefix}.address`, endpoint.ipv4 ?? endpoint.ipv6),
    ...attributeOf(`${prefix}.port`, endpoint.port),
  ]
}

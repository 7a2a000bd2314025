/** A span of Zipkin v1 in full, in OpenTelemetry's words. */
import { asList, asObject, asText, attributeOf, toId, toNanoseconds } from './detail-values.ts'
import { endpointAttributes } from './detail-zipkin.ts'
import type { DocumentDetail } from './detail.ts'
import type { JsonObject, JsonValue } from './json-value.ts'
import { CORE_ANNOTATIONS } from './zipkin-v1-annotations.ts'

const ADDRESSES: ReadonlySet<string> = new Set(['sa', 'ca', 'ma'])
const CORE: ReadonlySet<string> = new Set(CORE_ANNOTATIONS)

const isCore = ({ value }: JsonObject) => CORE.has(asText(value) ?? '')
const isAddress = ({ key }: JsonObject) => ADDRESSES.has(asText(key) ?? '')

/** Decodes a span, or the half of one that belongs to the endpoint. */
export function zipkinV1Detail(span: JsonObject, endpoint: JsonValue): DocumentDetail {
  const own = asText(asObject(endpoint).serviceName)
  const annotations = asList(span.annotations).map(asObject)
  const tags = asList(span.binaryAnnotations).map(asObject)
  // Client and server in one object: each has what its own service said.
  const hasBoth = new Set(annotations.filter(isCore).map(({ value }) => asText(value)?.[0])).size > 1
  const isOwn = (said: JsonObject) => {
    const service = asText(endpointOf(said).serviceName)
    return !hasBoth || service === undefined || service === own
  }
  const error = asText(tags.find(({ key, ...said }) => key === 'error' && isOwn(said))?.value)
  const peer = tags.find((tag) => isAddress(tag) && asText(endpointOf(tag).serviceName) !== own)
  return {
    parentSpanId: toId(span.parentId, 16),
    traceState: undefined,
    statusMessage: error === 'true' || error === 'false' ? undefined : error,
    attributes: [
      ...tags
        .filter((tag) => !isAddress(tag) && isOwn(tag))
        .flatMap(({ key, value }) => attributeOf(asText(key) ?? '', value)),
      ...(peer === undefined ? [] : endpointAttributes(endpointOf(peer), 'peer.service', 'network.peer')),
    ],
    events: annotations
      .filter((annotation) => !isCore(annotation) && isOwn(annotation))
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

/** `host` is what Scribe's users called it. */
function endpointOf(said: JsonObject): JsonObject {
  return asObject(said.endpoint ?? said.host)
}

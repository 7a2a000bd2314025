/** Traces as OTLP JSON: what Jaeger and Tempo take. https://opentelemetry.io/docs/specs/otlp/ */
import { kinds, type AttributeValue, type Attributes, type FedSpan } from './span.ts'

/** An ExportTraceServiceRequest with one resource for each service. */
export function otlpTraces(spans: readonly FedSpan[]) {
  const services = Map.groupBy(spans, (span) => span.service)
  return {
    resourceSpans: [...services].map(([service, spans]) => ({
      resource: { attributes: otlpAttributes(resourceOf(service)) },
      scopeSpans: [{ scope: instrumentation, spans: spans.map(otlpSpan) }],
    })),
  }
}

/** The instrumentation scope of every span that is fed. */
export const instrumentation = { name: 'clew.test/story', version: '1.2.3' }

/** What every span of a service says of where it ran. */
export function resourceOf(service: string): Attributes {
  return {
    'service.name': service,
    'service.version': '2.14.0',
    'service.instance.id': `${service}-7c9f4d-x2lqp`,
    'deployment.environment.name': 'production',
    'telemetry.sdk.language': 'nodejs',
  }
}

function otlpSpan(span: FedSpan) {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? '',
    name: span.name,
    kind: kinds[span.kind],
    startTimeUnixNano: String(span.startNs),
    endTimeUnixNano: String(span.endNs),
    attributes: otlpAttributes(span.attributes),
    events: span.events.map((event) => ({
      name: event.name,
      timeUnixNano: String(event.timeNs),
      attributes: otlpAttributes(event.attributes),
    })),
    links: span.links.map((link) => ({
      traceId: link.traceId,
      spanId: link.spanId,
      attributes: otlpAttributes(link.attributes),
    })),
    status: span.error === undefined ? {} : { code: 2, message: span.error },
  }
}

export function otlpAttributes(attributes: Attributes) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: otlpValue(value) }))
}

function otlpValue(value: AttributeValue): object {
  switch (typeof value) {
    case 'string':
      return { stringValue: value }
    case 'boolean':
      return { boolValue: value }
    case 'bigint':
      return { intValue: String(value) }
    case 'number':
      return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
    default:
      return { arrayValue: { values: value.map((item) => ({ stringValue: item })) } }
  }
}

/**
 * Traces as Zipkin v2 JSON, the way B3 instrumentation writes them: a server that was called takes over the span id of its caller and
 * says `shared`, so one id stands for two spans. https://zipkin.io/zipkin-api/
 */
import { resourceOf } from './otlp.ts'
import type { AttributeValue, Attributes, FedSpan, FedTrace } from './span.ts'

export interface ZipkinSpan {
  readonly traceId: string
  readonly id: string
  readonly parentId?: string
  readonly kind?: string
  readonly name: string
  readonly timestamp: number
  readonly duration: number
  readonly localEndpoint: { readonly serviceName: string }
  readonly annotations: readonly { readonly timestamp: number; readonly value: string }[]
  readonly tags: Readonly<Record<string, string>>
  readonly shared?: true
}

/** The spans of a trace for `POST /api/v2/spans`. */
export function zipkinSpans(trace: FedTrace): ZipkinSpan[] {
  const byId = new Map(trace.spans.map((span) => [span.spanId, span]))
  return trace.spans.map((span) => {
    const caller = sharedCaller(span, byId)
    const parent = caller === undefined ? span.parentSpanId : caller.parentSpanId
    return {
      // A 64-bit id is written with 16 digits.
      traceId: trace.traceId.replace(/^0{16}/, ''),
      id: zipkinId(span, byId),
      ...(parent === undefined ? {} : { parentId: zipkinIdOf(parent, byId) }),
      ...(span.kind === 'internal' ? {} : { kind: span.kind.toUpperCase() }),
      name: span.name,
      timestamp: Number(span.startNs / 1000n),
      duration: Number((span.endNs - span.startNs) / 1000n),
      localEndpoint: { serviceName: span.service },
      annotations: span.events.map((event) => ({
        timestamp: Number(event.timeNs / 1000n),
        value: event.name,
      })),
      tags: {
        ...zipkinTags(span.attributes),
        'service.version': String(resourceOf(span.service)['service.version']),
        ...(span.error === undefined ? {} : { error: span.error }),
      },
      ...(caller === undefined ? {} : { shared: true as const }),
    }
  })
}

/** The client span whose id this server span takes over. */
function sharedCaller(span: FedSpan, byId: ReadonlyMap<string, FedSpan>): FedSpan | undefined {
  const parent = span.parentSpanId === undefined ? undefined : byId.get(span.parentSpanId)
  return span.kind === 'server' && parent?.kind === 'client' ? parent : undefined
}

/** The id under which Zipkin knows a span. */
export function zipkinId(span: FedSpan, byId: ReadonlyMap<string, FedSpan>): string {
  return sharedCaller(span, byId)?.spanId ?? span.spanId
}

function zipkinIdOf(spanId: string, byId: ReadonlyMap<string, FedSpan>): string {
  const span = byId.get(spanId)
  return span === undefined ? spanId : zipkinId(span, byId)
}

/** Zipkin's tags are strings. */
export function zipkinTags(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, text(value)]))
}

function text(value: AttributeValue): string {
  return typeof value === 'object' ? value.join(',') : String(value)
}

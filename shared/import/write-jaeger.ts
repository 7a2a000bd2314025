/**
 * Writes a trace as Jaeger's JSON, as its own interface saves it; OpenTelemetry's fields become the tags that stand for them:
 * https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/jaeger/
 */
import type { ByteStore } from '#shared/trace/byte-store'
import type { Trace } from '#shared/trace/table'
import { type OtlpAttribute, type OtlpSpan, otlpDocument } from './write-otlp.ts'

interface Tag {
  readonly key: string
  readonly type: 'string' | 'bool' | 'int64' | 'float64' | 'binary'
  readonly value: unknown
}

/** By the number OTLP gives them. */
const kinds = ['', 'internal', 'server', 'client', 'producer', 'consumer']
const failed = 2

/** `{"data":[…]}` of one trace. Times are whole microseconds there: what is finer is lost. */
export function jaegerOfTrace(store: ByteStore, trace: Trace): string {
  const processes: Record<string, object> = {}
  const spans = otlpDocument(store, trace).resourceSpans.flatMap(({ resource, scopeSpans }, at) => {
    const processId = `p${at + 1}`
    const service = resource.attributes.find(({ key }) => key === 'service.name')
    processes[processId] = {
      serviceName: String(service ? tagOf(service).value : ''),
      tags: resource.attributes.filter((one) => one !== service).map(tagOf),
    }
    return scopeSpans.flatMap(({ scope, spans: own }) => own.map((span) => spanOf(span, scope, processId)))
  })
  return JSON.stringify({ data: [{ traceID: trace.traceId, spans, processes }] })
}

function spanOf(
  span: OtlpSpan,
  scope: { readonly name: string; readonly version: string } | undefined,
  processID: string,
): object {
  const { traceId, spanId, parentSpanId } = span
  const said: readonly (readonly [string, string | undefined])[] = [
    ['span.kind', kinds[span.kind]],
    ['otel.status_code', ['', 'OK', 'ERROR'][span.status.code]],
    ['otel.status_description', span.status.message],
    ['otel.scope.name', scope?.name],
    ['otel.scope.version', scope?.version],
    ['w3c.tracestate', span.traceState],
  ]
  const fields = said.flatMap(([key, value]): Tag[] =>
    value === undefined || value === '' ? [] : [{ key, type: 'string', value }],
  )
  const error: Tag[] = span.status.code === failed ? [{ key: 'error', type: 'bool', value: true }] : []
  return {
    traceID: traceId,
    spanID: spanId,
    operationName: span.name,
    references: [
      ...(parentSpanId === undefined || parentSpanId === ''
        ? []
        : [{ refType: 'CHILD_OF', traceID: traceId, spanID: parentSpanId }]),
      ...span.links.map((link) => ({ refType: 'FOLLOWS_FROM', traceID: link.traceId, spanID: link.spanId })),
    ],
    startTime: micros(span.startTimeUnixNano),
    duration: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1000,
    tags: [...span.attributes.map(tagOf), ...fields, ...error],
    logs: span.events.map(({ timeUnixNano, name, attributes }) => ({
      timestamp: micros(timeUnixNano),
      fields: [{ key: 'event', type: 'string', value: name }, ...attributes.map(tagOf)],
    })),
    processID,
  }
}

/** A number that JSON can hold. */
const micros = (ns: string): number => Number(BigInt(ns) / 1000n)

function tagOf({ key, value }: OtlpAttribute): Tag {
  const [[kind, plain]] = Object.entries(value) as [string, unknown][]
  switch (kind) {
    case 'boolValue':
      return { key, type: 'bool', value: plain }
    case 'intValue':
      return { key, type: 'int64', value: Number.isSafeInteger(Number(plain)) ? Number(plain) : plain }
    case 'doubleValue':
      return { key, type: 'float64', value: plain }
    case 'bytesValue':
      return { key, type: 'binary', value: plain }
    case 'stringValue':
      return { key, type: 'string', value: plain }
    default:
      return { key, type: 'string', value: JSON.stringify(plain) }
  }
}

/** Writes one small trace in every format that Clew reads, so that what is read from them can be compared. */
import {
  attributeMessage,
  field,
  fixed64Field,
  fromHex,
  message,
  text,
  varintField,
} from './generate-trace.ts'

export interface PlainSpan {
  /** 16 hex digits. */
  readonly id: string
  readonly parentId: string | undefined
  readonly service: string
  readonly name: string
  /** A SpanKind. */
  readonly kind: number
  /** Whole microseconds since 1970: what every format can hold. */
  readonly startUs: number
  readonly durationUs: number
  readonly isError: boolean
  readonly attributes: readonly (readonly [string, string])[]
  /** Name, and microseconds since 1970. */
  readonly events: readonly (readonly [string, number])[]
}

export type FormatName = 'jaeger' | 'otlp' | 'tempo' | 'zipkin' | 'protobuf'

const KIND_WORDS = ['', 'internal', 'server', 'client', 'producer', 'consumer']

/** A document of one trace. */
export function writeTrace(format: FormatName, traceId: string, spans: readonly PlainSpan[]): Uint8Array {
  switch (format) {
    case 'jaeger':
      return text(jaeger(traceId, spans))
    case 'otlp':
      return text(JSON.stringify({ resourceSpans: spans.map((span) => otlp(traceId, span, (hex) => hex)) }))
    case 'tempo':
      return text(JSON.stringify({ batches: spans.map((span) => otlp(traceId, span, base64)) }))
    case 'zipkin':
      return text(JSON.stringify(spans.map((span) => zipkin(traceId, span))))
    default:
      return message(...spans.map((span) => protobuf(traceId, span)))
  }
}

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}

function jaegerTag(key: string, value: string): object {
  return { key, type: 'string', value }
}

function otlpAttribute(key: string, value: string): object {
  return { key, value: { stringValue: value } }
}

function jaeger(traceID: string, spans: readonly PlainSpan[]): string {
  const services = [...new Set(spans.map(({ service }) => service))]
  return JSON.stringify({
    data: [
      {
        traceID,
        spans: spans.map((span) => ({
          traceID,
          spanID: span.id,
          operationName: span.name,
          references:
            span.parentId === undefined ? [] : [{ refType: 'CHILD_OF', traceID, spanID: span.parentId }],
          startTime: span.startUs,
          duration: span.durationUs,
          tags: [
            ...span.attributes.map(([key, value]) => jaegerTag(key, value)),
            ...(span.kind > 0 ? [jaegerTag('span.kind', KIND_WORDS[span.kind])] : []),
            ...(span.isError ? [{ key: 'error', type: 'bool', value: true }] : []),
          ],
          logs: span.events.map(([name, timestamp]) => ({ timestamp, fields: [jaegerTag('event', name)] })),
          processID: `p${services.indexOf(span.service)}`,
        })),
        processes: Object.fromEntries(
          services.map((serviceName, index) => [`p${index}`, { serviceName, tags: [] }]),
        ),
      },
    ],
  })
}

function otlp(traceId: string, span: PlainSpan, idText: (hex: string) => string): object {
  return {
    resource: { attributes: [otlpAttribute('service.name', span.service)] },
    scopeSpans: [
      {
        spans: [
          {
            traceId: idText(traceId),
            spanId: idText(span.id),
            parentSpanId: span.parentId === undefined ? '' : idText(span.parentId),
            name: span.name,
            kind: span.kind,
            startTimeUnixNano: `${span.startUs}000`,
            endTimeUnixNano: `${span.startUs + span.durationUs}000`,
            attributes: span.attributes.map(([key, value]) => otlpAttribute(key, value)),
            events: span.events.map(([name, timeUs]) => ({ timeUnixNano: `${timeUs}000`, name })),
            status: span.isError ? { code: 2 } : {},
          },
        ],
      },
    ],
  }
}

function zipkin(traceId: string, span: PlainSpan): object {
  return {
    traceId,
    id: span.id,
    parentId: span.parentId,
    kind: span.kind > 1 ? KIND_WORDS[span.kind].toUpperCase() : undefined,
    name: span.name,
    timestamp: span.startUs,
    duration: span.durationUs,
    localEndpoint: { serviceName: span.service },
    annotations: span.events.map(([value, timestamp]) => ({ timestamp, value })),
    tags: Object.fromEntries([...span.attributes, ...(span.isError ? [['error', 'yes']] : [])]),
  }
}

function protobuf(traceId: string, span: PlainSpan): Uint8Array {
  const parts = [field(1, fromHex(traceId)), field(2, fromHex(span.id))]
  if (span.parentId !== undefined) parts.push(field(4, fromHex(span.parentId)))
  parts.push(
    field(5, text(span.name)),
    varintField(6, span.kind),
    fixed64Field(7, BigInt(span.startUs) * 1_000n),
    fixed64Field(8, BigInt(span.startUs + span.durationUs) * 1_000n),
    ...span.attributes.map(([key, value]) => field(9, attributeMessage(key, value))),
    ...span.events.map(([name, timeUs]) =>
      field(11, message(fixed64Field(1, BigInt(timeUs) * 1_000n), field(2, text(name)))),
    ),
  )
  if (span.isError) parts.push(field(15, varintField(3, 2)))
  return field(
    1,
    message(
      field(1, field(1, attributeMessage('service.name', span.service))),
      field(2, field(2, message(...parts))),
    ),
  )
}

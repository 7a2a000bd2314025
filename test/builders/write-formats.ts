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

export type FormatName =
  | 'jaeger'
  | 'otlp'
  | 'tempo'
  | 'zipkin'
  | 'zipkin-v1'
  | 'go'
  | 'python'
  | 'protobuf'
  | 'protobuf-lengths'

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
    case 'zipkin-v1':
      return text(JSON.stringify(spans.map((span) => zipkinV1(traceId, span))))
    case 'go':
      return text(spans.map((span) => JSON.stringify(goSpan(traceId, span))).join('\n'))
    case 'python':
      return text(spans.map((span) => JSON.stringify(pythonSpan(traceId, span), undefined, 4)).join('\n'))
    case 'protobuf-lengths':
      return message(...spans.map((span) => withLength(protobuf(traceId, span))))
    default:
      return message(...spans.map((span) => protobuf(traceId, span)))
  }
}

function withLength(bytes: Uint8Array): Uint8Array {
  const framed = new Uint8Array(4 + bytes.length)
  new DataView(framed.buffer).setUint32(0, bytes.length)
  framed.set(bytes, 4)
  return framed
}

function rfc3339(us: number): string {
  const micros = String(us % 1_000_000).padStart(6, '0')
  return `${new Date(Math.floor(us / 1_000_000) * 1_000).toISOString().slice(0, 19)}.${micros}Z`
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

const CORE_OF_KIND = [[], [], ['sr', 'ss'], ['cs', 'cr'], ['ms'], ['mr']]

function zipkinV1(traceId: string, span: PlainSpan): object {
  const endpoint = { serviceName: span.service, ipv4: '10.0.0.1' }
  const [first, last] = CORE_OF_KIND[span.kind]
  const annotation = ([value, timestamp]: readonly [string, number]) => ({ timestamp, value, endpoint })
  return {
    traceId,
    id: span.id,
    parentId: span.parentId,
    name: span.name,
    timestamp: span.startUs,
    duration: span.durationUs,
    annotations: [
      ...(first === undefined ? [] : [annotation([first, span.startUs])]),
      ...span.events.map(annotation),
      ...(last === undefined ? [] : [annotation([last, span.startUs + span.durationUs])]),
    ],
    binaryAnnotations: [
      { key: 'lc', value: '', endpoint },
      ...span.attributes.map(([key, value]) => ({ key, value, endpoint })),
      ...(span.isError ? [{ key: 'error', value: 'yes', endpoint }] : []),
    ],
  }
}

function goAttributes(attributes: PlainSpan['attributes']): object[] {
  return attributes.map(([Key, Value]) => ({ Key, Value: { Type: 'STRING', Value } }))
}

function goContext(TraceID: string, SpanID: string): object {
  return { TraceID, SpanID, TraceFlags: '01', TraceState: '', Remote: false }
}

function goSpan(traceId: string, span: PlainSpan): object {
  return {
    Name: span.name,
    SpanContext: goContext(traceId, span.id),
    Parent:
      span.parentId === undefined
        ? goContext('0'.repeat(32), '0'.repeat(16))
        : goContext(traceId, span.parentId),
    SpanKind: span.kind,
    StartTime: rfc3339(span.startUs),
    EndTime: rfc3339(span.startUs + span.durationUs),
    Attributes: span.attributes.length === 0 ? null : goAttributes(span.attributes),
    Events: span.events.map(([Name, timeUs]) => ({
      Name,
      Attributes: null,
      DroppedAttributeCount: 0,
      Time: rfc3339(timeUs),
    })),
    Links: null,
    Status: { Code: span.isError ? 'Error' : 'Unset', Description: '' },
    DroppedAttributes: 0,
    Resource: goAttributes([['service.name', span.service]]),
    InstrumentationScope: { Name: 'shop', Version: '', SchemaURL: '' },
  }
}

function pythonSpan(traceId: string, span: PlainSpan): object {
  return {
    name: span.name,
    context: { trace_id: `0x${traceId}`, span_id: `0x${span.id}`, trace_state: '[]' },
    kind: span.kind === 0 ? undefined : `SpanKind.${KIND_WORDS[span.kind].toUpperCase()}`,
    parent_id: span.parentId === undefined ? null : `0x${span.parentId}`,
    start_time: rfc3339(span.startUs),
    end_time: rfc3339(span.startUs + span.durationUs),
    status: { status_code: span.isError ? 'ERROR' : 'UNSET' },
    attributes: Object.fromEntries(span.attributes),
    events: span.events.map(([name, timeUs]) => ({ name, timestamp: rfc3339(timeUs), attributes: {} })),
    links: [],
    resource: { attributes: { 'service.name': span.service }, schema_url: '' },
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

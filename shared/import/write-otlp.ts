/** Writes a trace as OTLP JSON, whatever form it came in: what its document says, under OpenTelemetry's names. */
import type { ByteStore } from '#shared/trace/byte-store'
import type { Attribute, AttributeValue } from '#shared/trace/detail'
import { spanIdText } from '#shared/trace/dump'
import { SpanFlag, type SpanIndex, type Trace } from '#shared/trace/table'
import { base64Of } from './protobuf-json.ts'
import { documentDetail, spanDocument } from './detail.ts'

export interface OtlpAttribute {
  readonly key: string
  readonly value: object
}

export interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly traceState: string | undefined
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly OtlpAttribute[]
  readonly events: readonly {
    readonly timeUnixNano: string
    readonly name: string
    readonly attributes: readonly OtlpAttribute[]
  }[]
  readonly links: readonly {
    readonly traceId: string
    readonly spanId: string
    readonly attributes: readonly OtlpAttribute[]
  }[]
  readonly status: { readonly code: number; readonly message: string | undefined }
}

export interface OtlpDocument {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] }
    readonly scopeSpans: readonly {
      readonly scope:
        | { readonly name: string; readonly version: string; readonly attributes: readonly OtlpAttribute[] }
        | undefined
      readonly spans: readonly OtlpSpan[]
    }[]
  }[]
}

/** A trace as text of OTLP JSON. */
export const otlpOfTrace = (store: ByteStore, trace: Trace): string =>
  JSON.stringify(otlpDocument(store, trace))

/** `{"resourceSpans":[…]}` of one trace; a parent that never arrived is left out, and its children still name it. */
export function otlpDocument(store: ByteStore, trace: Trace): OtlpDocument {
  const { spans, scopes } = trace
  const rowsOf = new Map<number, SpanIndex[]>()
  for (let row = 0; row < spans.length; row++) {
    const scope = spans.scope[row]
    if (scope < 0) continue
    const rows = rowsOf.get(scope)
    if (rows === undefined) rowsOf.set(scope, [row])
    else rows.push(row)
  }
  const resourceSpans = [...rowsOf].map(([index, rows]) => {
    const { resource, scope } = documentDetail(store, scopes[index], {})
    const service = trace.services[scopes[index].service]
    const named = resource.some(({ key }) => key === 'service.name')
    return {
      resource: {
        attributes: attributesOf(named ? resource : [{ key: 'service.name', value: service }, ...resource]),
      },
      scopeSpans: [
        {
          scope: scope && {
            name: scope.name,
            version: scope.version,
            attributes: attributesOf(scope.attributes),
          },
          spans: rows.map((row) => spanOf(store, trace, row)),
        },
      ],
    }
  })
  return { resourceSpans }
}

function spanOf(store: ByteStore, trace: Trace, row: SpanIndex): OtlpSpan {
  const { spans } = trace
  const scope = trace.scopes[spans.scope[row]]
  const said = documentDetail(
    store,
    scope,
    spanDocument(store, scope.format, spans.byteStart[row], spans.byteEnd[row]),
  )
  const shift = spans.shift.length === 0 ? 0 : spans.shift[row]
  const startNs = trace.epochNs + BigInt(Math.round(spans.start[row] - shift))
  const parent = spans.parent[row]
  const flags = spans.flags[row]
  const code = (flags & SpanFlag.error) !== 0 ? 2 : (flags & SpanFlag.ok) === 0 ? 0 : 1
  return {
    traceId: trace.traceId,
    spanId: spanIdText(spans.idHigh[row], spans.idLow[row]),
    parentSpanId: parent < 0 ? said.parentSpanId : spanIdText(spans.idHigh[parent], spans.idLow[parent]),
    traceState: said.traceState,
    name: trace.names[spans.name[row]],
    kind: spans.kind[row],
    startTimeUnixNano: String(startNs),
    endTimeUnixNano: String(startNs + BigInt(Math.round(spans.duration[row]))),
    attributes: attributesOf(said.attributes),
    events: said.events.map(({ name, timeNs, attributes }) => ({
      timeUnixNano: String(timeNs),
      name,
      attributes: attributesOf(attributes),
    })),
    links: said.links.map(({ traceId, spanId, attributes }) => ({
      traceId,
      spanId,
      attributes: attributesOf(attributes),
    })),
    status: { code, message: said.statusMessage },
  }
}

function attributesOf(attributes: readonly Attribute[]): OtlpAttribute[] {
  return attributes.map(({ key, value }) => ({ key, value: anyValue(value) }))
}

function anyValue(value: AttributeValue): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'bigint') return { intValue: String(value) }
  if (typeof value === 'number')
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  if (value instanceof Uint8Array) return { bytesValue: base64Of(value, 0, value.length) }
  if (isList(value)) return { arrayValue: { values: value.map(anyValue) } }
  const entries = Object.entries(value as Readonly<Record<string, AttributeValue>>)
  return { kvlistValue: { values: entries.map(([key, inner]) => ({ key, value: anyValue(inner) })) } }
}

/** `Array.isArray`, which does not know readonly arrays. */
function isList(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value)
}

/** OTLP's JSON as the traces that a TraceQL query is asked of. */
import type { EventItem, LinkItem, TraceSpans } from '#shared/query/traceql/traces'
import { orphan, root } from '#shared/query/traceql/traces'
import type { KindName, StatusName, Value } from '#shared/query/traceql/value'

export interface OtlpValue {
  readonly stringValue?: string
  readonly intValue?: string
  readonly doubleValue?: number
  readonly boolValue?: boolean
  readonly arrayValue?: { readonly values: readonly OtlpValue[] }
}

export interface OtlpAttribute {
  readonly key: string
  readonly value: OtlpValue
}

export interface OtlpTraceSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly OtlpAttribute[]
  readonly events?: readonly {
    readonly name: string
    readonly timeUnixNano: string
    readonly attributes: readonly OtlpAttribute[]
  }[]
  readonly links?: readonly {
    readonly traceId: string
    readonly spanId: string
    readonly attributes?: readonly OtlpAttribute[]
  }[]
  readonly status: { readonly code?: number; readonly message?: string }
}

export interface OtlpResourceSpans {
  readonly resource: { readonly attributes: readonly OtlpAttribute[] }
  readonly scopeSpans: readonly {
    readonly scope: {
      readonly name: string
      readonly version: string
      readonly attributes?: readonly OtlpAttribute[]
    }
    readonly spans: readonly OtlpTraceSpan[]
  }[]
}

const kinds: readonly KindName[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']
const statuses: readonly StatusName[] = ['unset', 'ok', 'error']

type Values = ReadonlyMap<string, Value>

interface PlacedSpan {
  readonly span: OtlpTraceSpan
  readonly own: Values
  readonly resource: Values
  readonly scope: { readonly name: string; readonly version: string; readonly values: Values }
  readonly events: readonly EventItem[]
  readonly links: readonly LinkItem[]
}

/** The traces in order of their first spans, whose times are told from `epochNs`. */
export function traceSpansOf(
  resourceSpans: readonly OtlpResourceSpans[],
  epochNs: bigint,
): readonly TraceSpans[] {
  const placed = resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const ofResource = valuesOf(resource.attributes)
    return scopeSpans.flatMap(({ scope: { name, version, attributes }, spans }) => {
      const scope = { name, version, values: valuesOf(attributes ?? []) }
      return spans.map((span): PlacedSpan => ({
        span,
        own: valuesOf(span.attributes),
        resource: ofResource,
        scope,
        events: (span.events ?? []).map((event) => {
          const values = valuesOf(event.attributes)
          return {
            name: event.name,
            timeSinceStartNs: Number(BigInt(event.timeUnixNano) - BigInt(span.startTimeUnixNano)),
            attribute: (name) => values.get(name),
          }
        }),
        links: (span.links ?? []).map((link) => {
          const values = valuesOf(link.attributes ?? [])
          return {
            traceId: withoutZeros(link.traceId),
            spanId: link.spanId,
            attribute: (name) => values.get(name),
          }
        }),
      }))
    })
  })
  return [...Map.groupBy(placed, ({ span }) => span.traceId)].map(([traceId, spans]) =>
    traceOf(withoutZeros(traceId), spans, epochNs),
  )
}

function withoutZeros(id: string): string {
  return id.replace(/^0+/u, '')
}

function valuesOf(attributes: readonly OtlpAttribute[]): Values {
  return new Map(
    attributes.flatMap(({ key, value }) => {
      const read = valueOf(value)
      return read === undefined ? [] : [[key, read] as const]
    }),
  )
}

function valueOf({
  stringValue,
  intValue,
  doubleValue,
  boolValue,
  arrayValue,
}: OtlpValue): Value | undefined {
  if (stringValue !== undefined) return { type: 'string', value: stringValue }
  if (intValue !== undefined) return { type: 'int', value: Number(intValue) }
  if (doubleValue !== undefined) return { type: 'float', value: doubleValue }
  if (boolValue !== undefined) return { type: 'boolean', value: boolValue }
  const items = arrayValue?.values.flatMap((item) => valueOf(item) ?? []) ?? []
  return items.length > 1 ? { type: 'list', value: items } : items[0]
}

function traceOf(traceId: string, placed: readonly PlacedSpan[], epochNs: bigint): TraceSpans {
  const times = placed.map(({ span }) => ({
    startNs: Number(BigInt(span.startTimeUnixNano) - epochNs),
    durationNs: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)),
  }))
  return {
    traceId,
    length: placed.length,
    parents() {
      const places = new Map(placed.map(({ span }, at) => [span.spanId, at]))
      return Int32Array.from(placed, ({ span: { parentSpanId } }) =>
        parentSpanId === undefined ? root : (places.get(parentSpanId) ?? orphan),
      )
    },
    name: (at) => placed[at].span.name,
    startNs: (at) => times[at].startNs,
    durationNs: (at) => times[at].durationNs,
    status: (at) => statuses[placed[at].span.status.code ?? 0],
    statusMessage: (at) => placed[at].span.status.message ?? '',
    kind: (at) => kinds[placed[at].span.kind],
    spanId: (at) => placed[at].span.spanId,
    parentId: (at) => placed[at].span.parentSpanId ?? '0'.repeat(16),
    scopeName: (at) => placed[at].scope.name,
    scopeVersion: (at) => placed[at].scope.version,
    attribute: (at, name) => placed[at].own.get(name),
    resourceAttribute: (at, name) => placed[at].resource.get(name),
    scopeAttribute: (at, name) => placed[at].scope.values.get(name),
    events: (at) => placed[at].events,
    links: (at) => placed[at].links,
  }
}

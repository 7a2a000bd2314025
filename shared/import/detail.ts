/** Everything a document says of one span, decoded when it is looked at. */
import type { ByteStore } from '#shared/trace/byte-store'
import type { SpanDetail } from '#shared/trace/detail'
import { spanIdText } from '#shared/trace/dump'
import {
  type ByteRange,
  type ScopeInfo,
  SpanFlag,
  type SpanIndex,
  type Trace,
  type TraceFormat,
} from '#shared/trace/table'
import { chromeDetail } from './detail-chrome.ts'
import { jaegerDetail } from './detail-jaeger.ts'
import { otlpDetail } from './detail-otlp.ts'
import { sdkDetail } from './detail-sdk.ts'
import { asObject, jsonSafe, toAttributeValue, valueText } from './detail-values.ts'
import { zipkinDetail } from './detail-zipkin.ts'
import { zipkinV1Detail } from './detail-zipkin-v1.ts'
import { indentJson, type JsonObject, type JsonValue, readJsonValue } from './json-value.ts'
import { messageToJson, resourceMessage, scopeMessage, spanMessage } from './protobuf-json.ts'

/** The part of a SpanDetail that the document says, not the columns. */
export type DocumentDetail = Omit<SpanDetail, 'spanId' | 'traceId' | 'startNs' | 'impossibleStart' | 'raw'>

const NOTHING: DocumentDetail = {
  parentSpanId: undefined,
  traceState: undefined,
  statusMessage: undefined,
  attributes: [],
  events: [],
  links: [],
  resource: [],
  scope: undefined,
  warnings: [],
  dropped: { attributes: 0, events: 0, links: 0 },
}

/** Decodes the bytes of a row; a missing row has only its id. */
export function spanDetail(store: ByteStore, trace: Trace, row: SpanIndex): SpanDetail {
  const { spans } = trace
  const shift = spans.shift.length === 0 ? 0 : spans.shift[row]
  const common = {
    spanId: spanIdText(spans.idHigh[row], spans.idLow[row]),
    traceId: trace.traceId,
    startNs: trace.epochNs + BigInt(Math.round(spans.start[row] - shift)),
  }
  const scope = spans.scope[row] < 0 ? undefined : trace.scopes[spans.scope[row]]
  if (scope === undefined) return { ...NOTHING, ...common, impossibleStart: undefined, raw: '' }
  const isImpossible = (spans.flags[row] & SpanFlag.impossibleStart) !== 0
  const written = (span: JsonObject) => (isImpossible ? writtenStart(span) : undefined)
  const [from, to] = [spans.byteStart[row], spans.byteEnd[row]]
  const span = spanDocument(store, scope.format, from, to)
  if (scope.format === 'otlp-protobuf') {
    const raw = JSON.stringify(span, jsonSafe, 2)
    return { ...documentDetail(store, scope, span), ...common, impossibleStart: written(span), raw }
  }
  const bytes = store.slice(from, to)
  const raw = indentJson(bytes, 0, bytes.length)
  const said = documentDetail(store, scope, span)
  // Where the document does not say the parent, the columns do.
  const parentSpanId =
    scope.format === 'chrome-json' && spans.parent[row] >= 0
      ? spanIdText(spans.idHigh[spans.parent[row]], spans.idLow[spans.parent[row]])
      : said.parentSpanId
  return { ...said, parentSpanId, ...common, impossibleStart: written(span), raw }
}

/** A span whose text or message is [from, to) of what is kept, as JSON. */
export function spanDocument(store: ByteStore, format: TraceFormat, from: number, to: number): JsonObject {
  const bytes = store.slice(from, to)
  return format === 'otlp-protobuf'
    ? messageToJson(bytes, 0, bytes.length, spanMessage)
    : asObject(readJsonValue(bytes, 0, bytes.length))
}

/** What a span says, and the resource and scope it belongs to, each in its document's own JSON. */
export function documentDetail(store: ByteStore, scope: ScopeInfo, span: JsonObject): DocumentDetail {
  const resource = resourceJson(store, scope)
  switch (scope.format) {
    case 'jaeger-json':
      return jaegerDetail(span, resource)
    case 'zipkin-json':
      return zipkinDetail(span, resource)
    case 'zipkin-v1-json':
      return zipkinV1Detail(span, resource)
    case 'sdk-json':
      return sdkDetail(span, resource, scopeJson(store, scope))
    case 'chrome-json':
      return chromeDetail(span, resource, scopeJson(store, scope))
    default:
      return otlpDetail(span, resource, scopeJson(store, scope))
  }
}

/** The start as the document has it, whatever its format, with the unit. */
function writtenStart(span: JsonObject): string {
  const text = span.StartTime ?? span.start_time
  if (text !== undefined) return valueText(toAttributeValue(text))
  const nanoseconds = span.startTimeUnixNano ?? span.start_time_unix_nano
  return nanoseconds === undefined
    ? `${valueText(toAttributeValue(span.startTime ?? span.timestamp ?? span.ts))} µs`
    : `${valueText(toAttributeValue(nanoseconds))} ns`
}

/** What a scope's resource says, as its document's JSON. */
function resourceJson(store: ByteStore, { format, resource }: ScopeInfo): JsonValue {
  return rangeJson(store, resource, format === 'otlp-protobuf' ? resourceMessage : undefined)
}

/** What a scope's instrumentation scope says, as its document's JSON. */
function scopeJson(store: ByteStore, { format, scope }: ScopeInfo): JsonValue {
  return rangeJson(store, scope, format === 'otlp-protobuf' ? scopeMessage : undefined)
}

function rangeJson(
  store: ByteStore,
  range: ByteRange | undefined,
  message: typeof resourceMessage | undefined,
): JsonValue {
  if (range === undefined) return undefined
  const bytes = store.slice(range.start, range.end)
  return message === undefined
    ? readJsonValue(bytes, 0, bytes.length)
    : messageToJson(bytes, 0, bytes.length, message)
}

/** Walking what spans say without decoding them: for find, which must look at a million of them in two seconds. */
import { type ByteText, encodeUtf8, TextMatcher } from '#shared/base/byte-text'
import type { ByteStore } from '#shared/trace/byte-store'
import { type ScopeInfo, SpanFlag, type SpanIndex, type Trace, type TraceFormat } from '#shared/trace/table'
import { documentDetail } from './detail.ts'
import { valueText } from './detail-values.ts'
import { JsonVisit, SYNTHETIC_KEYS } from './visit-json.ts'
import { ProtobufVisit } from './visit-protobuf.ts'

/** Where in a span a pair stands. */
export type PairPlace = 'attribute' | 'event' | 'link' | 'span'

/** What a value is; `inner` is an entry of a map, whatever its type, and `null` is none. */
export type PairType = 'string' | 'int' | 'float' | 'boolean' | 'null' | 'inner'

/** Is handed every key and value of a span; the texts are reused, and hold only during the call. */
export interface PairVisitor {
  /**
   * One key and the text of its value: numbers as written, booleans `true` and `false`, the elements of a list one by one under its key,
   * the entries of a map under their own keys; bytes are left out. Event names come as `event` / `name`, and what the span itself says
   * as `span` / `status.message`, `trace.state`. Return true to stop.
   */
  pair(place: PairPlace, key: ByteText, value: ByteText, type: PairType): boolean
}

const jsonVisit = new JsonVisit()
const protobufVisit = new ProtobufVisit()

/** Walks the attributes, events and links of a row; returns whether the visitor stopped it. Nothing is visited for a missing row. */
export function visitSpan(store: ByteStore, trace: Trace, row: SpanIndex, visitor: PairVisitor): boolean {
  const { spans } = trace
  const scope = spans.scope[row]
  if (scope < 0) return false
  return visitBytes(store, trace.scopes[scope].format, spans.byteStart[row], spans.byteEnd[row], visitor)
}

/** The same for a span whose text or message is [from, to) of what is kept. */
export function visitBytes(
  store: ByteStore,
  format: TraceFormat,
  from: number,
  to: number,
  visitor: PairVisitor,
): boolean {
  const bytes = store.window(from, to)
  const base = store.windowBase
  const visit = format === 'otlp-protobuf' ? protobufVisit : jsonVisit
  return visit.visit(bytes, from - base, to - base, visitor)
}

/** Keys and values of the resource and instrumentation scope (as `scope.name`, `scope.version`); decode once and keep. */
export function scopePairs(
  store: ByteStore,
  scope: ScopeInfo,
): readonly { readonly key: string; readonly value: string }[] {
  const detail = documentDetail(store, scope, {})
  const pairs = detail.resource.map(({ key, value }) => ({ key, value: valueText(value) }))
  if (detail.scope !== undefined) {
    if (detail.scope.name !== '') pairs.push({ key: 'scope.name', value: detail.scope.name })
    if (detail.scope.version !== '') pairs.push({ key: 'scope.version', value: detail.scope.version })
    for (const { key, value } of detail.scope.attributes) pairs.push({ key, value: valueText(value) })
  }
  return pairs
}

/**
 * A quick test, by bytes alone, whether a key or value of a row might contain `text` in any ASCII case: false is certain, true is to be
 * checked with `visitSpan`. Some 1 GB a second.
 */
export function spanFilter(store: ByteStore, text: string): (trace: Trace, row: SpanIndex) => boolean {
  const matcher = new TextMatcher(text)
  const length = encodeUtf8(text).length
  const lower = text.toLowerCase()
  // Keys that visitors hear though they are not written so, and what protobuf writes in binary.
  const isAnywhere =
    length === 0 || Object.keys(SYNTHETIC_KEYS).some((key) => key.toLowerCase().includes(lower))
  const isBinary =
    /^[\d.eE+-]+$/.test(text) ||
    BINARY_WORDS.some((word) => word.includes(lower)) ||
    /^[0-9a-f]+$/i.test(text)
  return (trace, row) => {
    const { spans } = trace
    const scope = spans.scope[row]
    if (scope < 0) return false
    if (isAnywhere || (spans.flags[row] & SpanFlag.escaped) !== 0) return true
    if (isBinary && trace.scopes[scope].format === 'otlp-protobuf') return true
    const from = spans.byteStart[row]
    const to = spans.byteEnd[row]
    const bytes = store.window(from, to)
    const base = store.windowBase
    return matcher.isIn(bytes, from - base, to - base)
  }
}

/** Values that are text to a reader, and bits in protobuf. */
const BINARY_WORDS = ['true', 'false', 'nan', 'infinity', '-infinity']

/** Walking what spans say without decoding them: for find, which must look at a million of them in two seconds. */
import type { ByteText } from '#shared/base/byte-text'
import type { ByteStore } from '#shared/trace/byte-store'
import type { ScopeInfo, SpanIndex, Trace } from '#shared/trace/table'

/** Where in a span a pair stands. */
export type PairPlace = 'attribute' | 'event' | 'link' | 'span'

/** Is handed every key and value of a span; the texts are reused, and hold only during the call. */
export interface PairVisitor {
  /**
   * One key and the text of its value (numbers as written, booleans `true` and `false`, bytes as base64; the elements of a list one by
   * one under its key, the entries of a map under `key.entry`). Event names come as `event` / `name`, and what the span itself
   * says as `span` / `status.message`, `trace.state`. Return true to stop.
   */
  pair(place: PairPlace, key: ByteText, value: ByteText): boolean
}

/** Walks the attributes, events and links of a row; returns whether the visitor stopped it. Nothing is visited for a missing row. */
export declare function visitSpan(
  store: ByteStore,
  trace: Trace,
  row: SpanIndex,
  visitor: PairVisitor,
): boolean

/** Keys and values of the resource and instrumentation scope (as `scope.name`, `scope.version`); decode once and keep. */
export declare function scopePairs(
  store: ByteStore,
  scope: ScopeInfo,
): readonly { readonly key: string; readonly value: string }[]

/**
 * A quick test, by bytes alone, whether a key or value of a row might contain `text` in any ASCII case: false is certain, true is to be
 * checked with `visitSpan`. Some 1 GB a second.
 */
export declare function spanFilter(store: ByteStore, text: string): (trace: Trace, row: SpanIndex) => boolean

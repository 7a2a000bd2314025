/** What a search needs of the bytes behind a trace; shared/import has it (`visitSpan`, `scopePairs`, `spanFilter`). */
import type { ByteText } from '#shared/base/byte-text'
import type { ScopeIndex, SpanIndex } from '#shared/trace/table'

/** Is handed the keys and values of a span; returns true when it has heard enough. The texts hold only during the call. */
export interface PairListener {
  pair(place: string, key: ByteText, value: ByteText): boolean
}

/** Reads what spans say of themselves, without decoding more than is asked for. */
export interface SpanReader {
  /** Hands over every key and value of a span's attributes, events and links. */
  visit(row: SpanIndex, listener: PairListener): void
  /** Keys and values of a resource and instrumentation scope. */
  scopePairs(scope: ScopeIndex): readonly { readonly key: string; readonly value: string }[]
  /** A quick test whether a key or value of a row might contain a text in any ASCII case: false is certain. */
  mightContain(text: string): (row: SpanIndex) => boolean
}

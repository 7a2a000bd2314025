/** Rows told apart by the most common values of an attribute, as many as there are colours that stay apart; the long tail is one. */
import { textAt } from '#shared/base/text-list'
import type { AttributeColumn } from '#shared/derive/attribute-column'
import { SpanFlag, type SpanTable } from '#shared/trace/table'

/** Colours that stay apart for colour-blind readers: the first of the services' list. */
export const colorCount = 12
/** Classes of rows: 0 to 11 are the values, most spans first. */
const otherClass = colorCount
/** Rows that say nothing. */
export const noneClass = colorCount + 1

export interface ColorClasses {
  readonly key: string
  /** Per row. */
  readonly classOf: Uint8Array
  /** Most spans first, `colorCount` at most. */
  readonly values: readonly { readonly text: string; readonly spanCount: number }[]
  /** How many other values there are, and the spans that say them. */
  readonly otherCount: number
  readonly otherSpans: number
  /** Recorded spans that say nothing. */
  readonly noneSpans: number
}

/** Cost: one walk over the spans; `allocate` gives the memory for it. */
export function colorClasses(
  spans: SpanTable,
  { key, valueOf, values, counts }: AttributeColumn,
  allocate: (byteLength: number) => ArrayBufferLike,
): ColorClasses {
  const classOf = new Uint8Array(allocate(spans.length))
  let noneSpans = 0
  for (let row = 0; row < spans.length; row++) {
    const value = valueOf[row]
    classOf[row] = value < 0 ? noneClass : Math.min(value, otherClass)
    if (value < 0 && (spans.flags[row] & SpanFlag.missing) === 0) noneSpans++
  }
  return {
    key,
    classOf,
    values: Array.from(counts.subarray(0, colorCount), (spanCount, index) => ({
      text: textAt(values, index),
      spanCount,
    })),
    otherCount: Math.max(0, values.length - colorCount),
    otherSpans: counts.subarray(colorCount).reduce((sum, count) => sum + count, 0),
    noneSpans,
  }
}

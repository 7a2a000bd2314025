/** What derived answers read of a drawn trace: the real thing, as the worker puts it together. */
import type { SpanReader } from '#shared/derive/find/span-reader'
import { scopePairs, spanFilter, visitSpan } from '#shared/import/index'
import type { DrawnTrace } from './trace-from-text.ts'

/** Reads the bytes behind a drawn trace. */
export function readerOf({ trace, store }: DrawnTrace): SpanReader {
  return {
    visit: (row, listener) => void visitSpan(store, trace, row, listener),
    scopePairs: (scope) => scopePairs(store, trace.scopes[scope]),
    mightContain: (text) => {
      const filter = spanFilter(store, text)
      return (row) => filter(trace, row)
    },
  }
}

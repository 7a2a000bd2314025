import type { SpanReader } from '#shared/derive/find/span-reader'
import { scopePairs, spanFilter, type TraceImport, visitSpan } from '#shared/import/index'
import type { Trace } from '#shared/trace/table'

/** Reads the bytes behind a trace that was built of what was imported. */
export function spanReader({ store }: Pick<TraceImport, 'store'>, trace: Trace): SpanReader {
  return {
    visit: (row, listener) => void visitSpan(store, trace, row, listener),
    scopePairs: (scope) => scopePairs(store, trace.scopes[scope]),
    mightContain: (text) => {
      const filter = spanFilter(store, text)
      return (row) => filter(trace, row)
    },
  }
}

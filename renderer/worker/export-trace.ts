import { type WaterfallPicture, waterfallSvg } from '#shared/derive/waterfall-svg'
import { TraceImport } from '#shared/import/index'
import { jaegerOfTrace } from '#shared/import/write-jaeger'
import { otlpOfTrace } from '#shared/import/write-otlp'

/** A form in which a trace leaves Clew. */
export type TraceForm = 'otlp' | 'jaeger' | WaterfallPicture

/** A trace of what was read, as it was recorded; undefined where it is not in there. */
export function exportTrace(
  from: TraceImport,
  traceId: string,
  form: TraceForm,
): Uint8Array<ArrayBuffer> | undefined {
  const trace = from.build(traceId, { adjustSkew: false })
  if (!trace) return undefined
  const text =
    form === 'otlp'
      ? otlpOfTrace(from.store, trace)
      : form === 'jaeger'
        ? jaegerOfTrace(from.store, trace)
        : waterfallSvg(trace, form)
  return new TextEncoder().encode(text)
}

/** What sources sent of traces, read together. */
export function importOf(documents: readonly Uint8Array<ArrayBuffer>[]): TraceImport {
  const all = new TraceImport()
  for (const [at, bytes] of documents.entries()) {
    const reader = all.addDocument(String(at))
    reader.push(bytes)
    reader.end()
  }
  return all
}

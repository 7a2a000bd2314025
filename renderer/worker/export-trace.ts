import { type WaterfallPicture, waterfallSvg } from '#shared/derive/waterfall-svg'
import { TraceImport } from '#shared/import/index'
import { jaegerOfTrace } from '#shared/import/write-jaeger'
import { otlpOfTrace } from '#shared/import/write-otlp'
import type { Trace } from '#shared/trace/table'
import { type FlameForm, flamePicture } from './flame-picture'

/** A form in which a trace leaves Clew. */
export type TraceForm = 'otlp' | 'jaeger' | WaterfallPicture | FlameForm

/** A trace of what was read, as it was recorded, or as it is drawn; undefined where it is not in there. */
export function exportTrace(
  from: TraceImport,
  traceId: string,
  form: TraceForm,
): Uint8Array<ArrayBuffer> | undefined {
  const trace = from.build(traceId, { adjustSkew: typeof form !== 'string' })
  return trace && new TextEncoder().encode(textOf(from, trace, form))
}

function textOf(from: TraceImport, trace: Trace, form: TraceForm): string {
  if (form === 'otlp') return otlpOfTrace(from.store, trace)
  if (form === 'jaeger') return jaegerOfTrace(from.store, trace)
  return form.kind === 'flame' ? flamePicture(from, trace, form) : waterfallSvg(trace, form)
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

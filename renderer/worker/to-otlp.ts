import { TraceImport } from '#shared/import/index'
import { otlpOfTrace } from '#shared/import/write-otlp'

/** A trace as one document of OTLP JSON, made of what its sources sent, in whatever form; undefined where it is in none of them. */
export function toOtlp(
  documents: readonly Uint8Array<ArrayBuffer>[],
  traceId: string,
): Uint8Array<ArrayBuffer> | undefined {
  const all = new TraceImport()
  for (const [at, bytes] of documents.entries()) {
    const reader = all.addDocument(String(at))
    reader.push(bytes)
    reader.end()
  }
  const trace = all.build(traceId, { adjustSkew: false })
  return trace && new TextEncoder().encode(otlpOfTrace(all.store, trace))
}

import { TraceImport } from '#shared/import/index'
import { OpenedSpans } from '../../electron/local/opened-spans.ts'

/** The spans of a document, as they are asked once it is opened. */
export function openSpans(text: string): Promise<OpenedSpans> {
  const source = new TraceImport()
  const reader = source.addDocument('a document', true)
  reader.push(new TextEncoder().encode(text))
  reader.end()
  return OpenedSpans.read(source, () => Promise.resolve())
}

import { manifestPath, type ReadManifest, readManifest } from '#shared/investigation/manifest'
import { openZip } from '../worker/zip'

/** A manifest of a thousand steps with long notes is a tenth of it. */
const longestManifest = 64_000_000
const never = new AbortController().signal

/** The manifest in a zip; `other` where there is none that can be read. */
export async function manifestIn(file: Blob): Promise<ReadManifest> {
  const documents = await openZip('', file, never)
  const document = documents.find(({ name }) => name === ` › ${manifestPath}`)
  if (!document) return { kind: 'other' }
  try {
    const { chunks } = await document.open(() => undefined)
    const parts: Uint8Array<ArrayBuffer>[] = []
    let bytes = 0
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > longestManifest) return { kind: 'other' }
      parts.push(Uint8Array.from(chunk))
    }
    return readManifest(JSON.parse(await new Blob(parts).text()))
  } catch {
    // Damaged: what else is in the file is opened as far as it goes, and says what is wrong with each part.
    return { kind: 'other' }
  }
}

import { readingsOfCut } from '#shared/base/cut-json'
import { countOf } from '#shared/derive/quantities'
import {
  arePartsOfOne,
  fileKind,
  isPart,
  type Manifest,
  manifestPath,
  noStep,
  type ReadManifest,
  readManifest,
} from '#shared/investigation/manifest'
import type { InputDocument } from '../worker/documents'
import { openZip } from '../worker/zip'

/** A manifest of a thousand steps with long notes is a tenth of it. */
const longestManifest = 64_000_000
const never = new AbortController().signal

/** What came of looking for a manifest; `faults`: sentences on what of it, or of the file, is missing or odd. */
export type FoundManifest =
  | Exclude<ReadManifest, { kind: 'read' | 'lost' }>
  | { readonly kind: 'lost'; readonly sentence: string; readonly faults: readonly string[] }
  | { readonly kind: 'read'; readonly manifest: Manifest; readonly faults: readonly string[] }

const zipName = 'The file'
const within = `${zipName} › `
const pathOf = ({ name }: InputDocument): string => name.slice(within.length)

/** The manifest in a zip; `other` where there is none, nor anything else of an investigation. */
export async function manifestIn(file: Blob): Promise<FoundManifest> {
  const documents = await openZip(zipName, file, never)
  const inside = documents.filter(({ name }) => name.startsWith(within))
  const isOne = arePartsOfOne(inside.map(pathOf))
  const named = inside.filter((one) => pathOf(one) === manifestPath)
  // Its name may be what is damaged.
  const found = named.length > 0 || !isOne ? named : inside.filter((one) => !isPart(pathOf(one)))
  const damage = documents.flatMap(({ fault }) => fault ?? [])
  const { text, isWhole } = found.length === 0 ? { text: '', isWhole: false } : await textOf(found[0])
  const value = parsed(text, isWhole)
  const read = readManifest(isOne && !isWhole ? asOurs(value) : value)
  if (read.kind === 'lost' || (read.kind === 'other' && value === undefined && (isOne || looksLikeOne(text))))
    return { kind: 'lost', sentence: noStep, faults: damage }
  if (read.kind !== 'read') return read
  const { manifest, lostSteps } = read
  const faults = [
    ...(lostSteps > 0 ? [`${countOf(lostSteps, 'step')} could not be read.`] : []),
    ...(isWhole ? [] : ['Its list of steps is damaged: those that stand before that were read.']),
    ...(found.length > 1 ? [`The file holds ${found.length} manifests: the first one was read.`] : []),
    ...damage,
  ]
  return { kind: 'read', manifest, faults }
}

/** Of a manifest that cannot be parsed at all. */
const looksLikeOne = (text: string): boolean => text.includes('clew-investigation')

/** Of a damaged one, what it is may be what is damaged. */
const asOurs = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'thread' in value ? { ...value, kind: fileKind } : value

/** The text of a document as far as it goes. */
async function textOf(
  document: InputDocument,
): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  let isWhole = true
  try {
    const { chunks } = await document.open(() => undefined)
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > longestManifest) return { text: '', isWhole: false }
      parts.push(Uint8Array.from(chunk))
    }
  } catch {
    isWhole = false
  }
  return { text: await new Blob(parts).text(), isWhole }
}

/** The value of a text, of a damaged one what stands before that; undefined where there is none. */
function parsed(text: string, isWhole: boolean): unknown {
  for (const reading of isWhole ? [text] : [text, ...readingsOfCut(text)])
    try {
      return JSON.parse(reading)
    } catch {
      // The next is shorter.
    }
  return undefined
}

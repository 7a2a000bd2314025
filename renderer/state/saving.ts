/** Saving the thread as a file: what is asked for it, what goes into it, and whether somebody is about to. */
import { useSyncExternalStore } from 'react'
import { Held } from '#shared/base/held'
import { fileKind, fileVersion, type Manifest, manifestPath } from '#shared/investigation/manifest'
import type { Correction, Source } from '#shared/api/contract'
import type { Thread } from '#shared/thread/thread'
import { writeZip } from '../worker/zip-write'
import type { Gathered } from './gather'
import { type GatheredFile, jsonFile } from './gathered-file'
import { breathe } from './redacting'
import { knownSlots, recordOfSlots } from './service-colors'

const isOpen = new Held(false)

/** Opens or closes the dialog, wherever one is. */
export const setSaving = isOpen.set

export const useIsSaving = (): boolean => useSyncExternalStore(isOpen.subscribe, isOpen.get)

/** What is written down of an investigation besides its data. */
export interface Description {
  readonly thread: Thread
  readonly sources: readonly Source[]
  readonly logFacts: Readonly<Record<string, Correction>>
  /** Version of this Clew. */
  readonly writtenBy: string
}

/** The manifest of what was gathered. Connections are named, not described: no address, and no secret. */
export function manifestOf(
  { thread, sources, logFacts, writtenBy }: Description,
  { holds, opened, peers, notes }: Gathered,
): Manifest {
  const named = new Set(thread.steps.flatMap((step) => step.sources))
  const asked = sources.filter(({ name }) => named.has(name))
  const ids = new Set(asked.map(({ id }) => id))
  return {
    kind: fileKind,
    version: fileVersion,
    savedMs: Date.now(),
    writtenBy,
    thread,
    sources: asked.map(({ id, name, kind }) => ({ id, name, kind })),
    holds,
    opened,
    peers,
    notes,
    redacted: [],
    logFacts: Object.fromEntries(Object.entries(logFacts).filter(([id]) => ids.has(id))),
    serviceSlots: {},
  }
}

/** The file, with the colours of the services in it. */
export async function packInvestigation(
  manifest: Manifest,
  { files }: Pick<Gathered, 'files'>,
): Promise<Blob> {
  const serviceSlots = recordOfSlots(await slotsWithin(knownSlots(), files))
  return writeZip([jsonFile(manifestPath, { ...manifest, serviceSlots }), ...files])
}

/** Of the slots of services, those whose names stand in what is saved: of others, and of redacted ones, a file says nothing. */
export async function slotsWithin(
  slots: ReadonlyMap<string, number>,
  files: readonly GatheredFile[],
): Promise<ReadonlyMap<string, number>> {
  const byText = new Map([...slots.keys()].map((name) => [JSON.stringify(name), name]))
  const found = new Set<string>()
  for (const { content } of files) {
    for (const [text] of new TextDecoder().decode(content).matchAll(/"(?:[^"\\]|\\.)*"/g)) {
      const name = byText.get(text)
      if (name !== undefined) found.add(name)
    }
    // oxlint-disable-next-line no-await-in-loop -- the page goes on living
    await breathe()
  }
  return new Map([...slots].filter(([name]) => found.has(name)))
}

/** What a file of this thread is called: `Checkout slow 2026-11-28.clew`. */
export function fileNameOf({ name }: Thread, nowMs: number): string {
  // What file systems refuse, or would take for folders.
  const plain = name
    .replaceAll(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 100)
  return `${plain === '' ? 'Investigation' : plain} ${new Date(nowMs).toISOString().slice(0, 10)}.clew`
}

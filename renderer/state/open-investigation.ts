/** Opening what was saved: a file that holds an investigation gives its thread, and is asked as a source from then on. */
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { capabilitiesOf } from '#shared/api/capabilities'
import type { Capabilities, Correction, Source, SourceKind } from '#shared/api/contract'
import { correctionSchema } from '#shared/api/schemas'
import { countOf } from '#shared/derive/quantities'
import type { Manifest, SavedFiles } from '#shared/investigation/manifest'
import { saidTogether } from '#shared/investigation/said-together'
import { sound, type Step, type Thread } from '#shared/thread/thread'
import { call } from '../client/api'
import type { TraceInput } from '../worker/messages'
import { inputOfFile } from './files'
import { type FoundManifest, manifestIn } from './manifest-in'
import { filesOfSource, keyOfFiles, placeOfSaved, sourceOfFiles } from './files-source'
import { slotsOf, takeOverSlots } from './service-colors'
import { useSay } from './said-facts'
import { changeThread, threadNow } from './thread'
import { partsOfPlace, placeAmong } from './thread-place'

const zipSign = [0x50, 0x4b]

/** What becomes of files that are opened. */
export type OpenedAs =
  /** They are being looked into. */
  | { readonly kind: 'looking' }
  /** Traces and lines, as any other file. */
  | { readonly kind: 'other' }
  | { readonly kind: 'refused'; readonly sentence: string }
  /** Its thread is the running one now. */
  | { readonly kind: 'investigation'; readonly sentence: string; readonly isWhole: boolean }

/** The investigation that files are, looked into once for as long as the page is there: it may be large. */
const savedIn = (files: readonly string[]) =>
  queryOptions({
    queryKey: ['saved investigation', files.join(',')],
    queryFn: () => manifestOf(files),
    staleTime: Infinity,
    retry: false,
  })

/** What came of looking into these files; undefined until that is known. */
export const useSavedIn = (files: readonly string[]): FoundManifest | undefined =>
  useQuery({ ...savedIn(files), enabled: files.length === 1 }).data

/** A file that cannot be read is no investigation: why it cannot, the page of files says. */
const nothing = (): FoundManifest => ({ kind: 'other' })

/** The same, for whoever waits for it. */
export const lookForSaved = (client: QueryClient, files: readonly string[]): Promise<FoundManifest> =>
  client.fetchQuery(savedIn(files)).catch(nothing)

const filesOfTrace = (cameFrom: readonly string[]): readonly string[] =>
  cameFrom.length === 1 ? filesOfSource(cameFrom[0]) : []

/** What is kept of the investigation that these sources are; undefined where they are something else. */
export async function keptOf(
  client: QueryClient,
  cameFrom: readonly string[],
): Promise<Manifest | undefined> {
  const files = filesOfTrace(cameFrom)
  if (files.length !== 1) return undefined
  const found = await lookForSaved(client, files)
  return found.kind === 'read' ? found.manifest : undefined
}

/** The same, and whether it is known yet. */
export function useKept(cameFrom: readonly string[]): {
  readonly isKnown: boolean
  readonly kept: Manifest | undefined
} {
  const files = filesOfTrace(cameFrom)
  const isWanted = files.length === 1
  const { data, isPending } = useQuery({ ...savedIn(files), enabled: isWanted })
  return {
    isKnown: !isWanted || !isPending,
    kept: isWanted && data?.kind === 'read' ? data.manifest : undefined,
  }
}

/**
 * Those of the sources that may be asked about a trace that these hold. Of a saved investigation nobody else, and nobody until that is known. Of files
 * that were opened together no other files, where these answer too: what is opened together belongs together.
 */
export function useSourcesOf(sources: readonly Source[], cameFrom: readonly string[]): readonly Source[] {
  const { isKnown, kept } = useKept(cameFrom)
  return useMemo(() => {
    const own = sources.filter(({ id }) => cameFrom.includes(id))
    if (!isKnown) return []
    if (kept) return own
    const isAmongFiles = own.some(({ kind }) => kind === 'files')
    return isAmongFiles
      ? sources.filter(({ id, kind }) => kind !== 'files' || cameFrom.includes(id))
      : sources
  }, [sources, cameFrom, isKnown, kept])
}

const isZip = (begin: Uint8Array): boolean => zipSign.every((byte, at) => begin[at] === byte)

/** The file, where it begins as a zip does; nothing more is read of any other. */
async function zipOf(input: TraceInput): Promise<Blob | undefined> {
  if (input.kind === 'file') {
    const begin = new Uint8Array(await input.file.slice(0, zipSign.length).arrayBuffer())
    return isZip(begin) ? input.file : undefined
  }
  const { body } = await call(input.url)
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const part of body ?? []) {
    parts.push(part)
    // Leaving the loop gives the rest up.
    if (parts.length === 1 && !isZip(part)) return undefined
  }
  return new Blob(parts)
}

/** Whether a chart of such a source asks in LogQL without saying so. A kind that is not known here is none. */
function keepsLinesAlone(kind: string): boolean {
  const keeps = capabilitiesOf(kind as SourceKind) as Capabilities | undefined
  return keeps !== undefined && keeps.logs && !keeps.metrics
}

/** What a step listed of opened files; undefined where it listed none. */
function setOf({ place }: Step, opened: readonly SavedFiles[]): SavedFiles | undefined {
  const { path, query } = partsOfPlace(place)
  const key = keyOfFiles(new URLSearchParams(query))
  return path === '/files' ? opened.find((set) => set.key === key) : undefined
}

/** What a step of the investigation that these files are listed of opened files; undefined where that is not in there. */
export async function savedFilesOf(files: readonly string[], set: number): Promise<SavedFiles | undefined> {
  const found = await manifestOf(files).catch(nothing)
  return found.kind === 'read' ? found.manifest.opened.find(({ number }) => number === set) : undefined
}

/** The thread of a file, asked of the file. Its id is its own: what is done with it here does not touch the one it was saved from. */
export function threadFrom(
  { thread: saved, sources, opened }: Pick<Manifest, 'thread' | 'sources' | 'opened'>,
  files: readonly string[],
): Thread {
  const source = sourceOfFiles(files)
  const keptLines = new Set(sources.filter(({ kind }) => keepsLinesAlone(kind)).map(({ id }) => id))
  return sound({
    ...saved,
    id: `${saved.id.slice(0, 60)}@${files.join(',').slice(0, 39)}`,
    steps: saved.steps.map((step) => {
      const set = setOf(step, opened)
      return {
        ...step,
        asSaved: true,
        place: set ? placeOfSaved(step.place, files, set.number) : placeAmong(step, source, keptLines),
      }
    }),
  })
}

/** Rejects where the file is not here, or cannot be read. */
async function manifestOf(files: readonly string[]): Promise<FoundManifest> {
  const [id] = files
  if (files.length !== 1 || id === undefined) return { kind: 'other' }
  const input = await inputOfFile(id)
  if (input === undefined) throw new Error(`There is no file ${id}`)
  const file = await zipOf(input)
  return file ? manifestIn(file) : { kind: 'other' }
}

async function open(
  files: readonly string[],
  client: QueryClient,
  say: (said: Correction) => void,
): Promise<OpenedAs> {
  const read = await lookForSaved(client, files)
  if (read.kind === 'refused') return read
  // What is left of one without steps is traces and lines; its page says what it was.
  if (read.kind !== 'read') return { kind: 'other' }
  const { manifest, faults } = read
  const thread = threadFrom(manifest, files)
  takeOverSlots(slotsOf(manifest.serviceSlots))
  // Opened once more, it has what was added here.
  if (threadNow().id !== thread.id) {
    changeThread(() => thread)
    const said = Object.values(manifest.logFacts).map((one) => correctionSchema.safeParse(one).data)
    say(saidTogether(said.filter((one) => one !== undefined)))
  }
  return {
    kind: 'investigation',
    sentence: [`Opened ${countOf(thread.steps.length, 'step')}.`, ...faults].join(' '),
    isWhole: faults.length === 0,
  }
}

/** Looks whether these files are an investigation, and takes its thread over. */
export function useOpenInvestigation(ids: readonly string[]): OpenedAs {
  const key = ids.join(',')
  const [found, setFound] = useState<{ readonly key: string; readonly as: OpenedAs }>()
  const say = useSay()
  const client = useQueryClient()
  useEffect(() => {
    let isLeft = false
    const look = async () => {
      const files = key.split(',')
      const as =
        key === ''
          ? ({ kind: 'other' } as const)
          : await open(files, client, (said) => say(sourceOfFiles(files), () => said))
      if (!isLeft) setFound({ key, as })
    }
    void look()
    return () => {
      isLeft = true
    }
  }, [key, client, say])
  return found?.key === key ? found.as : { kind: 'looking' }
}

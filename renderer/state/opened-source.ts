/** Opened files as a source: handed over to the handler once what is on screen has been read, and asked like a server from then on. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import type { ApiError, OpenedSource, Source } from '#shared/api/contract'
import { nameList } from '#shared/base/name-list'
import { toApiError } from '../client/api'
import { traceSessions } from '../client/trace-sessions'
import type { TraceInput } from '../worker/messages'
import { filesOfAddress } from './file-groups'
import { inputOfFile } from './files'
import { filesOfPlace, filesOfSource, sourceOfFiles } from './files-source'
import { lookForSaved } from './open-investigation'
import { forget, sourcesQuery, useSources } from './sources'

/** How far a set of files has come on its way to be a source. */
export type Handing =
  | { readonly kind: 'waiting' }
  /** Larger than is done unasked: it takes as much memory once more. */
  | { readonly kind: 'large'; readonly totalBytes: number }
  /** `broken`: what of them could not be read to its end, so far. */
  | {
      readonly kind: 'reading'
      readonly bytes: number
      readonly totalBytes: number
      readonly broken: readonly string[]
    }
  | { readonly kind: 'there' }
  /** There is nothing in them that could be asked for. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly error: ApiError }
  | { readonly kind: 'stopped' }
  /** Some of the files are not here any more. */
  | { readonly kind: 'gone' }

/** So many bytes of files are handed over unasked. */
const unaskedBytes = 300_000_000
/** Said where sets are listed (electron/local/opened-store.ts). */
export const keptSets = 'Of more than eight sets, or a gigabyte, those opened first are closed.'
/** Why a set is given up: another one is to be read. */
const gaveWay = 'gave way'
const waiting: Handing = { kind: 'waiting' }

/** What is known of each set of files that was opened since the page was loaded, by the id of its source. */
const known = new Map<string, Handing>()
const listeners = new Set<() => void>()

/** A set that is to be handed over; `asked` however large it is. */
interface Handed {
  readonly ids: readonly string[]
  readonly asked: boolean
  readonly openedMs: number
}

interface Running extends Handed {
  readonly id: string
  readonly abort: AbortController
  readonly done: Promise<Handing>
}

let running: Running | undefined
/** What gave way to others, by the ids of the sources: they are handed over after them. */
const later = new Map<string, Handed>()

function set(id: string, handing: Handing): void {
  known.set(id, handing)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What was handed over is not known any more: whoever had it was started again. What is looked at is handed over once more. */
export function forgetHanded(): void {
  known.clear()
  for (const listener of listeners) listener()
}

/** The files that a place asks, where it asks nothing else and they are no source now. */
export function closedFiles(asked: readonly string[], sources: readonly Source[]): readonly string[] {
  return asked.length === 1 && !sources.some(({ id }) => id === asked[0]) ? filesOfSource(asked[0]) : []
}

/** How far these files have come. */
export function useHanding(ids: readonly string[]): Handing {
  const id = sourceOfFiles(ids)
  return useSyncExternalStore(subscribe, () => known.get(id) ?? waiting)
}

/** Stops handing these files over. */
export function stopHanding(ids: readonly string[]): void {
  const id = sourceOfFiles(ids)
  if (running?.id === id) running.abort.abort()
  else if (later.delete(id)) set(id, { kind: 'stopped' })
}

/** Hands files over that nobody waits for: once nothing else is under way. */
export function handOverLater(client: QueryClient, ids: readonly string[]): void {
  const id = sourceOfFiles(ids)
  if (running?.id === id || known.has(id) || later.has(id)) return
  later.set(id, { ids, asked: false, openedMs: Date.now() })
  goOn(client)
}

/** What gave way goes on, what was opened first before the others. */
function goOn(client: QueryClient): void {
  if (running) return
  const [next] = [...later.values()].toSorted((a, b) => a.openedMs - b.openedMs)
  if (next) void handOver(client, next.ids, next.asked)
}

/** Hands files over; `asked` however large they are. One set at a time: what is under way gives way, and goes on afterwards. */
export function handOver(client: QueryClient, ids: readonly string[], asked: boolean): Promise<Handing> {
  const id = sourceOfFiles(ids)
  if (running?.id === id) return running.done
  const handed = { ids, asked, openedMs: later.get(id)?.openedMs ?? Date.now() }
  later.delete(id)
  if (running) {
    later.set(running.id, running)
    running.abort.abort(gaveWay)
    // As if it had never begun: whoever goes to its place again begins it again, however soon.
    known.delete(running.id)
  }
  const abort = new AbortController()
  running = { ...handed, id, abort, done: read(client, handed, abort) }
  return running.done
}

/** Resolves with `waiting` where they gave way. */
async function read(
  client: QueryClient,
  { ids, asked, openedMs }: Handed,
  abort: AbortController,
): Promise<Handing> {
  const id = sourceOfFiles(ids)
  const end = (handing: Handing): Handing => {
    if (running?.abort === abort) running = undefined
    // It may have come to its end just as it gave way.
    later.delete(id)
    set(id, handing)
    goOn(client)
    return handing
  }
  const endEarly = (): Handing => (abort.signal.reason === gaveWay ? waiting : end({ kind: 'stopped' }))
  try {
    const inputs = await Promise.all(filesOfAddress(ids).map(inputOfFile))
    if (abort.signal.aborted) return endEarly()
    const found = inputs.filter((input): input is TraceInput => input !== undefined)
    if (found.length < inputs.length || found.length === 0) return end({ kind: 'gone' })
    const totalBytes = found.reduce((sum, input) => sum + sizeOf(input), 0)
    if (totalBytes > unaskedBytes && !asked) return end({ kind: 'large', totalBytes })
    set(id, { kind: 'reading', bytes: 0, totalBytes, broken: [] })
    const saved = await lookForSaved(client, ids)
    if (abort.signal.aborted) return endEarly()
    if (saved.kind === 'refused') return end({ kind: 'nothing' })
    const names = found.map(({ name }) => name)
    const as = { id, name: nameList(names, 1), place: nameList(names), openedMs }
    const { source } = await traceSessions.handOver(as, found, abort.signal, (bytes, broken) => {
      if (!abort.signal.aborted) set(id, { kind: 'reading', bytes, totalBytes, broken })
    })
    client.setQueryData(sourcesQuery.queryKey, (sources) => withOpened(sources, source))
    await forget(client, id)
    return end({ kind: 'there' })
  } catch (thrown) {
    if (abort.signal.aborted) return endEarly()
    const error = toApiError(thrown)
    return end(error.kind === 'empty-answer' ? { kind: 'nothing' } : { kind: 'failed', error })
  }
}

/** Waits until these files are a source, or it is known why they are none: handed over here where nobody does. Rejects when it is stopped. */
export function untilHanded(client: QueryClient, ids: readonly string[], signal: AbortSignal): Promise<void> {
  const id = sourceOfFiles(ids)
  const isComing = (): boolean =>
    !client.getQueryData(sourcesQuery.queryKey)?.some((source) => source.id === id) &&
    ['waiting', 'reading'].includes((known.get(id) ?? waiting).kind)
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      leave()
      reject(new DOMException('stopped', 'AbortError'))
    }
    const look = (): void => {
      // Others go first: what is under way would be given up.
      if (isComing()) return handOverLater(client, ids)
      leave()
      signal.removeEventListener('abort', stop)
      resolve()
    }
    signal.throwIfAborted()
    signal.addEventListener('abort', stop)
    const leave = subscribe(look)
    look()
  })
}

const sizeOf = (input: TraceInput): number => (input.kind === 'file' ? input.file.size : (input.size ?? 0))

const isOpened = (source: Source): source is OpenedSource => source.kind === 'files'

/** What was opened last comes first: where nothing else is connected, pages ask it first. */
function withOpened(sources: readonly Source[] = [], opened: OpenedSource): Source[] {
  const others = sources.filter(({ id }) => id !== opened.id)
  const sets = [opened, ...others.filter(isOpened)].toSorted((a, b) => b.openedMs - a.openedMs)
  return [...others.filter((one) => !isOpened(one)), ...sets]
}

/** Makes the files of a place a source, unless they are one. For the frame, which is always there. */
export function useHandOver(search: string): void {
  const client = useQueryClient()
  const { data } = useSources()
  const ids = filesOfPlace(new URLSearchParams(search)).join(',')
  const source = sourceOfFiles(ids.split(','))
  const isThere = ids === '' || (data?.some(({ id }) => id === source) ?? true)
  useEffect(() => {
    if (!isThere && !known.has(source)) void handOver(client, ids.split(','), false)
  }, [client, ids, source, isThere])
}

/** Hands files over that were too large to be handed over unasked, or of which that was stopped or failed. */
export function useHandOverNow(ids: readonly string[]): () => void {
  const client = useQueryClient()
  const key = ids.join(',')
  return useCallback(() => void handOver(client, key.split(','), true), [client, key])
}

/** All that are sources, the last opened first; undefined until that is known. */
export const useOpenedSources = (): readonly OpenedSource[] | undefined => useSources().data?.filter(isOpened)

/** The source that these files are; undefined until they are. */
export function useOpenedSource(ids: readonly string[]): OpenedSource | undefined {
  const id = sourceOfFiles(ids)
  return useOpenedSources()?.find((source) => source.id === id)
}

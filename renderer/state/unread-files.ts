/** Files that were to be opened while something was on screen, and in which there was nothing to read. */
import { useSyncExternalStore } from 'react'
import type { QueryClient } from '@tanstack/react-query'
import { Held } from '#shared/base/held'
import type { TraceInput } from '../worker/messages'
import { traceSessions } from '../client/trace-sessions'
import { fileLogsOf } from './file-logs'
import { filesOfAddress } from './file-groups'
import { inputOfFile } from './files'
import { type FileSaid, filesSaid } from './file-said'
import type { InputReport, Progress } from './opened-files'
import { lookForSaved } from './open-investigation'
import { handOver, handOverLater } from './opened-source'
import { sessionOf } from './trace-location'

/** Why files are not looked into any more: others were opened. */
const gaveWay = 'gave way'

const unread = new Held<readonly FileSaid[]>([])

/** Shows what became of such files, in place of those before; an empty list takes it off the screen. */
export const reportUnread = unread.set

/** The files that were to be opened last, if none of them could be read. */
export const useUnreadFiles = (): readonly FileSaid[] => useSyncExternalStore(unread.subscribe, unread.get)

/** Files that are looked into, while what was on screen stays. */
export interface LookedInto {
  readonly names: readonly string[]
  /** 0 to 1; undefined until it is known. */
  readonly fraction: number | undefined
  readonly stop: () => void
  readonly giveWay: () => void
}

const lookedInto = new Held<LookedInto | undefined>(undefined)

/** Those that are being looked into, if any. */
export const useLookedInto = (): LookedInto | undefined =>
  useSyncExternalStore(lookedInto.subscribe, lookedInto.get)

/**
 * Looks into files until the first span, by ids of an address. Resolves with what is wrong with each where none has one, otherwise
 * with nothing: their page then reads them from the start, or has them at once where they were read whole meanwhile. Undefined where
 * the person stopped it, or opened others: these are then only handed over.
 */
export async function whatIsUnread(
  client: QueryClient,
  ids: readonly string[],
): Promise<readonly FileSaid[] | undefined> {
  const found = await Promise.all(filesOfAddress(ids).map(inputOfFile))
  const inputs = found.filter((input): input is TraceInput => input !== undefined)
  // That files are gone is said by their page.
  if (inputs.length === 0) return []
  const { signal, stop } = lookInto(inputs.map(({ name }) => name))
  try {
    return await Promise.race([
      faultsOf(client, ids, inputs, signal),
      new Promise<undefined>((resolve) => {
        signal.addEventListener('abort', () => {
          if (signal.reason === gaveWay) handOverLater(client, ids)
          resolve(undefined)
        })
      }),
    ])
  } finally {
    if (lookedInto.get()?.stop === stop) lookedInto.set(undefined)
  }
}

/** Tells that files are looked into, in place of those before, which are not any more. */
function lookInto(names: readonly string[]) {
  const abort = new AbortController()
  const stop = () => abort.abort()
  lookedInto.get()?.giveWay()
  lookedInto.set({ names, fraction: undefined, stop, giveWay: () => abort.abort(gaveWay) })
  return { signal: abort.signal, stop }
}

function tellProgress({ bytes, totalBytes }: Progress, signal: AbortSignal): void {
  const now = lookedInto.get()
  if (now && !signal.aborted)
    lookedInto.set({ ...now, fraction: totalBytes ? bytes / totalBytes : undefined })
}

async function faultsOf(
  client: QueryClient,
  ids: readonly string[],
  inputs: readonly TraceInput[],
  signal: AbortSignal,
): Promise<readonly FileSaid[]> {
  const saved = await lookForSaved(client, ids)
  // Its steps are worth leaving for, and why it is refused its page says.
  if (saved.kind === 'read' || saved.kind === 'refused') return []
  return new Promise((resolve) => {
    let reports: readonly InputReport[] = []
    const listener = {
      onProgress: (progress: Progress) => tellProgress(progress, signal),
      onSnapshot: () => resolve([]),
      onInputs: (inputs: readonly InputReport[]) => void (reports = inputs),
    }
    const session = sessionOf({ sources: [], files: ids, traceId: '' })
    traceSessions.open(session, inputs, listener, signal).then(
      () => resolve([]),
      // Without reports it is not the files' fault; then too their page says what it was.
      () => void faultsUnlessAsked(client, ids, reports, signal).then(resolve),
    )
  })
}

/** What is wrong with each where there is no span; nothing where there are lines of a log or metrics. */
async function faultsUnlessAsked(
  client: QueryClient,
  ids: readonly string[],
  reports: readonly InputReport[],
  signal: AbortSignal,
): Promise<readonly FileSaid[]> {
  if (signal.aborted) return []
  const logs = await fileLogsOf(ids, signal)
  if (logs.some(({ batch }) => batch.length > 0)) return []
  const { kind } = await handOver(client, ids, false)
  // What gave way to others is read further on its page.
  return kind === 'there' || kind === 'waiting' ? [] : filesSaid(reports, logs)
}

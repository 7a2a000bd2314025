/** Files that were to be opened while something was on screen, and in which there was nothing to read. */
import { useSyncExternalStore } from 'react'
import type { QueryClient } from '@tanstack/react-query'
import { Held } from '#shared/base/held'
import type { TraceInput } from '../worker/messages'
import { traceSessions } from '../client/trace-sessions'
import { fileLogsOf } from './file-logs'
import { filesOfAddress } from './file-groups'
import { inputOfFile } from './files'
import type { InputReport } from './opened-files'
import { handOver } from './opened-source'
import { sessionOf } from './trace-location'

const unread = new Held<readonly InputReport[]>([])

/** Shows what became of such files, in place of those before; an empty list takes it off the screen. */
export const reportUnread = unread.set

/** The files that were to be opened last, if none of them could be read. */
export const useUnreadFiles = (): readonly InputReport[] => useSyncExternalStore(unread.subscribe, unread.get)

/**
 * Looks into files until the first span, by ids of an address. Resolves with what is wrong with each where none has one, otherwise
 * with nothing: their page then reads them from the start, or has them at once where they were read whole meanwhile.
 */
export async function whatIsUnread(
  client: QueryClient,
  ids: readonly string[],
): Promise<readonly InputReport[]> {
  const found = await Promise.all(filesOfAddress(ids).map(inputOfFile))
  const inputs = found.filter((input): input is TraceInput => input !== undefined)
  // That files are gone is said by their page.
  if (inputs.length === 0) return []
  return new Promise((resolve) => {
    let reports: readonly InputReport[] = []
    const listener = {
      onProgress: () => undefined,
      onSnapshot: () => resolve([]),
      onInputs: (inputs: readonly InputReport[]) => void (reports = inputs),
    }
    const session = sessionOf({ sources: [], files: ids, traceId: '' })
    traceSessions.open(session, inputs, listener, new AbortController().signal).then(
      () => resolve([]),
      // Without reports it is not the files' fault; then too their page says what it was.
      () => void canBeAsked(client, ids).then((can) => resolve(can ? [] : reports)),
    )
  })
}

/** Whether there are lines of a log or metrics where there is no span. */
async function canBeAsked(client: QueryClient, ids: readonly string[]): Promise<boolean> {
  const logs = await fileLogsOf(ids, new AbortController().signal)
  if (logs.length > 0) return true
  const { kind } = await handOver(client, ids, false)
  return kind === 'there'
}

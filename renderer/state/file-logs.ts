/** Lines of logs in opened files. */
import { useQuery } from '@tanstack/react-query'
import { traceSessions } from '../client/trace-sessions'
import type { FileLogs, TraceInput } from '../worker/messages'
import { filesOfAddress } from './file-groups'
import { inputOfFile } from './files'

export type { FileLogs } from '../worker/messages'

const none: readonly FileLogs[] = []

/** Reads the files that these ids of an address stand for, once there may be lines in them. */
export function useFileLogs(ids: readonly string[], mayHold: boolean) {
  const { data, isFetching } = useQuery({
    queryKey: ['file logs', ...ids],
    queryFn: ({ signal }) => fileLogsOf(ids, signal),
    enabled: mayHold,
    staleTime: Infinity,
  })
  return { logs: data ?? none, isReading: isFetching }
}

/** Lines of each file that is a log. */
export async function fileLogsOf(ids: readonly string[], signal: AbortSignal): Promise<readonly FileLogs[]> {
  const found = await Promise.all(filesOfAddress(ids).map(inputOfFile))
  const inputs = found.filter((input): input is TraceInput => input !== undefined)
  return traceSessions.fileLogs(inputs, signal)
}

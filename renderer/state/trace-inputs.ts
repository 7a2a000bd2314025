/** From the part of the URL that names a trace to what the worker reads: one input per source or file. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ApiError, Source } from '#shared/api/contract'
import { ClewError, toApiError, tracePath } from '../client/api'
import type { TraceInput } from '../worker/messages'
import { filesOfAddress } from './file-groups'
import { inputOfFile } from './files'
import { useNamesOfFiles } from './names-of-files'
import { useSources } from './sources'
import type { TraceLocation } from './trace-location'

export type { TraceInput }

export interface TraceInputs {
  /** Undefined until it is known; the same array as long as the place is the same. */
  readonly inputs: readonly TraceInput[] | undefined
  /** Why there is nothing to read. */
  readonly error: ApiError | undefined
  /** Ids of the sources that are asked. */
  readonly asked: readonly string[]
  /** Connections that answer for traces and are not asked. */
  readonly others: readonly Source[]
}

/** What a place reads. A trace id without a source asks every connection that answers for traces. */
export function useTraceInputs(location: TraceLocation): TraceInputs {
  const { sources: wanted, files, traceId, startMs, endMs } = location
  const sources = useSources()
  const names = useNamesOfFiles(files)
  const filesKey = files.join('\n')
  const opened = useQuery({
    queryKey: ['trace-files', filesKey],
    queryFn: () => readInputs(filesKey.split('\n')),
    enabled: filesKey !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const known = sources.data
  const sourcesFailed = sources.error
  const wantedKey = wanted.join('\n')
  const sourceInputs = useMemo(() => {
    if (filesKey !== '' || traceId === '') return undefined
    // Without the list the names are not known, but the ids of the URL can still be asked.
    if (!known && !sourcesFailed) return undefined
    const ofTraces = known?.filter((source) => source.capabilities.traces) ?? []
    const asked = wantedKey === '' ? ofTraces.map((source) => source.id) : wantedKey.split('\n')
    const window = startMs !== undefined && endMs !== undefined ? { startMs, endMs } : undefined
    return {
      asked,
      others: ofTraces.filter((source) => !asked.includes(source.id)),
      inputs: asked.map((id): TraceInput => {
        const name = known?.find((source) => source.id === id)?.name ?? id
        return { kind: 'url', name, url: tracePath(id, traceId, window) }
      }),
    }
  }, [known, sourcesFailed, wantedKey, filesKey, traceId, startMs, endMs])

  if (filesKey !== '') {
    const error = opened.error ? toApiError(opened.error) : undefined
    return { inputs: opened.data, error: error && withNames(error, names), asked: [], others: [] }
  }
  if (traceId === '') return { inputs: undefined, error: nothingNamed, asked: [], others: [] }
  if (!sourceInputs) return { inputs: undefined, error: undefined, asked: [], others: [] }
  const error = sourceInputs.inputs.length === 0 ? noConnection : undefined
  return { ...sourceInputs, inputs: error ? undefined : sourceInputs.inputs, error }
}

async function readInputs(ids: readonly string[]): Promise<readonly TraceInput[]> {
  const files = filesOfAddress(ids)
  const inputs = await Promise.all(files.map(inputOfFile))
  const found = inputs.filter((input) => input !== undefined)
  if (found.length < files.length) throw new ClewError(filesGone(files.length - found.length))
  return found
}

const filesGone = (count: number): ApiError => ({
  kind: 'not-found',
  message:
    count === 1
      ? 'The opened file is not kept any more.'
      : `${count} of the opened files are not kept any more.`,
  detail: undefined,
  advice: 'Open it again: drop it here, or choose it with Open file.',
  status: undefined,
})

/** Which file to open, where that is known. */
const withNames = (error: ApiError, names: string): ApiError =>
  error.kind === 'not-found' && names !== ''
    ? { ...error, advice: `Open ${names} again: drop it here, or choose it with Open file.` }
    : error

const nothingNamed: ApiError = {
  kind: 'bad-request',
  message: 'This link names no trace.',
  detail: undefined,
  advice: 'Search for a trace, paste a trace id, or open a file.',
  status: undefined,
}

const noConnection: ApiError = {
  kind: 'not-found',
  message: 'There is no connection that could be asked for this trace.',
  detail: undefined,
  advice: 'Add one under Connections, then open the link again.',
  status: undefined,
}

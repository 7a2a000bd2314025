/** Opens files together, as one session: what is in them, and what became of each. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ApiError } from '#shared/api/contract'
import type { Trace, TraceSummary } from '#shared/trace/table'
import { toApiError } from '../client/api'
import { traceSessions } from '../client/trace-sessions'
import type { InputReport, Progress, TraceInput } from '../worker/messages'
import { filesOfAddress } from './file-groups'
import { inputOfFile } from './files'
import { sessionOf } from './trace-location'

export type { InputReport, Progress } from '../worker/messages'

export interface OpenedFiles {
  readonly isReading: boolean
  readonly progress: Progress | undefined
  /** The first trace, as far as it has come, while reading goes on. */
  readonly firstTraceId: string | undefined
  readonly traces: readonly TraceSummary[]
  /** By trace id, the names of the files that hold it; empty while reading, and where there is only one file. */
  readonly holders: ReadonlyMap<string, readonly string[]>
  /** One for each file that is here, in the order they were given; empty until they are read. */
  readonly reports: readonly InputReport[]
  /** How many files were opened. */
  readonly count: number
  /** How many of the files are not here any more. */
  readonly missing: number
  /** Nothing could be read: why. */
  readonly error: ApiError | undefined
  readonly wasStopped: boolean
  readonly stop: () => void
  readonly retry: () => void
}

type State = Omit<OpenedFiles, 'count' | 'stop' | 'retry'>

const start: State = {
  isReading: true,
  progress: undefined,
  firstTraceId: undefined,
  traces: [],
  holders: new Map(),
  reports: [],
  missing: 0,
  error: undefined,
  wasStopped: false,
}

/** Reads the files that these ids of an address stand for. Give the component that calls this the ids as its key. */
export function useOpenedFiles(ids: readonly string[]): OpenedFiles {
  const [state, setState] = useState(start)
  const [attempt, setAttempt] = useState(0)
  const reading = useRef<AbortController | undefined>(undefined)
  const idsKey = ids.join('\n')

  useEffect(() => {
    const abort = new AbortController()
    reading.current = abort
    let isGone = false
    const change = (next: Partial<State>) => {
      if (!isGone) setState((now) => ({ ...now, ...next }))
    }
    const ids = idsKey.split('\n')
    const files = filesOfAddress(ids)
    const open = async () => {
      try {
        const inputs = (await Promise.all(files.map((id) => inputOfFile(id)))).filter(
          (input): input is TraceInput => input !== undefined,
        )
        change({ missing: files.length - inputs.length })
        if (inputs.length === 0 || isGone) {
          change({ isReading: false })
          return
        }
        const result = await traceSessions.open(
          sessionOf({ sources: [], files: ids, traceId: '' }),
          inputs,
          {
            onProgress: (progress) => change({ progress }),
            onSnapshot: (trace: Trace) => change({ firstTraceId: trace.traceId }),
            onInputs: (reports) => change({ reports }),
          },
          abort.signal,
        )
        change({
          isReading: false,
          traces: result.traces,
          holders: result.holders,
          reports: result.inputs,
        })
      } catch (thrown) {
        change({ isReading: false, error: toApiError(thrown) })
      }
    }
    void open()
    return () => {
      isGone = true
      abort.abort()
    }
    // A new attempt reads again what has not changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [idsKey, attempt])

  const stop = useCallback(() => {
    setState((now) => ({ ...now, wasStopped: true }))
    reading.current?.abort()
  }, [])
  const retry = useCallback(() => {
    setState(start)
    setAttempt((now) => now + 1)
  }, [])
  const count = useMemo(() => filesOfAddress(idsKey.split('\n')).length, [idsKey])
  return { ...state, count, stop, retry }
}

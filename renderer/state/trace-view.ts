/** Reads the trace a place names: rows as they come, then the whole, or the reason why not. */
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Held } from '#shared/base/held'
import type { ApiError } from '#shared/api/contract'
import type { Trace } from '#shared/trace/table'
import { toApiError } from '../client/api'
import { type OpenResult, traceSessions } from '../client/trace-sessions'
import type { InputReport, Progress, TraceInput } from '../worker/messages'
import { stopHanding } from './opened-source'

export type { InputReport, Progress } from '../worker/messages'

export interface TraceView {
  /** What can be drawn: columns so far while reading, then the trace. */
  readonly trace: Trace | undefined
  /** The trace is built: it can be searched and its spans opened. */
  readonly isBuilt: boolean
  readonly isReading: boolean
  /** The reader stopped the reading; what had come is kept. */
  readonly wasStopped: boolean
  /** How far reading has come, told ten times a second; undefined until something is known. */
  readonly progress: Held<Progress | undefined>
  /** What became of each input, and every trace in them; undefined while reading. */
  readonly result: OpenResult | undefined
  /** What became of each input, as far as known; also where the whole failed. */
  readonly inputs: readonly InputReport[]
  readonly error: ApiError | undefined
  readonly stop: () => void
  readonly retry: () => void
  /** Where there was no room for all that was read: half of it, which can be opened instead. */
  readonly part: { readonly bytes: number; readonly open: () => void } | undefined
}

/** Starts the worker that reads traces, so that the first one need not wait for it. */
export function startWorker(): void {
  traceSessions.prepare()
}

interface State {
  readonly snapshot: Trace | undefined
  readonly built: Trace | undefined
  readonly result: OpenResult | undefined
  readonly failedInputs: readonly InputReport[]
  readonly error: ApiError | undefined
  readonly wasStopped: boolean
}

const nothingYet: State = {
  snapshot: undefined,
  built: undefined,
  result: undefined,
  failedInputs: [],
  error: undefined,
  wasStopped: false,
}

/**
 * Opens `session` over `inputs` and builds one trace of it. Give the component that calls this the session as its key: what was
 * read belongs to it. `files`: ids of those among the inputs. `inputs` must be the same array as long as they are the same; `traceId` empty means the first trace.
 */
export function useTraceView(
  session: string,
  inputs: readonly TraceInput[],
  files: readonly string[],
  traceId: string,
  rawClock: boolean,
): TraceView {
  const [state, setState] = useState(nothingYet)
  const [attempt, setAttempt] = useState(0)
  const [mostBytes, setMostBytes] = useState<number | undefined>(undefined)
  const [progress] = useState(() => new Held<Progress | undefined>(undefined))
  const reading = useRef<AbortController | undefined>(undefined)

  useEffect(() => {
    const abort = new AbortController()
    reading.current = abort
    let isGone = false
    const change = (next: Partial<State>) => {
      if (!isGone) setState((state) => ({ ...state, ...next }))
    }
    const open = async () => {
      try {
        const result = await traceSessions.open(
          session,
          inputs,
          {
            onProgress: (now) => {
              if (!isGone) progress.set(now)
            },
            onInputs: (failedInputs) => change({ failedInputs }),
            onSnapshot: (snapshot) => {
              // A page of rows takes longer than a frame to draw for the first time: keys and Cancel go first.
              if (traceId === '' || snapshot.traceId === traceId) startTransition(() => change({ snapshot }))
            },
          },
          abort.signal,
          mostBytes,
        )
        change({ result })
      } catch (thrown) {
        change({ error: toApiError(thrown) })
      }
    }
    void open()
    return () => {
      isGone = true
      abort.abort()
    }
    // A new attempt reads again what has not changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [session, inputs, traceId, attempt, mostBytes, progress])

  const { result } = state
  useEffect(() => {
    if (!result || result.traces.length === 0) return undefined
    const abort = new AbortController()
    const build = async () => {
      try {
        const built = await traceSessions.build(session, traceId || undefined, !rawClock, abort.signal)
        if (!abort.signal.aborted)
          startTransition(() => setState((state) => ({ ...state, built, snapshot: undefined })))
      } catch (thrown) {
        if (!abort.signal.aborted) setState((state) => ({ ...state, error: toApiError(thrown) }))
      }
    }
    void build()
    return () => abort.abort()
  }, [session, result, traceId, rawClock])

  const stop = useCallback(() => {
    setState((state) => ({ ...state, wasStopped: true }))
    reading.current?.abort()
    // Files that one has waited for long enough are not read once more behind it.
    stopHanding(files)
  }, [files])
  const retry = useCallback(() => {
    progress.set(undefined)
    setState((state) => ({ ...nothingYet, built: state.built }))
    setAttempt((attempt) => attempt + 1)
  }, [progress])
  const { error } = state
  const part = useMemo(() => {
    // Of what was read before, no progress is told.
    const { bytes: read, spans } = result ? amountOf(result) : (progress.get() ?? { bytes: 0, spans: 0 })
    if (error?.kind !== 'too-large' || spans === 0) return undefined
    const bytes = Math.floor(read / 2)
    const open = () => {
      progress.set(undefined)
      setState(nothingYet)
      setMostBytes(bytes)
    }
    return { bytes, open }
  }, [error, result, progress])

  return {
    trace: state.built ?? state.snapshot,
    isBuilt: state.built !== undefined,
    isReading: !state.result && !state.error,
    wasStopped: state.wasStopped,
    progress,
    result: state.result,
    inputs: state.result?.inputs ?? state.failedInputs,
    error: state.error,
    stop,
    retry,
    part,
  }
}

const amountOf = ({ inputs }: OpenResult): { readonly bytes: number; readonly spans: number } => ({
  bytes: inputs.reduce((sum, { bytes }) => sum + bytes, 0),
  spans: inputs.reduce((sum, { spans }) => sum + spans, 0),
})

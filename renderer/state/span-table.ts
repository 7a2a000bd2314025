/** Spans by groups, as the worker measured them; and what attributes there are to group by. */
import { useEffect, useState } from 'react'
import type { ApiError } from '#shared/api/contract'
import type { AttributeKey } from '#shared/derive/attribute-column'
import type { Trace } from '#shared/trace/table'
import { toApiError } from '../client/api'
import { traceSessions } from '../client/trace-sessions'
import type { SpanTableAnswer, SpanTableQuestion, TableProgress } from '../worker/messages'

export type { SpanTableAnswer, SpanTableQuestion, TableProgress } from '../worker/messages'

/** A table together with what was asked. */
interface Answered {
  readonly trace: Trace
  readonly question: SpanTableQuestion
  readonly table: SpanTableAnswer
}

export interface TableState {
  /** Undefined until the first is there; that of the question before stays until the new one comes. */
  readonly table: SpanTableAnswer | undefined
  /** What the table answers; older than what is asked while that is being worked out. */
  readonly question: SpanTableQuestion | undefined
  /** How far the answer to what is asked is; undefined at first, and once it is there. */
  readonly progress: TableProgress | undefined
  readonly error: ApiError | undefined
}

/** The table of a trace; a new question stops the one before. `question` must stay the same object while it asks the same. */
export function useSpanTable(session: string, trace: Trace, question: SpanTableQuestion): TableState {
  const [answered, setAnswered] = useState<Answered | undefined>(undefined)
  const [progress, setProgress] = useState<TableProgress | undefined>(undefined)
  const [error, setError] = useState<ApiError | undefined>(undefined)
  useEffect(() => {
    const abort = new AbortController()
    const ask = async () => {
      try {
        const table = await traceSessions.spanTable(
          session,
          trace.traceId,
          question,
          abort.signal,
          setProgress,
        )
        if (abort.signal.aborted) return
        setAnswered({ trace, question, table })
        setError(undefined)
      } catch (thrown) {
        if (!abort.signal.aborted) setError(toApiError(thrown))
      } finally {
        if (!abort.signal.aborted) setProgress(undefined)
      }
    }
    void ask()
    return () => {
      abort.abort()
      setProgress(undefined)
    }
  }, [session, trace, question])
  const isOfTrace = answered?.trace === trace
  return {
    table: isOfTrace ? answered?.table : undefined,
    question: isOfTrace ? answered?.question : undefined,
    progress,
    error,
  }
}

/** The groups of a table as a file; rejects with a ClewError. */
export const spanTableCsv = (
  session: string,
  trace: Trace,
  question: SpanTableQuestion,
  signal: AbortSignal,
  onProgress: (progress: TableProgress) => void,
): Promise<Blob> => traceSessions.spanTableCsv(session, trace.traceId, question, signal, onProgress)

export interface KeysState {
  readonly keys: readonly AttributeKey[]
  readonly isLoading: boolean
  readonly error: ApiError | undefined
}

const noKeys: readonly AttributeKey[] = []

/** Which attributes spans and resources have, those of most spans first; asked once `isWanted`. */
export function useAttributeKeys(session: string, trace: Trace | undefined, isWanted: boolean): KeysState {
  const [answered, setAnswered] = useState<
    { readonly trace: Trace; readonly keys: readonly AttributeKey[] } | undefined
  >(undefined)
  const [error, setError] = useState<ApiError | undefined>(undefined)
  const known = answered?.trace === trace ? answered?.keys : undefined
  const isAsking = isWanted && known === undefined
  useEffect(() => {
    if (!trace || !isAsking) return undefined
    const abort = new AbortController()
    const ask = async () => {
      try {
        const keys = await traceSessions.attributeKeys(session, trace.traceId, abort.signal)
        if (!abort.signal.aborted) setAnswered({ trace, keys })
      } catch (thrown) {
        if (!abort.signal.aborted) setError(toApiError(thrown))
      }
    }
    void ask()
    return () => abort.abort()
  }, [session, trace, isAsking])
  return { keys: known ?? noKeys, isLoading: isAsking && error === undefined, error }
}

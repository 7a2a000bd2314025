import { useCallback, useEffect, useRef, useState } from 'react'
import type { ApiError } from '#shared/api/contract'
import type { Trace } from '#shared/trace/table'
import { toApiError } from '../state/errors'
import { spanTableCsv, type SpanTableQuestion, type TableProgress } from '../state/span-table'
import { saveFile } from '../ui/save-file'
import { say } from '../ui/status-message'

/** Saves the groups of a table as a file, and can be stopped. */
export function useCsvExport(
  session: string,
  trace: Trace,
  question: SpanTableQuestion,
): {
  /** How far it is; undefined while none is written. */
  readonly writing: TableProgress | undefined
  readonly error: ApiError | undefined
  readonly write: () => void
  readonly stop: () => void
} {
  const [writing, setWriting] = useState<TableProgress | undefined>(undefined)
  const [error, setError] = useState<ApiError | undefined>(undefined)
  const running = useRef<AbortController | undefined>(undefined)
  const stop = useCallback(() => {
    running.current?.abort()
    setWriting(undefined)
  }, [])
  useEffect(() => stop, [stop])
  const save = async () => {
    const abort = new AbortController()
    running.current = abort
    setError(undefined)
    setWriting({ step: 'writing', done: 0, of: 0 })
    try {
      const csv = await spanTableCsv(session, trace, question, abort.signal, setWriting)
      const { by } = question
      const what = by.kind === 'attribute' ? by.key.replaceAll(/[^\w.-]+/gu, '-') : by.kind
      saveFile(`spans-by-${what}-${trace.traceId.slice(0, 8)}.csv`, csv)
      say('Saved the groups as CSV.')
    } catch (thrown) {
      if (!abort.signal.aborted) setError(toApiError(thrown))
    } finally {
      if (running.current === abort) setWriting(undefined)
    }
  }
  return { writing, error, write: () => void save(), stop }
}

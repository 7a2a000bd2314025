/** What the worker works out from a built trace: critical path, findings and minimap; matches of a text; one span in full. */
import { startTransition, useEffect, useState } from 'react'
import type { ApiError } from '#shared/api/contract'
import type { SpanDetail } from '#shared/trace/detail'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { toApiError } from '../client/api'
import { traceSessions } from '../client/trace-sessions'
import type { FindResult, MinimapSize, TraceAnswers } from '../worker/messages'

export type { MinimapSize } from '../worker/messages'

/** An answer together with what was asked, so that an answer to something else is never shown. */
interface Answered<Value> {
  readonly trace: Trace
  readonly about: string | number
  readonly value: Value
}

/** Critical path, findings and minimap; undefined until they are there. Those of another size or colouring stay until the new ones come. */
export function useTraceAnswers(
  session: string,
  trace: Trace | undefined,
  size: MinimapSize | undefined,
  /** Key of the attribute that colours the minimap; empty for services. */
  color: string,
): { readonly answers: TraceAnswers | undefined; readonly error: ApiError | undefined } {
  const [answered, setAnswered] = useState<Answered<TraceAnswers> | undefined>(undefined)
  const [error, setError] = useState<ApiError | undefined>(undefined)
  const widthPx = size?.widthPx
  const lanes = size?.lanes
  useEffect(() => {
    if (!trace || widthPx === undefined || lanes === undefined) return undefined
    const abort = new AbortController()
    const ask = async () => {
      try {
        const value = await traceSessions.answers(
          session,
          trace.traceId,
          { widthPx, lanes },
          color,
          abort.signal,
        )
        if (abort.signal.aborted) return
        setAnswered({ trace, about: '', value })
        setError(undefined)
      } catch (thrown) {
        if (!abort.signal.aborted) setError(toApiError(thrown))
      }
    }
    void ask()
    return () => abort.abort()
  }, [session, trace, widthPx, lanes, color])
  return { answers: answered?.trace === trace ? answered?.value : undefined, error }
}

export interface Found {
  /** Undefined while nothing is sought, or the first answer is not there. */
  readonly result: FindResult | undefined
  readonly isSearching: boolean
  readonly error: ApiError | undefined
}

type FindAnswer =
  | { readonly kind: 'so-far' | 'all'; readonly result: FindResult }
  | { readonly kind: 'failed'; readonly error: ApiError }

/** The spans that match a text, first ones first; while a new text is looked for, the matches of the last stay. */
export function useFind(session: string, trace: Trace | undefined, text: string): Found {
  const [answered, setAnswered] = useState<Answered<FindAnswer> | undefined>(undefined)
  const sought = text.trim()
  useEffect(() => {
    if (!trace || sought === '') return undefined
    const abort = new AbortController()
    const show = (value: FindAnswer) => {
      if (!abort.signal.aborted) setAnswered({ trace, about: sought, value })
    }
    const ask = async () => {
      try {
        const result = await traceSessions.find(session, trace.traceId, sought, abort.signal, (part) =>
          show({ kind: 'so-far', result: part }),
        )
        show({ kind: 'all', result })
      } catch (thrown) {
        show({ kind: 'failed', error: toApiError(thrown) })
      }
    }
    void ask()
    return () => abort.abort()
  }, [session, trace, sought])
  if (sought === '') return { result: undefined, isSearching: false, error: undefined }
  const value = answered?.trace === trace ? answered?.value : undefined
  const isSearching = answered?.about !== sought || value?.kind === 'so-far'
  return value?.kind === 'failed'
    ? { result: undefined, isSearching, error: isSearching ? undefined : value.error }
    : { result: value?.result, isSearching, error: undefined }
}

/** What was asked of the worker before the page has drawn that it wants it. */
interface Foreseen {
  readonly session: string
  readonly trace: Trace
  readonly row: SpanIndex
  readonly detail: Promise<SpanDetail>
}
let foreseen: Foreseen | undefined

/** Has the worker decode a span that is about to be shown: it does so while the page is still drawing that it was selected. */
export function foreseeSpan(session: string, trace: Trace, row: SpanIndex): void {
  const detail = traceSessions.detail(session, trace.traceId, row, new AbortController().signal)
  // Who shows the span hears of what goes wrong.
  detail.catch(() => undefined)
  foreseen = { session, trace, row, detail }
}

/** Hands it over: kept longer, it would hold the columns of a trace that nobody looks at any more. */
function takeForeseen(session: string, trace: Trace, row: SpanIndex): Promise<SpanDetail> | undefined {
  if (foreseen?.session !== session || foreseen.trace !== trace || foreseen.row !== row) return undefined
  const { detail } = foreseen
  foreseen = undefined
  return detail
}

/** So many attributes and events are drawn within a frame, together with the head of the span. */
const shortDetail = 100

function isShort({ attributes, resource, events, links }: SpanDetail): boolean {
  return attributes.length + resource.length + events.length + links.length <= shortDetail
}

/** One span with everything its document says of it. */
export function useSpanDetail(
  session: string,
  trace: Trace | undefined,
  row: SpanIndex,
): { readonly detail: SpanDetail | undefined; readonly error: ApiError | undefined } {
  const [answered, setAnswered] = useState<Answered<SpanDetail | ApiError> | undefined>(undefined)
  useEffect(() => {
    if (!trace || row < 0) return undefined
    const abort = new AbortController()
    const ask = async () => {
      let value: SpanDetail | ApiError
      try {
        value = await (takeForeseen(session, trace, row) ??
          traceSessions.detail(session, trace.traceId, row, abort.signal))
      } catch (thrown) {
        value = toApiError(thrown)
      }
      if (abort.signal.aborted) return
      const show = () => setAnswered({ trace, about: row, value })
      // The head of the span is drawn from the columns: a long list of attributes must not hold up its first picture.
      if ('kind' in value || isShort(value)) show()
      else startTransition(show)
    }
    void ask()
    return () => abort.abort()
  }, [session, trace, row])
  const value = answered?.trace === trace && answered?.about === row ? answered?.value : undefined
  if (!value) return { detail: undefined, error: undefined }
  return 'kind' in value ? { detail: undefined, error: value } : { detail: value, error: undefined }
}

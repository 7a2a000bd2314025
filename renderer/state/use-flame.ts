/** Layouts of the flame graph, and the attributes it can be merged by; both worked out by the worker. */
import { useEffect, useMemo, useState } from 'react'
import type { ApiError } from '#shared/api/contract'
import type { AttributeKey } from '#shared/derive/attribute-column'
import type { FlameArrangement, InView } from '#shared/derive/flame'
import type { FlameScene } from '#shared/derive/flame-names'
import type { TimeWindow } from '#shared/derive/time-window'
import type { Trace } from '#shared/trace/table'
import { toApiError } from '../client/api'
import { traceSessions } from '../client/trace-sessions'

interface Answered {
  readonly about: object
  readonly laidOut: FlameScene | undefined
  readonly error: ApiError | undefined
}

/** The window moves with every pixel of a drag: it is asked about once it rests so long. */
const restMs = 120

/** The layout; while another one is being worked out the last stays, and `isWaiting` says so. */
export function useFlame(
  session: string,
  trace: Trace,
  arrangement: FlameArrangement,
  { included, keepsCallers }: InView,
  /** Undefined for all of the time; must be the same object while it is the same time. */
  window: TimeWindow | undefined,
): {
  readonly laidOut: FlameScene | undefined
  readonly isWaiting: boolean
  readonly error: ApiError | undefined
} {
  const by = arrangement.kind === 'merged' ? arrangement.by : undefined
  /** A new object for every question: whether an answer is to this one is seen by it. */
  const question = useMemo(
    () => ({
      arrangement: by === undefined ? ({ kind: 'time' } as const) : ({ kind: 'merged', by } as const),
      included,
      keepsCallers,
      window,
    }),
    [by, included, keepsCallers, window],
  )
  const [answered, setAnswered] = useState<Answered>()
  useEffect(() => {
    const abort = new AbortController()
    const ask = async () => {
      try {
        const flame = await traceSessions.flame(session, trace.traceId, question, abort.signal)
        const { arrangement } = question
        if (!abort.signal.aborted)
          setAnswered({ about: question, laidOut: { trace, arrangement, flame }, error: undefined })
      } catch (thrown) {
        if (!abort.signal.aborted)
          setAnswered({ about: question, laidOut: undefined, error: toApiError(thrown) })
      }
    }
    const timer = setTimeout(() => void ask(), question.window === undefined ? 0 : restMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [session, trace, question])
  const laidOut = answered?.laidOut?.trace === trace ? answered.laidOut : undefined
  const isWaiting = answered?.about !== question
  return { laidOut, isWaiting, error: isWaiting ? undefined : answered?.error }
}

/** Keys of attributes that spans have, those of most spans first; asked for once `isWanted`. */
export function useAttributeKeys(
  session: string,
  trace: Trace,
  isWanted: boolean,
): {
  readonly keys: readonly AttributeKey[]
  readonly isLoading: boolean
  readonly error: ApiError | undefined
} {
  const [answered, setAnswered] = useState<{
    trace: Trace
    keys: readonly AttributeKey[]
    error: ApiError | undefined
  }>()
  useEffect(() => {
    if (!isWanted) return undefined
    const abort = new AbortController()
    const ask = async () => {
      try {
        const keys = await traceSessions.attributeKeys(session, trace.traceId, abort.signal)
        if (!abort.signal.aborted) setAnswered({ trace, keys, error: undefined })
      } catch (thrown) {
        if (!abort.signal.aborted) setAnswered({ trace, keys: [], error: toApiError(thrown) })
      }
    }
    void ask()
    return () => abort.abort()
  }, [session, trace, isWanted])
  const own = answered?.trace === trace ? answered : undefined
  return { keys: own?.keys ?? [], isLoading: own === undefined, error: own?.error }
}
